from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Schema

from editing.api_forms import ReadingRouter, checked, query_parameters
from editing.days import canadian_day

from .calculators import labels
from .calculators.crs_forms import CrsForm
from .calculators.fsw_forms import FswForm
from .calculators.language_forms import LanguageForm
from .calculators.tables import lowest_level
from .models import Amount, Program

router = ReadingRouter(tags=["Programs"])


class NoteOut(Schema):
    code: str
    text: str


class CoreOut(Schema):
    age: int
    education: int
    first_language: int
    second_language: int
    canadian_work: int
    section: int


class SpouseOut(Schema):
    education: int
    language: int
    canadian_work: int
    section: int


class TransferabilityOut(Schema):
    education_language: int
    education_canadian_work: int
    education_group: int
    foreign_language: int
    foreign_canadian_work: int
    foreign_group: int
    certificate_group: int
    section: int


class AdditionalOut(Schema):
    nomination: int
    french: int
    study_in_canada: int
    sibling: int
    job_offer: int | None = None  # only under a grid with points for one
    section: int


class CrsOut(Schema):
    """Each group and section after its cap; notes name the caps that bit and what was not counted."""

    grid: str
    total: int
    A: CoreOut
    B: SpouseOut
    C: TransferabilityOut
    D: AdditionalOut
    notes: list[NoteOut]


class FswPointsOut(Schema):
    language_first: int
    language_second: int
    education: int
    experience: int
    age: int
    arranged_employment: int
    adaptability: int


class FswOut(Schema):
    """The minimum requirements stand apart from the pass mark; reasons name what is missing of either."""

    points: FswPointsOut
    total: int
    meets_minimum_requirements: bool
    passes_67: bool
    reasons: list[NoteOut]
    notes: list[NoteOut]


class LevelRangeOut(Schema):
    min: float
    max: float


class LevelsOut(Schema):
    speaking: int | None
    listening: int | None
    reading: int | None
    writing: int | None


class AbilitiesOut(Schema):
    speaking: LevelRangeOut
    listening: LevelRangeOut
    reading: LevelRangeOut
    writing: LevelRangeOut


class LanguageOut(Schema):
    """Levels of the scores given, 0 being below 4; and the scores of each test that give the level asked for."""

    test: str | None
    language: str | None
    levels: LevelsOut | None
    lowest: int | None
    level: int | None
    scores: dict[str, AbilitiesOut] | None


CrsQuestion = query_parameters("CrsQuestion", CrsForm.base_fields)
FswQuestion = query_parameters("FswQuestion", FswForm.base_fields)
LanguageQuestion = query_parameters("LanguageQuestion", LanguageForm.base_fields)


@router.get(
    "/crs", response=CrsOut, exclude_unset=True, summary=gettext_lazy("The CRS score of a profile, factor by factor")
)
def crs_score(request, asked: Query[CrsQuestion]):
    found = checked(CrsForm(request.GET)).score()
    caps = [{"code": f"capped {cap.key}", "text": labels.cap_words(cap)} for cap in found.caps]
    return found.as_dict() | {"notes": caps + labels.notes(found.notes)}


@router.get(
    "/fsw",
    response=FswOut,
    summary=gettext_lazy("The Federal Skilled Worker points and minimum requirements of a profile"),
)
def fsw_points(request, asked: Query[FswQuestion]):
    found = checked(FswForm(request.GET)).score()
    reasons = [{"code": code, "text": str(labels.REASONS[code])} for code in found.reasons]
    return found.as_dict() | {"reasons": reasons, "notes": labels.notes(found.notes)}


@router.get(
    "/language", response=LanguageOut, summary=gettext_lazy("Test scores as CLB or NCLC levels, and a level as scores")
)
def language_levels(request, asked: Query[LanguageQuestion]):
    form = checked(LanguageForm(request.GET))
    test, level, wanted = form.cleaned_data["test"], form.cleaned_data["level"], form.wanted()
    return {
        "test": test or None,
        "language": form.tests["tests"][test]["language"] if test else None,
        "levels": form.found if test else None,
        "lowest": lowest_level(form.found) if test else None,
        "level": int(level) if level else None,
        "scores": wanted and {key: ranges(scores) for key, scores in wanted.items()},
    }


def ranges(scores):
    return {ability: {"min": low, "max": high} for ability, (low, high) in scores.items()}


class ProgramOut(Schema):
    """A program; ``own_draws`` were for it alone."""

    code: str
    slug: str
    name: str
    legal_reference: str
    draws: int
    own_draws: int
    url: str


class SourcedOut(Schema):
    evidence: str
    source: str
    source_url: str | None
    checked_on: date


class RequirementOut(SourcedOut):
    key: str
    topic: str
    state: str
    in_short: str
    text: str
    legal_reference: str | None
    valid_from: date | None
    valid_to: date | None
    known_true_on: date


class AmountOut(SourcedOut):
    table: str
    item: str
    label: str
    dollars: int
    valid_from: date
    valid_to: date | None


class ProgramInFullOut(ProgramOut):
    """With its requirements in force, proposed and reported, and the fees that every program asks today."""

    requirements: list[RequirementOut]
    fees: list[AmountOut]


@router.get("/programs", response=list[ProgramOut], summary=gettext_lazy("The programs that Express Entry manages"))
def programs(request):
    return [program_values(request, program) for program in Program.objects.with_draw_counts()]


@router.get(
    "/programs/{slug:slug}", response=ProgramInFullOut, summary=gettext_lazy("One program, with its requirements")
)
def program(request, slug: str):
    row = Program.objects.with_draw_counts().filter(slug=slug).first()
    if row is None:
        raise Http404(_("There is no program %(slug)s.") % {"slug": slug})
    today = canadian_day()
    by_state = row.requirements.by_state(today)
    fees = Amount.objects.published().in_force(today).filter(table=Amount.Table.FEES)
    return {
        **program_values(request, row),
        "requirements": [requirement(rule) for rules in by_state.values() for rule in rules],
        "fees": [amount(fee) for fee in fees],
    }


def program_values(request, program):
    return {
        **{name: getattr(program, name) for name in ("code", "slug", "legal_reference")},
        "name": program.name_en,
        "draws": program.draw_count,
        "own_draws": program.own_draw_count,
        "url": request.build_absolute_uri(program.get_absolute_url()),
    }


def sourced(row):
    """How well a row is known."""
    names = ("evidence", "source", "checked_on")
    return {name: getattr(row, name) for name in names} | {"source_url": row.source_url or None}


def requirement(rule):
    names = ("key", "topic", "state", "valid_from", "valid_to", "known_true_on")
    return {
        **sourced(rule),
        **{name: getattr(rule, name) for name in names},
        "in_short": rule.in_short_en,
        "text": rule.text_en,
        "legal_reference": rule.legal_reference or None,
    }


def amount(row):
    names = ("table", "item", "dollars", "valid_from", "valid_to")
    return {**sourced(row), **{name: getattr(row, name) for name in names}, "label": row.label_en}
