from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from draws.charts.cutoffs import stream_chart
from draws.models import Kind
from draws.tables import DrawTable
from editing.days import canadian_day
from editing.pages.breadcrumbs import breadcrumbs
from occupations.categories.conditions import asked
from occupations.models import Edition
from programs.scores import ScoreForm

from . import sentences
from .queries import latest_draws, stream_called


def stream(request, slug):
    """What happened last in a stream, how it went before, and all its draws."""
    found = stream_called(slug)
    if found is None:
        raise Http404(_("There is no such stream of draws."))
    draws = list(found.draws().select_related("edition__category"))
    latest, today = latest_draws(draws), canadian_day()
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
            "table": DrawTable(draws, orderable=False),
        }
    return render(request, "draws/stream.html", context)


def editions_today(found, today):
    """The editions of a category in force today, with their rules and lists."""
    if found.kind != Kind.CATEGORY:
        return []
    current = Edition.objects.published().in_force(today).filter(category=found.row).with_sizes().with_lists()
    return [(edition, asked(edition)) for edition in current]
