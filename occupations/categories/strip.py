"""The presence of an occupation on the lists of categories, drawn through time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from .editions import DAY, Membership
from .models import Category


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a strip, in hundredths of its width; as text, which no language writes its own way."""

    start: str
    width: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Row:
    category: Category
    spans: list[Span]
    draws: list[str]


@dataclass(frozen=True, slots=True)
class Strip:
    """The categories that ever listed an occupation, through whole years."""

    years: range
    rows: list[Row]


def strip(found: Sequence[Membership], draws: Iterable, until: date) -> Strip | None:
    """What the memberships were up to a day, the latest word first, with the draws held under the lists."""
    begun = [one for one in found if one.period.edition and one.period.start <= until]
    if not begun:
        return None
    years = range(min(one.period.start.year for one in begun), until.year + 1)
    order = list(dict.fromkeys(one.category for one in sorted(begun, key=lambda one: not one.listed)))
    rows = sorted(begun, key=lambda one: (order.index(one.category), one.period.start))
    held = [(draw.edition.category, place(draw.date, years)) for draw in draws if draw.date <= until]
    by_category = groupby(rows, lambda one: one.category)
    return Strip(years, [row_of(category, its, held, years, until) for category, its in by_category])


def row_of(category, its, held, years, until):
    return Row(
        category,
        [span(one, years, until) for one in its],
        [f"{at:.2f}" for owner, at in held if owner == category],
    )


def span(one, years, until):
    start = place(one.period.start, years)
    end = place(min(one.period.end or until, until) + DAY, years)
    return Span(f"{start:.2f}", f"{end - start:.2f}", one.listed)


def place(day, years):
    """How far into the years a day stands, in hundredths."""
    first = date(years.start, 1, 1)
    return 100 * (day - first).days / (date(years.stop, 1, 1) - first).days
