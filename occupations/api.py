from copy import deepcopy
from itertools import groupby

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _
from ninja import Query

from editing.api_forms import InvalidParameters, PageForm, ReadingRouter, checked, find_moment, query_parameters
from editing.ledger.lasting import changed_at, last_complete, note_record_dates, with_record_dates
from occupations.program_fit import Rules

from . import answers
from .as_known import OccupationAsKnown
from .categories import api
from .categories.editions import memberships
from .filters import OccupationFilter
from .forms import DatedForm, ShortlistForm, day_shown
from .models import Edition, FormerCode, Occupation
from .schemas import OccupationInFullOut, OccupationsOut, ShortlistOut, SuggestionOut, TextsOut
from .search.index import search_index
from .shortlist.input import BESIDE, SEVERAL, TOO_MANY, UNKNOWN, InputReader
from .shortlist.views import query, shortlist_of

router = ReadingRouter(tags=["Occupations"])
router.add_router("", api.router)

# Copies: a filter keeps the field it made.
FILTERS = {name: deepcopy(each).field for name, each in OccupationFilter.get_filters().items()}
OccupationQuestion = query_parameters("OccupationQuestion", FILTERS | PageForm.base_fields)
DatedQuestion = query_parameters("OccupationDatedQuestion", DatedForm.base_fields)
ShortlistQuestion = query_parameters("ShortlistQuestion", ShortlistForm.base_fields, needed=["noc"])
NO_ENTRY = _("Name at least one occupation.")
FAULTS = {
    UNKNOWN: _("“%(text)s” is not a NOC 2021 code, a former code or a complete title."),
    SEVERAL: _("“%(text)s” means one of these unit groups: %(codes)s."),
    BESIDE: _("“%(text)s” next to %(codes)s is not one of its titles."),
    TOO_MANY: _("At most 50 occupations: %(text)s is one too many."),
}


class SuggestForm(forms.Form):
    q = forms.CharField(max_length=200, required=False, label=gettext_lazy("The beginning of a job title or code"))


SuggestQuestion = query_parameters("SuggestQuestion", SuggestForm.base_fields)


@router.get(
    "/occupations", response=OccupationsOut, summary=gettext_lazy("Unit groups of NOC 2021, searched as on the page")
)
def occupations(request, asked: Query[OccupationQuestion]):
    chosen, page = OccupationFilter(request.GET, Occupation.objects.all(), request=request), PageForm(request.GET)
    checked(chosen.form, page)
    rows = chosen.qs
    matches = {match.code: match for match in chosen.result.matches}
    part = page.part(rows.with_listings(chosen.day))
    items = [answers.occupation(request, row, row.current, matches.get(row.code)) for row in part]
    return {"count": rows.count(), "did_you_mean": chosen.result.did_you_mean or None, "items": items}


@router.get(
    "/occupations/suggest", response=list[SuggestionOut], summary=gettext_lazy("Up to 8 unit groups as you type")
)
def suggest(request, asked: Query[SuggestQuestion]):
    typed = checked(SuggestForm(request.GET)).cleaned_data["q"]
    index = search_index()
    return [answers.suggestion(match, *index.official_titles(match.code)) for match in index.suggest(typed)]


@router.get(
    "/occupations/{slug:code}",
    response=OccupationInFullOut,
    summary=gettext_lazy("One unit group, with its lists and draws"),
)
def occupation(request, code: str, asked: Query[DatedQuestion]):
    form = checked(DatedForm(request.GET))
    day = day_shown(request, form)
    around = [*with_record_dates(Occupation.objects.around(code)).with_listings(day).with_groups()]
    row = next((one for one in around if one.code == code), None)
    if row is None:
        raise Http404(_("There is no unit group %(code)s in NOC 2021.") % {"code": code})
    note_record_dates(request, row)
    former = groupby(FormerCode.objects.of(row), lambda one: (one.code_2016, one.title_2016_en))
    return {
        **(then if form.moment else now)(request, row, day, form),
        "on": day,
        "known": form.moment or changed_at(request),
        "groups": [{"code": group, "title": title} for group, title in row.groups],
        "titles": list(row.titles.values("title", "language", "kind")),
        "duties": [*row.texts.values(*TextsOut.model_fields)],
        "exclusions": [
            {"code": one.code, "title": one.title_en, "title_fr": one.title_fr} for one in around if one.is_excluded
        ],
        "former_codes": [
            {"code": old, "title": title, "successors": [one.occupation.code for one in rows]}
            for (old, title), rows in former
        ],
    }


def now(request, row, day, form):
    published = Edition.objects.published()
    draws = published.filter(listings__occupation=row).held(day)
    return said(request, row, row.current, Rules(day), memberships(published.of_occupation(row), day), draws)


def then(request, row, day, form):
    """What this record showed at the moment: lists, draws and programs."""
    known = OccupationAsKnown(row.code, day, form)
    current = [one for one in known.listings if one.edition.is_in_force(day)]
    return said(request, row, current, known.rules, memberships(known.editions, day), known.draws)


def said(request, row, listings, rules, found, draws):
    return {
        **answers.occupation(request, row, listings),
        "programs": [answers.fit(one) for one in rules.fits(row.code)],
        "memberships": [answers.membership(one) for one in found],
        "draws": [answers.draw(request, one) for one in draws],
    }


@router.get(
    "/shortlist", response=ShortlistOut, summary=gettext_lazy("Several unit groups side by side, as of a date")
)
def shortlist(request, asked: Query[ShortlistQuestion]):
    form = ShortlistForm(request.GET)
    find_moment(form)
    found = InputReader(search_index()).read(request.GET.getlist("noc"))
    faults = [FAULTS[fault.reason] % {"text": fault.text, "codes": ", ".join(fault.codes)} for fault in found.faults]
    errors = {**form.errors, **({"noc": faults or [NO_ENTRY]} if faults or not found.codes else {})}
    if errors:
        raise InvalidParameters(errors)
    day = day_shown(request, form)
    table, known = shortlist_of(found.codes, form, day), form.moment or changed_at(request)
    lasting = query(found.codes, last_complete(request, day), known)
    return {
        "on": table.day,
        "today": table.today,
        "read_as": [{"text": one.text, "code": one.code, "reason": one.reason} for one in found.read_as],
        "items": [answers.shortlist_row(request, row) for row in table.rows],
        "known": known,
        "url": request.build_absolute_uri(reverse("shortlist") + lasting),
    }
