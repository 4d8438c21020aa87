from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from draws.charts.cutoffs import stream_chart
from draws.models import Kind
from draws.tables import DrawTable
from draws.views import paginate
from editing.days import canadian_day
from editing.pages.breadcrumbs import breadcrumbs
from occupations.categories.conditions import asked
from occupations.models import Edition
from programs.scores import ScoreForm

from . import sentences
from .queries import LATELY, latest_draws, stream_called

ON_A_PAGE = 100


def stream(request, slug):
    """What happened last in a stream, how it went before, and all its draws."""
    found = stream_called(slug)
    if found is None:
        raise Http404(_("There is no such stream of draws."))
    latest, today = latest_draws(found.draws()[: LATELY + 1]), canadian_day()
    context = {
        "stream": found,
        "latest": latest,
        "crumbs": breadcrumbs((_("Draws"), reverse("draws:list")), found.name),
        "editions": editions_today(found, today),
    }
    if latest:
        context |= {
            "lede": sentences.last_draw(latest, today),
            "is_in_use": latest.is_in_use(today),
            "change": sentences.change(latest),
            "gaps": sentences.gaps(latest),
            "chart": stream_chart(found, ScoreForm.asked_by(request)),
            **all_draws(request, found),
        }
    return render(request, "draws/stream.html", context)


def all_draws(request, found):
    """The table of all draws of a stream, a page of it at a time, and what is wrong with the page asked for."""
    table = DrawTable(found.draws(), stream=found, orderable=False)
    fault = paginate(table, request.GET.get("page", 1), ON_A_PAGE)
    request.refused = ["page"] if fault else []
    return {"table": table, "page_fault": fault}


def editions_today(found, today):
    """The editions of a category in force today, with their rules and lists."""
    if found.kind != Kind.CATEGORY:
        return []
    current = Edition.objects.published().in_force(today).filter(category=found.row).with_lists()
    return [(edition, asked(edition)) for edition in current]
