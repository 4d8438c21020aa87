"""Tables of many rows."""

from functools import cache, lru_cache
from itertools import groupby

import django_tables2 as tables
from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language


class CompactTable(tables.Table):
    """A table that writes a whole row at once: cell by cell, as the library does, 448 rows take half a second."""

    @property
    def order_by(self):
        return super().order_by

    @order_by.setter
    def order_by(self, value):
        """Names that no column has are dropped before the library looks at them: it warns of "1.5"."""
        names = value.split(",") if isinstance(value, str) else value or ()
        known = [name for name in names if name.removeprefix("-") in self.columns]
        super(CompactTable, type(self)).order_by.__set__(self, known)

    def cells(self, record):
        """What stands in each column of the row, by the names of the columns."""
        raise NotImplementedError

    def group(self, record):
        """The heading that the row stands under, if any."""

    def bodies(self):
        """Each heading with its rows, which all have the markup of their columns."""
        row = f"<tr>{''.join(self.markup())}</tr>"
        records = groupby(self.paginated_rows.data, self.group)
        return [(heading, format_html_join("\n", row, map(self.cells, part))) for heading, part in records]

    def markup(self):
        """The cell of each column, with its name for what stands in it; the first one is the head of the row."""
        for place, column in enumerate(self.columns):
            start, end = ("td", "td") if place else ('th scope="row"', "th")
            yield f"<{start}{flatatt(column.attrs['td'])}>{{{column.name}}}</{end}>"


MARK = '<svg class="mark" fill="var(--mark-{})" aria-hidden="true"><use href="{}#{}"/></svg>'
BADGE = f'<span class="badge">{MARK}{{}}</span>'


@cache
def sprite():
    return static("img/marks.svg")


@lru_cache(maxsize=1000, typed=True)  # some thirty names stand in hundreds of rows; safe text is another type
def badge(mark, name):
    """The mark and the name as ``includes/badge.html`` draws them: 448 includes would take a second."""
    return format_html(BADGE, mark, sprite(), mark, name)


def named(row):
    """A name, with its language where that is not the page's."""
    return name_in(row.name, "" if row.name_language == get_language() else row.name_language)


@lru_cache(maxsize=1000)
def name_in(name, language):
    return format_html("<span{}>{}</span>", format_html(' lang="{}"', language) if language else "", name)


@lru_cache(maxsize=1000, typed=True)
def short_on_phone(words, short):
    """The words, and on a phone the short ones in their place."""
    return format_html('<span class="on-wide">{}</span><span class="on-phone">{}</span>', words, short)


def day(date):
    return day_in(date, get_language())


@lru_cache(maxsize=4000)  # formatting the days of all draws takes as long as writing their rows
def day_in(date, _language):
    return date_format(date)


def link(url, words):
    return format_html('<a href="{}">{}</a>', url, words)
