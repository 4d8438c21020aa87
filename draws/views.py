from functools import cached_property

from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import Max, Min
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from editing.api_forms import CheckedExport
from editing.ledger.lasting import complete_to, note_record_dates, with_record_dates
from editing.ledger.pages import KnownMixin
from editing.pages.breadcrumbs import breadcrumbs
from occupations.categories.conditions import language
from programs.scores import ScoreForm

from . import sentences
from .as_known import DrawAsKnown
from .charts.cutoffs import chart_around
from .exports import DrawExport
from .filters import DrawFilter
from .forms import ListForm
from .insights import insights_of
from .invitations import Total, aggregates
from .models import Discrepancy, Draw
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
    return _("The rows are available only as csv, xlsx or json.") if "_export" in request.GET else ""


def totals(draws):
    """The figures of a list of draws: how many, invitations, span of cut-offs and of dates."""
    figures = draws.order_by().aggregate(
        **aggregates(),
        lowest=Min("cutoff"),
        highest=Max("cutoff"),
        first=Min("date"),
        last=Max("date"),
    )
    return figures | {"invitations": Total.found_in(figures), "lettered": draws.lettered()}


class DrawDetailView(KnownMixin, DetailView):
    template_name = "draws/draw_detail.html"
    context_object_name = "draw"
    kept = ["crs"]

    @cached_property
    def today(self):
        """The public draw of that number with the dates of the record; None where there is none."""
        draws = with_record_dates(Draw.objects.published().select_related("edition__category", "pool"))
        row = draws.filter(number=self.kwargs["number"]).first()
        return row and note_record_dates(self.request, row)

    @cached_property
    def as_known(self):
        """What this record showed at the moment that was asked for; None for now."""
        return DrawAsKnown(self.kwargs["number"], self.known) if self.known else None

    def get_object(self):
        row = self.as_known.draw if self.as_known else self.today
        if row is None:
            raise Http404(_("No draw %(number)s is published here.") % self.kwargs)
        return row

    def get_context_data(self, **kwargs):
        now, draw = timezone.now(), self.object
        edition = draw.edition if draw.edition and draw.edition.is_public(now) else None
        return super().get_context_data(**kwargs) | {
            **self.of_moment(str(draw), self.as_known.differences if self.as_known else [], self.today is not None),
            "data_as_of": complete_to(self.request),
            "crumbs": breadcrumbs((_("Draws"), reverse("draws:list")), str(draw)),
            **self.among_others(),  # fetches the programs, which the facts are worded by
            **(self.said_then() if self.as_known else self.said_now()),
            **facts_in_words(draw),
            "edition": edition,
            "language_rule": language(edition) if edition and edition.language_rule else None,
            "pool": draw.pool if draw.pool and draw.pool.is_public(now) else None,
            "missing": published(None),
        }

    @cached_property
    def insights(self):
        return insights_of(self.today, timezone.now()) if self.today else None

    @cached_property
    def disputed(self):
        """What sources say otherwise of the draw, and of those that its year's total counts."""
        return [*Discrepancy.objects.of_public_draws().about(self.today).select_related("draw")]

    def among_others(self):
        """What other draws tell about it, as they are today: nothing of a draw that is not there today."""
        score_form = ScoreForm.asked_by(self.request)
        if self.today is None:
            return {"insights": None}
        return {
            "insights": self.insights,
            "chart": chart_around(self.today, stream_of(self.today), score_form),
            "year_in_doubt": sentences.year_in_doubt(self.insights, self.disputed),
            **among_others_in_words(self.insights),
        }

    def said_now(self):
        disputed = [row for row in self.disputed if row.draw_id == self.object.pk]
        since_count, corrections = self.insights.since_count, self.object.corrections.published()
        return beside(self.object, self.insights.listings, disputed, corrections, since_count)

    def said_then(self):
        then = self.as_known
        return beside(self.object, then.listings, then.discrepancies, then.corrections, [])


def beside(draw, listings, discrepancies, corrections, since_count):
    """The list of a draw, its pool, and what sources said of it."""
    return {
        "listings": listings,
        "its_pool": sentences.its_pool(draw, since_count),
        "discrepancies": discrepancies,
        "elsewhere": {row.field: row.elsewhere for row in discrepancies if row.value_elsewhere},
        "corrections": corrections,
    }


def facts_in_words(draw):
    return {
        "tie_break": sentences.tie_break(draw),
        "nomination": sentences.nomination(draw),
        "dates": sentences.dates(draw),
        "double_number": sentences.double_number(draw),
    }


def among_others_in_words(insights):
    return {
        "place": sentences.place(insights),
        "records": sentences.records(insights),
        "comparisons": sentences.comparisons(insights),
        "its_week": sentences.its_week(insights),
        "its_year": sentences.its_year(insights),
        "today": sentences.today(insights) if insights.listings else "",
    }
