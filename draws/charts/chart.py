"""One chart: its drawing in two widths, its words and its table."""

from dataclasses import dataclass, field
from functools import partial

from django.utils.html import format_html_join

from draws.tables import published

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
    def table_body(self):
        """The rows of the table, each written at once: cell by cell, those of all draws take longer than the chart."""
        classes = [' class="numeric"' if is_numeric else "" for _label, is_numeric in self.columns]
        head, *rest = classes
        row = f'<tr><th scope="row"{head}>{{}}</th>{"".join(f"<td{each}>{{}}</td>" for each in rest)}</tr>'
        return format_html_join("\n", row, (map(published, values) for values in self.rows))


def chart(key, title, description, *figures, plot=None, **parts):
    draw = partial(chart_svg, plot or key)
    words = (title, description)
    return Chart(key, title, description, draw(WIDE, words, *figures), draw(NARROW, words, *figures), **parts)


def columns(text, numbers):
    return [(label, False) for label in text] + [(label, True) for label in numbers]
