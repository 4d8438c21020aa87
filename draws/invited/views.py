from django.shortcuts import render
from tablib import Dataset

from draws.forms import InvitedForm, PageSizeForm
from draws.tables import VerdictTable
from draws.views import paginate
from editing.pages.exports import Export, rows_as_file

from .verdicts import chosen_draws, tally, verdicts

HEADERS = ["number", "date", "name", "cutoff", "tie_break", "outcome", "reason", "unchecked"]


def invited(request):
    """The form, and once a score is given a verdict on every draw chosen."""
    form, shown = InvitedForm(request.GET or None), PageSizeForm(request.GET)
    request.refused, context = form.errors, {"form": form, "shown": shown}
    if form.is_valid():
        decided = decided_draws(form)
        if Export.is_valid_format(request.GET.get("_export")):
            return export(decided, request.GET["_export"])
        context |= answer(request, decided, shown) | {"profile": form.profile()}
        request.refused = {*shown.errors, *(["page"] if context["page_fault"] else [])}
    return render(request, "draws/invited.html", context)


def decided_draws(form):
    chosen = form.cleaned_data
    draws = chosen_draws(chosen["kind"], chosen["category"], chosen["from"], chosen["to"])
    return verdicts(form.profile(), draws)


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
    dataset = Dataset(headers=HEADERS, title="invited")
    for draw, verdict in decided:
        tie_break = draw.tie_break and f"{draw.tie_break:%Y-%m-%dT%H:%M:%SZ}"
        facts = [draw.number, draw.date.isoformat(), draw.name_en, draw.cutoff, tie_break]
        dataset.append([*facts, verdict.outcome, verdict.reason, " ".join(verdict.unchecked)])
    return rows_as_file(dataset, file_format, f"express-entry-invited.{file_format}")
