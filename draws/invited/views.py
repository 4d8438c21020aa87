from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from tablib import Dataset

from draws.forms import InvitedForm, PageSizeForm
from draws.models import PoolSnapshot
from draws.pool.ranges import estimated_above, standing_above
from draws.streams.queries import of_category
from draws.tables import VerdictTable
from draws.views import paginate
from editing.days import canadian_day
from editing.pages.breadcrumbs import breadcrumbs
from editing.pages.exports import Export, rows_as_file
from programs.calculators.crs_forms import CrsForm
from programs.calculators.links import ELSEWHERE, kept

from .answer import unchecked_in_words
from .by_stream import answer_by_stream, distance_in_words, lately_in_words
from .verdicts import all_draws, chosen_draws, rules_of, tally, verdicts

HEADERS = ["number", "date", "name", "cutoff", "tie_break", "outcome", "reason", "unchecked"]


def invited(request):
    """The form, and once a score is given where it stands in each stream, and a verdict on every draw chosen."""
    form, shown = InvitedForm(request.GET or None), PageSizeForm(request.GET)
    request.refused, context = form.errors, {"form": form, "shown": shown}
    context |= crs_profile(request.GET)
    context["crumbs"] = breadcrumbs((_("Tools"), reverse("tools:list")), _("Where do I stand?"))
    if form.is_valid():
        found = Standing(form, canadian_day())
        if Export.is_valid_format(request.GET.get("_export")):
            return export(found.decided, request.GET["_export"])
        context |= answer(request, found.decided, shown) | {"profile": found.profile} | in_words(found)
        context["former"] = form.fields["noc"].former
        request.refused = {*shown.errors, *(["page"] if context["page_fault"] else [])}
    return render(request, "draws/invited.html", context)


def crs_profile(query):
    """The profile of the CRS calculator, if the address has one, and the way back there: nobody types it twice."""
    profile = kept(query, CrsForm.base_fields)
    return {"kept": profile, "crs_url": reverse("tools:crs", query=profile | kept(query, ELSEWHERE))}


class Standing:
    """A profile against every stream that may invite it, and against each draw that the reader chose."""

    def __init__(self, form, on):
        draws, chosen = all_draws(), form.cleaned_data
        editions = [edition for edition in form.editions if edition.is_in_force(on)]
        rules = rules_of(draws, editions)
        wanted = chosen_draws(draws, chosen["kind"], chosen["category"], chosen["from"], chosen["to"])
        self.profile = form.profile()
        self.category = chosen["category"]
        streams = answer_by_stream(self.profile, on, draws, editions, rules)
        self.streams = sorted(streams, key=lambda one: one.stream.slug != self.category)
        self.closed = closed(self.category, self.streams, editions)
        self.closed_is_drawn = self.closed and any(draw.stream_slug == self.category for draw in draws)
        self.decided = verdicts(self.profile, wanted, rules)


def closed(slug, streams, editions):
    """The stream of the category that the reader chose, where it cannot invite the profile or was never drawn."""
    if slug in {one.stream.slug for one in streams}:
        return None
    return next((of_category(edition.category) for edition in editions if edition.category.slug == slug), None)


def in_words(found):
    rows = [
        (one, distance_in_words(one), lately_in_words(one), unchecked_in_words(one.unchecked)) for one in found.streams
    ]

    def is_first(one):
        return not one.unchecked or one.stream.slug == found.category

    pool = PoolSnapshot.objects.published().first()
    return {
        "sure": [row for row in rows if is_first(row[0])],
        "perhaps": [row for row in rows if not is_first(row[0])],
        "pool": pool,
        "above": pool and standing_above(pool, found.profile.crs),
        "estimate": pool and estimated_above(pool, found.profile.crs),
        "closed": found.closed,
        "closed_is_drawn": found.closed_is_drawn,
    }


def answer(request, decided, shown):
    table = VerdictTable([{"draw": draw, "verdict": verdict} for draw, verdict in decided])
    return {
        "table": table,
        "tally": tally(decided),
        "page_fault": paginate(table, request.GET.get("page", 1), shown.chosen("per_page", "50")),
        "per_page_choices": shown.page_sizes("50"),
    }


def export(decided, file_format):
    """The verdicts for other programs, in the words of the API."""
    dataset = Dataset(headers=HEADERS, title=_("This profile in each draw"))
    for draw, verdict in decided:
        tie_break = draw.tie_break and f"{draw.tie_break:%Y-%m-%dT%H:%M:%SZ}"
        facts = [draw.number, draw.date.isoformat(), draw.name, draw.cutoff, tie_break]
        dataset.append([*facts, verdict.outcome, verdict.reason, " ".join(verdict.unchecked)])
    return rows_as_file(dataset, file_format, f"express-entry-invited.{file_format}")
