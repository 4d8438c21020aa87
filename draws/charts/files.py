"""Charts to take away: as a picture, and as their figures."""

import tablib
from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from draws.models import Draw, FeedCheck, PoolSnapshot
from draws.streams.queries import stream_called, stream_of
from editing.pages.exports import rows_as_file
from occupations.forms import DayForm
from occupations.models import Edition, Occupation
from programs.scores import ScoreForm

from . import builders, statistics
from .choice import ChoiceForm
from .cutoffs import chart_around, cutoffs, cutoffs_of_two_years, draws_chart, recent, stream_chart
from .standalone import standalone


def chart_file(request, key, kind):
    """The chart of that key as the query asks for it."""
    name, _hyphen, which = key.partition("-")
    build = PARTS.get(name) if which else WHOLE.get(key)
    found = build and (build(request, which) if which else build(request))
    if found is None:
        raise Http404(_("There is no such chart."))
    if kind == "csv":
        return rows_as_file(dataset(found), "csv", f"{key}.csv")
    address = request.build_absolute_uri().partition("/charts/")[0].partition("://")[2]
    name = {"Content-Disposition": f'attachment; filename="{key}.svg"'}
    return HttpResponse(standalone(found, source(address)), content_type="image/svg+xml", headers=name)


def source(address):
    """Where a picture is from, and to which day the record was complete."""
    checked = FeedCheck.objects.values_list("checked_on", flat=True).first()
    name = settings.SITE_NAME
    if checked is None:
        return f"{name} · {address}"
    return _("%(site)s · %(address)s · complete to %(date)s") % {
        "site": name,
        "address": address,
        "date": date_format(checked),
    }


def dataset(chart):
    return tablib.Dataset(*chart.rows, headers=[label for label, _is_numeric in chart.columns])


def whole(build):
    """A chart of all draws."""

    def built(request):
        rows = statistics.draw_figures()
        form = ChoiceForm.asked_by(request, streams=statistics.slugs(rows))
        return build(rows, statistics.complete_to(rows), form) if rows else None

    return built


def of_two_years(request):
    newest = Draw.objects.published().first()
    if newest is None:
        return None
    rows = recent(newest.date)
    return cutoffs_of_two_years(rows, newest.date, ChoiceForm.asked_by(request, streams=statistics.slugs(rows)))


def of_pool(_request):
    return builders.pool_history(list(PoolSnapshot.objects.published()))


def of_stream(request, slug):
    stream = stream_called(slug)
    return stream_chart(stream, ScoreForm.asked_by(request), day(request)) if stream else None


def of_draw(request, number):
    draw = Draw.objects.published().filter(number=number).first()
    return chart_around(draw, stream_of(draw), ScoreForm.asked_by(request)) if draw else None


def of_snapshot(request, on):
    return builders.distribution(PoolSnapshot.objects.on(on), ScoreForm.asked_by(request))


def of_occupation(request, code):
    occupation, on = Occupation.objects.filter(code=code).first(), DayForm(request.GET).day
    if occupation is None:
        return None
    held = Edition.objects.published().filter(listings__occupation=occupation).held(on)
    return draws_chart(occupation, held, ScoreForm.asked_by(request), day(request))


def day(request):
    """The day that the page was asked for, None where it shows today."""
    form = DayForm(request.GET if "on" in request.GET else None)
    return form.day if form.pinned else None


WHOLE = {
    "recent": of_two_years,
    "cutoffs": whole(lambda rows, until, form: cutoffs(rows, rows[0].date, until, form=form)),
    "invitations": whole(builders.invitations),
    "gaps": whole(lambda rows, until, _form: builders.gaps(rows, until)),
    "year": whole(lambda rows, until, _form: builders.year_so_far(rows, until)),
    "pool": of_pool,
}
PARTS = {"stream": of_stream, "draw": of_draw, "pool": of_snapshot, "occupation": of_occupation}
