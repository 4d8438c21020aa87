import django_tables2 as tables
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .invited.answer import OUTCOMES, because
from .invited.verdicts import only_by_score
from .models import Draw

NUMERIC = {"cell": {"class": "numeric"}}
BADGE = (
    '<span class="badge"><svg class="mark mark-{mark}" aria-hidden="true"><use href="{sprite}#{mark}"/></svg>'
    "<span{lang}>{name}</span></span>"
)


def badge(draw):
    """The mark and the official name, as ``includes/badge.html`` draws them: 448 includes would take a second."""
    lang = "" if draw.name_language == get_language() else format_html(' lang="{}"', draw.name_language)
    return format_html(BADGE, mark=draw.mark, sprite=static("img/marks.svg"), lang=lang, name=draw.name)


def sorted_by(name):
    """A hook of django-tables2: the table stands in the order that the API has too."""
    return lambda table, draws, is_descending: (draws.in_order(f"-{name}" if is_descending else name), True)


class DrawTable(tables.Table):
    caption = gettext_lazy("Express Entry rounds of invitations")
    number = tables.Column("#", linkify=True, initial_sort_descending=True, attrs=NUMERIC)
    date = tables.Column(initial_sort_descending=True, attrs={"cell": {"class": "nowrap"}})
    name = tables.Column(gettext_lazy("Round type"))
    invitations = tables.Column(initial_sort_descending=True, empty_values=(), attrs=NUMERIC)
    cutoff = tables.Column(initial_sort_descending=True, empty_values=(), attrs=NUMERIC)

    class Meta:
        model = Draw
        fields = ["number", "date", "name", "invitations", "cutoff"]
        order_by = "-date"
        order_by_field = "sort"
        attrs = {"class": "compact"}
        empty_text = gettext_lazy("No draw matches these filters. Take one of them away, or clear them all.")

    @property
    def grouped(self):
        """Part the rows by year while they stand in the order of time."""
        return bool(self.rows) and self.order_by[0].bare in ("number", "date")

    def render_date(self, value):
        return date_format(value)

    def render_name(self, record):
        return badge(record)

    def render_invitations(self, value):
        return published(value)

    def render_cutoff(self, value):
        return published(value)

    order_number, order_date, order_name = sorted_by("number"), sorted_by("date"), sorted_by("name")
    order_invitations, order_cutoff = sorted_by("invitations"), sorted_by("cutoff")


def published(value):
    return format_html('<span class="missing">{}</span>', _("not published")) if value is None else value


class VerdictTable(tables.Table):
    """Each draw with what it would have meant for a profile."""

    caption = gettext_lazy("This profile in each draw")
    grouped = True
    number = tables.Column("#", accessor="draw__number", attrs=NUMERIC)
    date = tables.Column(gettext_lazy("Date"), accessor="draw__date", attrs={"cell": {"class": "nowrap"}})
    name = tables.Column(gettext_lazy("Round type"), accessor="draw")
    cutoff = tables.Column(gettext_lazy("CRS score"), accessor="draw__cutoff", empty_values=(), attrs=NUMERIC)
    outcome = tables.Column(gettext_lazy("Outcome"), accessor="verdict__outcome")
    reason = tables.Column(gettext_lazy("Because"), accessor="verdict")

    class Meta:
        attrs = {"class": "compact"}
        orderable = False
        empty_text = gettext_lazy("No draw fits this choice of round type, category and dates. Widen it.")

    def render_number(self, record):
        return format_html('<a href="{}">{}</a>', record["draw"].get_absolute_url(), record["draw"].number)

    def render_date(self, value):
        return date_format(value)

    def render_name(self, value):
        return badge(value)

    def render_cutoff(self, value):
        return published(value)

    def render_outcome(self, record, value):
        shown = "unchecked" if only_by_score(record["verdict"]) else value
        return format_html('<span class="outcome outcome-{}">{}</span>', shown, OUTCOMES[shown])

    def render_reason(self, record, value):
        return because(record["draw"], value)
