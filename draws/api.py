from copy import deepcopy
from datetime import date, datetime

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Schema

from editing.api_forms import PageForm, ReadingRouter, checked, query_parameters
from editing.ledger.forms import KnownForm
from editing.ledger.read import last_change
from occupations.answers import listing
from programs.scores import ScoreForm

from .as_known import DrawAsKnown
from .exports import with_program_codes
from .filters import DrawFilter, categories, programs
from .forms import ListForm
from .models import Draw, PoolSnapshot
from .pool import ranges

router = ReadingRouter(tags=["Draws"])


class DrawOut(Schema):
    """A round of invitations; null is not published, or not recorded here."""

    number: str
    date: date
    drawn_at: datetime | None
    name: str
    kind: str
    programs: list[str]
    category: str | None
    edition: str | None
    invitations: int | None
    cutoff: int | None
    tie_break: datetime | None
    instruction_url: str | None
    evidence: str
    url: str


class DrawsOut(Schema):
    count: int
    items: list[DrawOut]


class DrawOccupationOut(Schema):
    code: str
    title: str
    title_as_published: str
    teer: int


class DiscrepancyOut(Schema):
    field: str
    value_here: str | None
    value_elsewhere: str | None
    note: str
    evidence: str
    source: str


class CorrectionOut(Schema):
    field: str
    origin: str
    old_value: str
    new_value: str
    last_seen_old: date | None
    first_seen_new: date
    only_wording: bool


class DrawInFullOut(DrawOut):
    occupations: list[DrawOccupationOut]
    previous: str | None
    next: str | None
    discrepancies: list[DiscrepancyOut]
    corrections: list[CorrectionOut]
    known: datetime | None


def draw_values(request, draw):
    """A draw as the API gives it."""
    return {
        "number": draw.number,
        "date": draw.date,
        "drawn_at": draw.drawn_at,
        "name": draw.name_en,
        "kind": draw.kind,
        "programs": draw.program_codes,
        "category": draw.category and draw.category.slug,
        "edition": draw.edition and draw.edition.version,
        "invitations": draw.invitations,
        "cutoff": draw.cutoff,
        "tie_break": draw.tie_break,
        "instruction_url": draw.instruction_url or None,
        "evidence": draw.evidence,
        "url": request.build_absolute_uri(draw.get_absolute_url()),
    }


# Copies: a filter keeps the field it made, and these ask the database for their choices each time.
FILTERS = {name: deepcopy(each).field for name, each in DrawFilter.get_filters().items()}
FILTERS["category"].choices, FILTERS["program"].choices = categories, programs
SORT = {"sort": ListForm.base_fields["sort"]}
KnownQuestion = query_parameters("DrawKnownQuestion", KnownForm.base_fields)
DrawQuestion = query_parameters("DrawQuestion", FILTERS | SORT | PageForm.base_fields)


@router.get("/draws", response=DrawsOut, summary=gettext_lazy("Draws, filtered as on the page of all draws"))
def draws(request, asked: Query[DrawQuestion]):
    public = Draw.objects.published().select_related("edition__category")
    chosen, shown, page = DrawFilter(request.GET, public), ListForm(request.GET), PageForm(request.GET)
    checked(chosen.form, shown, page)
    rows = chosen.qs.in_order(shown.chosen("sort", "-date"))
    found = with_program_codes(list(page.part(rows)))
    return {"count": rows.count(), "items": [draw_values(request, draw) for draw in found]}


@router.get(
    "/draws/{slug:number}",
    response=DrawInFullOut,
    summary=gettext_lazy("One draw, with the occupation list in force that day"),
)
def draw(request, number: str, asked: Query[KnownQuestion]):
    if moment := checked(KnownForm(request.GET)).moment:
        return draw_then(request, DrawAsKnown(number, moment))
    public = Draw.objects.published()
    row = public.select_related("edition__category").filter(number=number).first()
    if row is None:
        raise Http404(_("No draw %(number)s is published here.") % {"number": number})
    with_program_codes([row])
    numbers = {"previous": public.before(row), "next": public.after(row)}
    return {
        **draw_values(request, row),
        "occupations": listed(row),
        **{name: neighbours.values_list("number", flat=True).first() for name, neighbours in numbers.items()},
        "discrepancies": [discrepancy(each) for each in row.discrepancies.published()],
        "corrections": [correction(each) for each in row.corrections.published()],
        "known": last_change(),
    }


def draw_then(request, then):
    """The same as this record showed it at a moment, the numbers beside it too."""
    values = draw_values(request, then.draw)
    previous, following = then.neighbours
    return {
        **values,
        "occupations": [listing(row) for row in then.listings],
        "previous": previous,
        "next": following,
        "discrepancies": [discrepancy(each) for each in then.discrepancies],
        "corrections": [correction(each) for each in then.corrections],
        "known": then.moment,
    }


def correction(row):
    return {name: getattr(row, name) for name in CorrectionOut.model_fields}


def listed(draw):
    """The occupations of the edition in force on the day of a category draw."""
    public = draw.edition is not None and draw.edition.is_public()
    listings = draw.edition.listings.select_related("occupation") if public else []
    return [listing(row) for row in listings]


def discrepancy(row):
    return {
        "field": row.field,
        "value_here": row.value_here or None,
        "value_elsewhere": row.value_elsewhere or None,
        "note": row.note_en,
        "evidence": row.evidence,
        "source": row.source,
    }


class PoolRangeOut(Schema):
    low: int
    high: int
    is_subtotal: bool
    candidates: int


class StandingOut(Schema):
    """At least and at most how many candidates stood above a score, and an estimate (null above 600)."""

    crs: int
    at_least: int
    at_most: int
    estimate: int | None


class PoolOut(Schema):
    as_on: date
    total: int
    ranges: list[PoolRangeOut]
    above: StandingOut | None
    evidence: str
    source_url: str | None
    url: str


class PoolDayOut(Schema):
    as_on: date
    total: int
    url: str


ScoreQuestion = query_parameters("ScoreQuestion", ScoreForm.base_fields)


@router.get(
    "/pool",
    response=list[PoolDayOut],
    summary=gettext_lazy("Dates for which the pool by score range is recorded, newest first"),
)
def pool_days(request):
    return [
        {"as_on": row.as_on, "total": row.total, "url": request.build_absolute_uri(row.get_absolute_url())}
        for row in PoolSnapshot.objects.published()
    ]


def standing(snapshot, score):
    at_least, at_most = ranges.standing_above(snapshot, score)
    return {
        "crs": score,
        "at_least": at_least,
        "at_most": at_most,
        "estimate": ranges.estimated_above(snapshot, score),
    }


@router.get("/pool/{day}", response=PoolOut, summary=gettext_lazy("The pool by score range on one date"))
def pool_on(request, day: str, asked: Query[ScoreQuestion]):
    score = checked(ScoreForm(request.GET)).cleaned_data["crs"]
    snapshot = PoolSnapshot.objects.on(day)
    names = {"low": "low", "high": "high", "is_subtotal": "is_subtotal", "candidates": "count"}
    return {
        "as_on": snapshot.as_on,
        "total": snapshot.total,
        "ranges": [{key: getattr(row, name) for key, name in names.items()} for row in ranges.rows(snapshot)],
        "above": None if score is None else standing(snapshot, score),
        "evidence": snapshot.evidence,
        "source_url": snapshot.source_url or None,
        "url": request.build_absolute_uri(snapshot.get_absolute_url()),
    }
