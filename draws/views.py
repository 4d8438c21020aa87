from functools import cached_property

from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import Max, Min, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from editing.api_forms import CheckedExport
from editing.pages.breadcrumbs import breadcrumbs
from occupations.categories.conditions import language
from programs.scores import ScoreForm

from . import sentences
from .charts.cutoffs import stream_chart
from .exports import DrawExport
from .filters import DrawFilter
from .forms import ListForm
from .insights import insights_of
from .invitations import Total, aggregates
from .models import Discrepancy, Draw, FeedCheck
from .streams.queries import stream_of
from .tables import DrawTable, published

DATASET = {
    "name": gettext_lazy("Express Entry rounds of invitations"),
    "description": gettext_lazy("Every Express Entry round of invitations since January 31, 2015, dated and sourced."),
    "covers": "2015-01-31/..",
    "files": [("text/csv", "/draws/?_export=csv"), ("application/json", "/api/v1/draws?limit=1000")],
}


class DrawListView(CheckedExport, SingleTableMixin, FilterView):
    table_class = DrawTable
    filterset_class = DrawFilter
    export_class = DrawExport
    export_formats = list(DrawExport.FORMATS)
    export_name = "express-entry-draws"
    template_name = "draws/draw_list.html"
    strict = False

    def get_queryset(self):
        return Draw.objects.published().select_related("edition__category")

    def get_table(self, **kwargs):
        """The table in the order and pages that passed the form: left alone, it would take any from the address."""
        table = self.table_class(self.object_list, order_by=self.shown.chosen("sort", "-date"))
        self.page_fault = paginate(table, self.request.GET.get("page", 1), self.shown.chosen("per_page", "25"))
        return table

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        self.request.refused = {*self.faults(), *(["page"] if self.page_fault else [])}
        return context | {
            "totals": totals(self.object_list),
            "dataset": DATASET,
            "crumbs": breadcrumbs(_("Draws")),
            "shown": self.shown,
            "per_page_choices": self.shown.page_sizes("25"),
            "faults": [fault for fault in (self.page_fault, export_fault(self.request)) if fault],
        }

    @cached_property
    def shown(self):
        return ListForm(self.request.GET)

    def faults(self):
        return super().faults() | self.shown.errors


def paginate(table, page, per_page):
    """Show the page asked for, or the nearest there is and say so; all rows need no pages."""
    if per_page == "all":
        return ""
    try:
        table.paginate(page=page, per_page=int(per_page))
    except PageNotAnInteger:
        table.page = table.paginator.page(1)
        return _("That is not a page number: this is the first page.")
    except EmptyPage:
        last = table.paginator.num_pages
        table.page = table.paginator.page(last)
        return _("There is no such page: this is the last one, page %(number)s.") % {"number": last}
    return ""


def export_fault(request):
    """What to say where rows were asked for in a format that there is not."""
    return _("The rows can be had as csv, xlsx or json only.") if "_export" in request.GET else ""


def totals(draws):
    """The figures of a list of draws: how many, invitations, span of cut-offs and of dates."""
    figures = draws.order_by().aggregate(
        **aggregates(Q()),
        lowest=Min("cutoff"),
        highest=Max("cutoff"),
        first=Min("date"),
        last=Max("date"),
        number_a=Min("number", filter=Q(number__endswith="a")),
        number_b=Max("number", filter=Q(number__endswith="b")),
    )
    return figures | {"invitations": Total(figures["known"], figures["draws"], figures["unknown"])}


class DrawDetailView(DetailView):
    slug_field = slug_url_kwarg = "number"

    def get_queryset(self):
        """The draw with the day to which the record is complete: a query of its own would be one too many."""
        checked = FeedCheck.objects.values("checked_on")[:1]
        draws = Draw.objects.published().select_related("edition__category", "pool")
        return draws.annotate(data_as_of=Subquery(checked))

    def get_context_data(self, **kwargs):
        now = timezone.now()
        draw = self.object
        insights = insights_of(draw, now)
        edition = draw.edition if draw.edition and draw.edition.is_public(now) else None
        disputed = [*Discrepancy.objects.of_public_draws(now).about(draw).select_related("draw")]
        discrepancies = [row for row in disputed if row.draw_id == draw.pk]
        return super().get_context_data(**kwargs) | {
            "insights": insights,
            "data_as_of": draw.data_as_of,
            "crumbs": breadcrumbs((_("Draws"), reverse("draws:list")), str(draw)),
            "edition": edition,
            "language_rule": language(edition) if edition and edition.language_rule else None,
            "pool": draw.pool if draw.pool and draw.pool.is_public(now) else None,
            "missing": published(None),
            "discrepancies": discrepancies,
            "elsewhere": {row.field: row.elsewhere for row in discrepancies if row.value_elsewhere},
            "corrections": draw.corrections.published(now),
            "year_in_doubt": sentences.year_in_doubt(insights, disputed),
            "chart": stream_chart(stream_of(draw), ScoreForm.asked_by(self.request), here=draw.number),
            **wording(insights),
        }


def wording(insights):
    return {
        "tie_break": sentences.tie_break(insights.draw),
        "nomination": sentences.nomination(insights.draw),
        "dates": sentences.dates(insights.draw),
        "double_number": sentences.double_number(insights.draw),
        "place": sentences.place(insights),
        "records": sentences.records(insights),
        "comparisons": sentences.comparisons(insights),
        "its_week": sentences.its_week(insights),
        "its_year": sentences.its_year(insights),
        "its_pool": sentences.its_pool(insights),
        "today": sentences.today(insights) if insights.listings else "",
    }
