"""The chart of cut-offs: of two years, of all time, of one stream, or around one draw."""

from datetime import date, timedelta
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from editing.pages.tables import day
from programs.models import ABBREVIATIONS

from . import statistics
from .chart import chart, columns
from .choice import choice_of
from .cutoff_plot import Cutoffs
from .cutoff_plot import cutoffs as plot

SINGLY = 1000  # more cut-offs than this are shown as the lowest of each month
JOB_OFFERS_CUT = date(2016, 11, 19)  # the day from which a job offer no longer brought 600 points
TWO_YEARS = timedelta(days=730)
LEAST = timedelta(days=180)  # a shorter time is shown as so much, or one draw would fill the plot


def cutoffs(rows, since, until, *, key="cutoffs", form=None, here="", about="", on=None):
    """Every cut-off from one day to another in the mark of its stream; None where there is none.

    ``here`` is the number of the draw that the page is about, ``about`` what the rows have in common, ``on`` the day
    that the page was asked for.
    """
    known = [row for row in rows if row.cutoff is not None and row.date >= since]
    choice, since = choice_of(form), min(since, until - LEAST)
    if not choice.of(known):
        return None
    is_single = len(known) <= SINGLY
    shown = choice.of(known if is_single else lowest_of_months(known))[::-1]
    panels = {"above": _("Above 600 points"), "below": _("600 points and below")}
    drawn = Cutoffs(shown, since, until, names_of(shown), choice.score, here, **panels)
    return chart(
        key,
        title(since, until, about),
        words_of_cutoffs(shown, is_single),
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
    """The rows of the two years to a day, and no more of them than are shown."""
    since = until - TWO_YEARS
    rows = statistics.draw_figures(since, SINGLY + 1)
    return rows if len(rows) <= SINGLY else statistics.lowest_of_each_month(since)


def cutoffs_of_two_years(rows, until, form=None):
    return cutoffs(rows, until - TWO_YEARS, until, key="recent", form=form)


def stream_chart(stream, form=None, until=None, here=""):
    """The cut-offs of a stream, all or up to a day, and where a draw is among them."""
    draws = stream.draws()
    rows = statistics.figures_in(stream, draws.filter(date__lte=until) if until else draws)
    key = f"draw-{here}" if here else f"stream-{stream.slug}"
    return of_some(rows, key=key, form=form, here=here, about=stream.name, on=until)


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


def words_of_cutoffs(rows, singly):
    each = (
        _("Each mark is the CRS score of the lowest-ranked candidate invited in one draw.")
        if singly
        else _("Each mark is the lowest cut-off of a kind of draw in one month.")
    )
    above_600 = [row for row in rows if row.cutoff > 600]
    return f"{each} {words_above_600(above_600)}" if above_600 else each


def words_above_600(rows):
    scale = _("Scores above 600 have a panel and scale of their own so that the rest stay readable.")
    points = (
        _("They include the 600 points for a provincial nomination, or until November 2016 for a job offer.")
        if any(row.date < JOB_OFFERS_CUT for row in rows)
        else _("They include the 600 points for a provincial nomination.")
    )
    return f"{scale} {points}"
