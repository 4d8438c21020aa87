"""The chart of cut-offs: of two years, of all time, of one stream, or around one draw."""

from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from draws.models import Draw
from editing.pages.tables import day
from programs.models import ABBREVIATIONS

from . import statistics
from .chart import chart, columns
from .choice import choice_of
from .cutoff_plot import ABOVE, Cutoffs
from .cutoff_plot import cutoffs as plot

SINGLY = 1000  # more cut-offs than this are shown as the lowest of each month
NEWEST = 300  # of two years, the most draws that are shown
IN_STREAM = 200  # of a stream, on each side of the draw that a page is about
JOB_OFFERS_CUT = date(2016, 11, 19)  # the day from which a job offer no longer brought 600 points
TWO_YEARS = timedelta(days=730)
LEAST = timedelta(days=180)  # a shorter time is shown as so much, or one draw would fill the plot


def cutoffs(rows, since, until, *, key="cutoffs", form=None, here="", about="", on=None, most=None):
    """Every cut-off from one day to another in the mark of its stream; None where there is none.

    ``here`` is the number of the draw that the page is about, ``about`` what the rows have in common, ``on`` the day
    that the page was asked for. ``most`` is how many of the rows are shown, the newest.
    """
    known = [row for row in rows if row.cutoff is not None and row.date >= since]
    is_cut = most is not None and len(known) > most
    if is_cut:
        known = known[-most:]
        since = known[0].date
    choice, since = choice_of(form), min(since, until - LEAST)
    if not choice.of(known):
        return None
    is_single = len(known) <= SINGLY
    shown = choice.of(known if is_single else lowest_of_months(known))[::-1]
    drawn = Cutoffs(shown, since, until, names_of(shown), choice.score, here)
    return chart(
        key,
        title(since, until, about),
        words_of_cutoffs(drawn, is_single, most if is_cut else None),
        plot,
        drawn,
        form=form,
        asks_score=form is not None,
        query=choice.query(on),
        switches=switches(known, form, choice),
        **table(shown),
    )


def names_of(shown):
    """What lines are called beside the plot; nothing where there is only one."""
    names = {row.mark: short_name(row) for row in shown}
    return names if len(names) > 1 else {}


def table(shown):
    return {
        "in_time": True,
        "columns": columns(text=[_("Date"), _("Round type")], numbers=[_("Draw"), _("CRS score")]),
        "rows": [(day(row.date), row.name, row.number, row.cutoff) for row in shown],
        "links": [draw_url(row.number, get_language()) for row in shown],
        "linked": 2,
    }


def recent(until):
    """The rows of the two years to a day, and hardly more of them than are shown."""
    found = statistics.newest(Draw.objects.published().filter(date__gte=until - TWO_YEARS), NEWEST + 1)
    return statistics.figures_of(Draw.objects.filter(pk__in=found.values("pk")))


def cutoffs_of_two_years(rows, until, form=None):
    return cutoffs(rows, until - TWO_YEARS, until, key="recent", form=form, most=NEWEST)


def stream_chart(stream, form=None, until=None):
    """The cut-offs of a stream, to this day or to another one."""
    draws = stream.draws()
    found = statistics.newest(draws.filter(date__lte=until) if until else draws, IN_STREAM + 1)
    rows = statistics.figures_in(stream, draws.filter(pk__in=found.values("pk")))
    return of_some(rows, key=f"stream-{stream.slug}", form=form, about=stream.name, on=until, most=IN_STREAM)


def chart_around(draw, stream, form):
    """The cut-offs of the draw's stream before and after it, and where it is among them."""
    draws = stream.draws().filter(cutoff__isnull=False)
    near = [part.values("pk")[:IN_STREAM] for part in (draws.before(draw), draws.after(draw))]
    rows = statistics.figures_in(stream, draws.filter(Q(pk__in=near[0]) | Q(pk__in=near[1]) | Q(pk=draw.pk)))
    return of_some(rows, key=f"draw-{draw.number}", form=form, here=draw.number, about=stream.name)


def known_chart(stream, draws, form, until):
    """The cut-offs of a stream as this record showed them at a moment, of these draws."""
    rows = [statistics.figures_of_one(draw) for draw in reversed(draws)]
    return of_some(rows, key=f"stream-{stream.slug}", form=form, about=stream.name, on=until)


def draws_chart(occupation, draws, form, until):
    """The cut-offs of the draws that listed an occupation up to a day, each in the mark of its category."""
    rows = [statistics.figures_of_one(draw) for draw in sorted(draws, key=lambda draw: draw.sequence)]
    key, name = f"occupation-{occupation.code}", f"{occupation.code} {occupation.title}"
    return of_some(rows, key=key, form=form, about=name, on=until)


def of_some(rows, **about):
    """The chart of the draws that have something in common; None where there are no two to compare."""
    known = [row for row in rows if row.cutoff is not None]
    return cutoffs(known, known[0].date, known[-1].date, **about) if len(known) > 1 else None


def lowest_of_months(known):
    months = statistics.grouped(known, lambda row: (row.year, row.date.month, row.mark))
    return [min(held, key=lambda row: row.cutoff) for held in months.values()]


@lru_cache(maxsize=2000)  # the address is found once, not at every asking
def draw_url(number, _language):
    return reverse("draws:detail", args=[number])


def short_name(row):
    """What a line is called beside it: programs have abbreviations."""
    return str(ABBREVIATIONS.get(row.stream.upper(), row.name))


def switches(known, form, choice):
    """Every stream of the chart, to be shown or not; none where the page has no choice of them."""
    if form is None or "stream" not in form.fields:
        return []
    slugs = {row.mark: row.stream for row in known}
    return [(slugs[mark], mark, name, choice.shows(slugs[mark])) for mark, name in statistics.streams(known).items()]


def title(since, until, about):
    words = {"name": about, "since": day(since), "until": day(until)}
    if about:
        return _("CRS cut-offs, %(name)s, %(since)s to %(until)s") % words
    return _("CRS cut-offs, %(since)s to %(until)s") % words


def words_of_cutoffs(drawn, singly, newest=None):
    sentences = [each_mark(singly)]
    if newest:
        sentences.append(_("Only the newest %(count)s draws are shown.") % {"count": localize(newest)})
    above_600 = [row for row in drawn.rows if row.cutoff > ABOVE]
    if above_600:
        sentences.append(words_above_600(above_600))
    if drawn.has_far:
        sentences.append(_("Scores far below the rest have their own panel."))
    return " ".join(sentences)


def each_mark(singly):
    return (
        _("Each mark is the CRS score of the lowest-ranked candidate invited in one draw.")
        if singly
        else _("Each mark is the lowest cut-off of a kind of draw in one month.")
    )


def words_above_600(rows):
    scale = _("Scores above 600 have a panel and scale of their own so that the rest stay readable.")
    points = (
        _("They include the 600 points for a provincial nomination, or until November 2016 for a job offer.")
        if any(row.date < JOB_OFFERS_CUT for row in rows)
        else _("They include the 600 points for a provincial nomination.")
    )
    return f"{scale} {points}"
