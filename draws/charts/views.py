from django.shortcuts import render
from django.utils.translation import gettext as _

from editing.pages.breadcrumbs import breadcrumbs

from . import builders
from . import statistics as figures
from .choice import ChoiceForm
from .cutoffs import cutoffs


def statistics(request):
    rows = figures.draw_figures()
    if not rows:
        return render(request, "draws/statistics.html", {"total": None, "crumbs": breadcrumbs(_("Statistics"))})
    until, disputed = figures.complete_to(rows), figures.disputed_figures()
    labels = builders.year_labels(rows, until)
    disputed_years = {row.draw.date.year for row in disputed if row.difference}
    context = {
        "crumbs": breadcrumbs(_("Statistics")),
        "total": figures.summary(rows),
        "first": rows[0].date,
        "latest": rows[-1].date,
        "lettered": [row.number for row in rows if not row.number.isdigit()],
        "until": until,
        **every_chart(rows, until, ChoiceForm.asked_by(request, streams=figures.slugs(rows))),
        "years": [(year, labels[year], year in disputed_years, *rest) for year, *rest in figures.by_year(rows)],
        "streams": figures.by_stream(rows),
        "same_day": figures.to_same_day(rows, until),
        "records": figures.records(rows),
        "pause": figures.longest_pause(rows),
        "disputed": [(row, row.difference) for row in disputed],
        "disputed_numbers": {row.draw.number for row in disputed},
    }
    return render(request, "draws/statistics.html", context)


def every_chart(rows, until, form):
    return {
        "cutoffs": cutoffs(rows, rows[0].date, until, form=form),
        "invitations": builders.invitations(rows, until, form),
        "gaps": builders.gaps(rows, until),
        "year_so_far": builders.year_so_far(rows, until),
    }
