"""What a server does once after its start, so that no visitor waits for it."""

from django.conf import settings
from django.db import connections
from django.utils import translation

from draws.charts import builders, statistics
from draws.charts.views import every_chart
from draws.models import PoolSnapshot
from draws.pool.views import history_chart
from occupations.search.index import search_index


def in_thread(is_first):
    """Warm beside the first requests; a thread closes the connections that it opened."""
    try:
        warm(is_first)
    finally:
        connections.close_all()


def warm(is_first):
    """Build the search index; the first worker also draws the charts of every language."""
    search_index()
    if is_first:
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                draw_charts()


def draw_charts():
    """Each drawing is kept on disk, so only the first start of a record takes long."""
    rows = statistics.draw_figures()
    if rows:
        builders.cutoffs_of_two_years(rows[-1].date)
        every_chart(rows, statistics.complete_to(rows))
    if snapshots := list(PoolSnapshot.objects.published()):
        history_chart(snapshots)
