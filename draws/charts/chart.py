"""One chart: its drawing in two widths, its words and its table."""

from dataclasses import dataclass, field
from functools import partial

from django.utils.formats import date_format

from .svg import chart_svg

WIDE, NARROW = 700, 340


@dataclass(frozen=True)
class Chart:
    """A drawing in two widths, the words that say what it shows, and the same figures as a table."""

    key: str
    title: str
    description: str
    wide: str
    narrow: str
    legend: list = field(default_factory=list)  # marks and names
    columns: list = field(default_factory=list)  # labels, and whether numbers stand below
    rows: list = field(default_factory=list)

    @property
    def cells(self):
        """The rows, each cell with whether it is a number."""
        numeric = [is_numeric for _label, is_numeric in self.columns]
        return [list(zip(row, numeric, strict=True)) for row in self.rows]


def chart(key, title, description, *figures, plot=None, **parts):
    draw = partial(chart_svg, plot or key)
    words = (title, description)
    return Chart(key, title, description, draw(WIDE, words, *figures), draw(NARROW, words, *figures), **parts)


def columns(text, numbers):
    return [(label, False) for label in text] + [(label, True) for label in numbers]


def day(on):
    return date_format(on, "DATE_FORMAT")
