"""One chart: its drawing in two widths, its words, its table, and what the reader can choose."""

from dataclasses import dataclass, field

from django.utils.html import format_html_join

from draws.tables import published
from editing.pages.tables import link

WIDE, NARROW = 600, 290


@dataclass(frozen=True)
class Chart:
    """A drawing in two widths, the words that say what it shows, and the same figures as a table.

    A row of the table, or each of its cells, has a place on the drawing: there the reader's finger finds it.
    """

    key: str
    title: str
    description: str
    wide: str
    narrow: str
    query: str = ""  # of the addresses under which the chart can be taken away
    by_cell: bool = False
    by_column: bool = False  # the reader's finger finds the nearest row by how far it is to the left or right alone
    in_time: bool = False  # arrow keys go from left to right, not down the table
    columns: list = field(default_factory=list)  # labels, and whether numbers stand below
    rows: list = field(default_factory=list)
    links: list = field(default_factory=list)  # the address of each row, or none
    linked: int = 0  # the column that bears it
    table: str = ""  # the id of a table on the page that has the figures
    switches: list = field(default_factory=list)  # slug, mark, name, and whether it is shown
    form: object = None  # what the reader chose
    asks_score: bool = False

    @property
    def table_body(self):
        """The rows of the table, each written at once: cell by cell, those of all draws take longer than the chart."""
        classes = [' class="numeric"' if is_numeric else "" for _label, is_numeric in self.columns]
        head, *rest = classes
        row = f'<tr><th scope="row"{head}>{{}}</th>{"".join(f"<td{each}>{{}}</td>" for each in rest)}</tr>'
        return format_html_join("\n", row, self.cells())

    def cells(self):
        links = self.links or [""] * len(self.rows)
        for values, url in zip(self.rows, links, strict=True):
            cells = [published(value) for value in values]
            if url:
                cells[self.linked] = link(url, cells[self.linked])
            yield cells


def chart(key, title, description, plot, *figures, **parts):
    """A chart drawn by ``plot`` from its key, a width and figures."""
    wide, narrow = (plot(f"{key}-{size}", width, *figures) for size, width in (("w", WIDE), ("n", NARROW)))
    return Chart(key, title, description, wide.svg(title), narrow.svg(title), **parts)


def columns(text, numbers):
    return [(label, False) for label in text] + [(label, True) for label in numbers]
