from functools import cached_property, lru_cache

import django_tables2 as tables
from django.urls import reverse
from django.utils.formats import localize
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from editing.pages.marks import GENERAL
from editing.pages.tables import CompactTable, badge, day, link, named, short_on_phone

from .invited.answer import BY_TIE_BREAK, OUTCOMES, because, in_short
from .invited.verdicts import only_by_score
from .models import Draw
from .streams.queries import fetch_programs


def classes(names):
    """The classes of a column's cells; on a phone they say where in a row of two lines each one stands."""
    return {"cell": {"class": names}}


def round_type(draw, stream=None):
    """The mark and the official name of a draw; on a phone its stream: some official names take eight lines."""
    stream, name = stream or draw.stream, named(draw)
    mark, short = (stream.mark, stream.name) if stream else (GENERAL, draw.get_kind_display())
    return badge(mark, name if draw.name == short else short_on_phone(name, short))


def published(value):
    return value if isinstance(value, str) else published_in(value, get_language())


@lru_cache(maxsize=4000, typed=True)
def published_in(value, _language):
    return format_html('<span class="missing">{}</span>', _("not published")) if value is None else localize(value)


@lru_cache(maxsize=2000)  # the address is found once, not at every asking
def draw_link(number, _language):
    return link(reverse("draws:detail", args=[number]), number)


@lru_cache(maxsize=1000)
def answer_cells(verdict, tie_break, _language):
    """What stands under "Outcome" and under "Because"; a few answers stand in hundreds of rows."""
    outcome = "unchecked" if only_by_score(verdict) else verdict.outcome
    reason, short = because(verdict, tie_break), in_short(verdict)
    words = short_on_phone(OUTCOMES[outcome], short) if short else OUTCOMES[outcome]
    return {
        "outcome": format_html('<span class="outcome outcome-{}">{}</span>', outcome, words),
        "reason": reason if short is None else format_html('<span class="on-wide">{}</span>', reason),
    }


def score_heading():
    return short_on_phone(Draw._meta.get_field("cutoff").verbose_name, _("CRS score"))


SCORE = lazy(score_heading, SafeString)()


def sorted_by(name):
    """A hook of django-tables2: the table stands in the order that the API has too."""
    return lambda table, draws, is_descending: (draws.in_order(f"-{name}" if is_descending else name), True)


class DrawTable(CompactTable):
    """Draws, of one ``stream`` or of all."""

    caption = gettext_lazy("Express Entry rounds of invitations")
    number = tables.Column("#", initial_sort_descending=True, attrs=classes("numeric number"))
    date = tables.Column(initial_sort_descending=True, attrs=classes("nowrap date"))
    name = tables.Column(gettext_lazy("Round type"), attrs=classes("name"))
    invitations = tables.Column(initial_sort_descending=True, attrs=classes("numeric invitations"))
    cutoff = tables.Column(SCORE, initial_sort_descending=True, attrs=classes("numeric score"))

    class Meta:
        model = Draw
        fields = ["number", "date", "name", "invitations", "cutoff"]
        order_by = "-date"
        order_by_field = "sort"
        attrs = {"class": "compact draws"}
        empty_text = gettext_lazy("No draw matches these filters. Remove one, or clear them all.")

    def __init__(self, *args, stream=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.stream = stream

    @cached_property
    def is_in_order_of_time(self):
        return not self.order_by or self.order_by[0].bare in ("number", "date")

    def group(self, draw):
        return draw.date.year if self.is_in_order_of_time else None

    def bodies(self):
        if self.stream is None:
            fetch_programs(self.paginated_rows.data)
        return super().bodies()

    def cells(self, draw):
        return {
            "number": draw_link(draw.number, get_language()),
            "date": day(draw.date),
            "name": round_type(draw, self.stream),
            "invitations": published(draw.invitations),
            "cutoff": published(draw.cutoff),
        }

    order_number, order_date, order_name = sorted_by("number"), sorted_by("date"), sorted_by("name")
    order_invitations, order_cutoff = sorted_by("invitations"), sorted_by("cutoff")


class VerdictTable(CompactTable):
    """Each draw with what it would have meant for a profile."""

    caption = gettext_lazy("This profile in each draw")
    number = tables.Column("#", accessor="draw__number", attrs=classes("numeric number"))
    date = tables.Column(gettext_lazy("Date"), accessor="draw__date", attrs=classes("nowrap date"))
    name = tables.Column(gettext_lazy("Round type"), accessor="draw", attrs=classes("name"))
    cutoff = tables.Column(gettext_lazy("CRS score"), accessor="draw__cutoff", attrs=classes("numeric score"))
    outcome = tables.Column(gettext_lazy("Outcome"), accessor="verdict__outcome", attrs=classes("outcome"))
    reason = tables.Column(gettext_lazy("Because"), accessor="verdict", attrs=classes("reason"))

    class Meta:
        attrs = {"class": "compact draws"}
        orderable = False
        empty_text = gettext_lazy("No draw fits this choice of round type, category and dates. Widen it.")

    def group(self, row):
        return row["draw"].date.year

    def bodies(self):
        fetch_programs(row["draw"] for row in self.paginated_rows.data)
        return super().bodies()

    def cells(self, row):
        draw, verdict = row["draw"], row["verdict"]
        return {
            "number": draw_link(draw.number, get_language()),
            "date": day(draw.date),
            "name": round_type(draw),
            "cutoff": published(draw.cutoff),
            **answer_cells(verdict, draw.tie_break if verdict.reason in BY_TIE_BREAK else None, get_language()),
        }
