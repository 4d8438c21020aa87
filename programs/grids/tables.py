"""Point grids as tables that people can read: every cell, in the words of the page."""

from dataclasses import dataclass
from itertools import groupby
from math import inf

from django.utils.translation import gettext as _

from .validation import bounds


@dataclass(frozen=True)
class GridTable:
    """A part of a grid: its caption, its head (the row's own first), and rows of a label and its points."""

    key: str
    caption: str
    head: list
    rows: list
    maximum: list | None = None
    maximum_label: str = ""
    holds_words: bool = False  # cells hold words, not numbers


def band(value):
    """A band of levels or years in words: "4–5", "10 or more", "less than 4"."""
    low, high = bounds(value)
    if str(value).startswith(("under", "below")):
        return _("less than %(number)s") % {"number": high + 1}
    if high == inf:
        return _("%(low)s or more") % {"low": low}
    if low == high:
        return str(low)
    return f"{low}–{high}" if low else _("%(high)s or less") % {"high": high}


def ages(by_age):
    """Ages with the same points in one row; the first and the last band are open."""
    numbers = sorted(by_age, key=int)
    for points, group in groupby(numbers, key=lambda age: by_age[age]):
        group = list(group)
        yield age_band(group[0], group[-1], numbers), points


def age_band(low, high, numbers):
    if low == numbers[0]:
        return _("%(high)s or less") % {"high": high}
    if high == numbers[-1]:
        return _("%(low)s or more") % {"low": low}
    return low if low == high else f"{low}–{high}"


def columns(cell):
    return [cell["with_spouse"], cell["without_spouse"]]


def table(key, caption, head, rows, factor):
    """A table whose last line is the most that the factor can bring."""
    most = columns(factor["max"]) if isinstance(factor["max"], dict) else [factor["max"]]
    four = factor.get("per_ability")
    label = _("At most, all four abilities together") if four else _("At most")
    return GridTable(key.replace("_", "-"), caption, head, rows, most, label)
