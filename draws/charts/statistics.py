"""What the draws add up to: by year, kind and category, in gaps and records. What was, never what will be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby, pairwise
from statistics import median
from typing import NamedTuple

from django.db.models import Case, CharField, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Lower

from draws.invitations import Total
from draws.models import Discrepancy, Draw, DrawField, FeedCheck, Kind
from draws.streams.gaps import Gap, usual_gap
from editing.pages.alphabet import in_language
from editing.pages.marks import GENERAL
from programs.models import Program


class DrawFigures(NamedTuple):
    """What figures and charts read of a draw; the mark stands for its stream, as does its slug."""

    number: str
    date: date
    kind: str
    stream: str
    mark: str
    name: str
    invitations: int | None
    cutoff: int | None

    @property
    def year(self) -> int:
        return self.date.year


@dataclass(frozen=True)
class Summary:
    """Draws and what they add up to; None where nothing was published."""

    draws: int
    invitations: Total
    lowest: int | None
    median: float | None
    highest: int | None


@dataclass(frozen=True)
class YearOfGaps:
    """Days between draw days, counted in the year in which they ended."""

    year: int
    count: int
    shortest: int
    longest: int
    middle: float
    usual: Gap | None


def draw_figures() -> list[DrawFigures]:
    """Every public draw, the oldest first: one light query, because medians need each draw."""
    return figures_of(Draw.objects.published())


def newest(draws, most: int):
    """Of the draws with a cut-off the newest, so many at most, the newest first."""
    return draws.filter(cutoff__isnull=False).order_by("-date", "-sequence")[:most]


def figures_of(draws) -> list[DrawFigures]:
    alone = Program.objects.filter(draws=OuterRef("pk"))
    program = {name: Subquery(alone.values(name)[:1]) for name in ("mark", "name_en", "name_fr")}
    fields = {
        "slug": by_kind(Kind.GENERAL.value, Lower(Subquery(alone.values("code")[:1])), "edition__category__slug"),
        "stream_mark": by_kind(GENERAL, program["mark"], "edition__category__mark"),
        "stream_name": by_kind(
            str(Kind.GENERAL.label),
            in_language(program["name_en"], program["name_fr"]),
            in_language("edition__category__name_en", "edition__category__name_fr"),
        ),
    }
    found = draws.order_by("date", "sequence").annotate(**fields)
    found = found.values_list("number", "date", "kind", *fields, "invitations", "cutoff")
    return list(map(DrawFigures._make, found))


def figures_in(stream, draws) -> list[DrawFigures]:
    """The same of the draws of one stream, which have its mark and its name."""
    found = draws.order_by("date", "sequence").values_list("number", "date", "invitations", "cutoff")
    about = (stream.kind, stream.slug, stream.mark, stream.name)
    return [DrawFigures(number, day, *about, *figures) for number, day, *figures in found]


def figures_of_one(draw) -> DrawFigures:
    """The same of a draw that is at hand with its edition and programs."""
    same = {name: getattr(draw, name) for name in ("number", "date", "kind", "mark", "invitations", "cutoff")}
    return DrawFigures(stream=draw.stream_slug, name=draw.stream_name, **same)


def by_kind(general, program, category):
    """An expression that reads one thing of general draws, another of program and of category draws."""
    category = F(category) if isinstance(category, str) else category
    return Case(
        When(kind=Kind.GENERAL, then=Value(general)),
        When(kind=Kind.PROGRAM, then=program),
        default=category,
        output_field=CharField(),
    )


def complete_to(draws: list[DrawFigures]) -> date:
    """The day to which the record is complete, or that of the newest draw if it is later."""
    checked = FeedCheck.objects.values_list("checked_on", flat=True).first()
    return max(day for day in (checked, draws[-1].date) if day)


def streams(draws: Iterable[DrawFigures]) -> dict[str, str]:
    """Marks and names of the streams: general, programs, categories, each in the order of their first draws."""
    found: dict = {}
    for row in draws:
        found.setdefault(row.mark, row)
    in_order = sorted(found.values(), key=lambda row: Kind.values.index(row.kind))
    return {row.mark: row.name for row in in_order}


def slugs(draws: Iterable[DrawFigures]) -> list[str]:
    """The streams of draws, as addresses name them."""
    return list(dict.fromkeys(row.stream for row in draws))


def grouped(draws: Iterable[DrawFigures], key: Callable) -> dict:
    groups: dict = {}
    for row in draws:
        groups.setdefault(key(row), []).append(row)
    return groups


def middle(values: list[int]) -> float:
    """The median, a whole number where it is one."""
    found = median(values)
    return int(found) if found == int(found) else found


def summary(draws: list[DrawFigures]) -> Summary:
    cutoffs = [row.cutoff for row in draws if row.cutoff is not None]
    span = (min(cutoffs), middle(cutoffs), max(cutoffs)) if cutoffs else (None, None, None)
    return Summary(len(draws), Total.of([row.invitations for row in draws]), *span)


def by_year(draws: list[DrawFigures]) -> list[tuple[int, Summary, list[Summary]]]:
    """Years, the newest first, each with its summary and that of every kind of draw."""
    years = sorted(grouped(draws, lambda row: row.year).items(), reverse=True)
    return [(year, summary(held), [summary([r for r in held if r.kind == k]) for k in Kind]) for year, held in years]


def by_stream(draws: list[DrawFigures]) -> list[tuple[str, str, Summary, date, date]]:
    """Kinds (with an empty mark) and below them their streams: mark, name, summary, first and last day."""
    found, names, kinds = [], streams(draws), grouped(draws, lambda row: row.kind)
    for kind in (kind for kind in Kind if kind in kinds):
        marks = grouped(kinds[kind], lambda row: row.mark)
        parts = [(mark, names[mark], marks[mark]) for mark in names if mark in marks]
        parts = parts if kind == Kind.GENERAL else [("", kind.label, kinds[kind]), *parts]
        found += [(mark, name, summary(held), held[0].date, held[-1].date) for mark, name, held in parts]
    return found


def by_year_and_stream(draws: list[DrawFigures]) -> list[tuple[int, str, Summary]]:
    """Years, the newest first, and in each the marks of its streams with their summaries."""
    years = sorted(grouped(draws, lambda row: row.year).items(), reverse=True)
    order = list(streams(draws))
    return [
        (year, mark, summary(held))
        for year, of_year in years
        for mark, held in sorted(grouped(of_year, lambda row: row.mark).items(), key=lambda item: order.index(item[0]))
    ]


def gaps_by_year(draws: list[DrawFigures]) -> list[YearOfGaps]:
    """Years, the newest first, with the gaps between draw days that ended in them."""
    days = sorted({row.date for row in draws})
    found = []
    for year, pairs in groupby(pairwise(days), key=lambda pair: pair[1].year):
        ends = list(pairs)
        gaps = [(later - earlier).days for earlier, later in ends]
        usual = usual_gap([ends[0][0], *(later for _, later in ends)])
        found.append(YearOfGaps(year, len(gaps), min(gaps), max(gaps), middle(gaps), usual))
    return found[::-1]


def to_same_day(draws: list[DrawFigures], until: date) -> list[tuple[int, Summary, Summary]]:
    """Years, the newest first: what was issued up to the day of the year of ``until``, and in the whole year."""
    years = sorted(grouped(draws, lambda row: row.year).items(), reverse=True)
    return [
        (year, summary([row for row in held if day_of_year(row.date) <= day_of_year(until)]), summary(held))
        for year, held in years
    ]


def day_of_year(day: date) -> tuple[int, int]:
    return day.month, day.day


def running_totals(draws: list[DrawFigures]) -> dict[int, list[tuple[date, Total]]]:
    """Of every year its draw days with the invitations issued since January 1 by the end of the day."""
    return {
        year: list(dict(zip((row.date for row in held), sizes_added(held), strict=True)).items())
        for year, held in grouped(draws, lambda row: row.year).items()
    }


def sizes_added(draws: list[DrawFigures]) -> Iterable[Total]:
    return accumulate(Total.of([row.invitations]) for row in draws)


def records(draws: list[DrawFigures]) -> dict[str, list[DrawFigures]]:
    """The draws that hold a record, more than one where they share it."""
    return {
        "largest": extremes(draws, "invitations", max),
        "smallest": extremes(draws, "invitations", min),
        "highest": extremes(draws, "cutoff", max),
        "lowest": extremes(draws, "cutoff", min),
    }


def extremes(draws: list[DrawFigures], field: str, choose: Callable) -> list[DrawFigures]:
    known = [row for row in draws if getattr(row, field) is not None]
    record = choose((getattr(row, field) for row in known), default=None)
    return [row for row in known if getattr(row, field) == record]


def longest_pause(draws: list[DrawFigures]) -> tuple[int, DrawFigures, DrawFigures] | None:
    """Days, the last draw before and the first after the longest time without any draw; the latest such time."""
    pauses = [((later.date - earlier.date).days, earlier, later) for earlier, later in pairwise(draws)]
    return max(pauses, key=lambda pause: (pause[0], pause[1].date), default=None)


def disputed_figures() -> list[Discrepancy]:
    """Sizes and cut-offs on which sources disagree, the newest draw first: records and sums depend on them."""
    fields = [DrawField.INVITATIONS, DrawField.CUTOFF, DrawField.INVITATIONS_AND_CUTOFF]
    return list(Discrepancy.objects.of_public_draws().filter(field__in=fields).select_related("draw"))
