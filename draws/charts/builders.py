"""The charts of the site: their figures as a table, in words, and drawn wide and narrow."""

from datetime import date, timedelta

from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draws.invitations import Total
from draws.pool import ranges as pool_rows
from editing.pages.tables import day

from . import statistics
from .chart import chart, columns

LABELLED = 200  # more marks than this are not read aloud one by one: the table is the better way
SINGLY = 1000  # more cut-offs than this are shown as the lowest of each month
JOB_OFFERS_CUT = date(2016, 11, 19)  # the day from which a job offer no longer brought 600 points
SAME_YEAR = 2024  # a leap year: every day of any year is in it


def cutoffs(rows, since, until):
    """Every cut-off from one day to another in the mark of its stream; None where there is none."""
    known = [row for row in rows if row.cutoff is not None and row.date >= since]
    if len(known) <= SINGLY:
        return cutoff_chart(known, since, until, singly=True)
    months = statistics.grouped(known, lambda row: (row.year, row.date.month, row.mark))
    lowest = [min(held, key=lambda row: row.cutoff) for held in months.values()]
    return cutoff_chart(lowest, since, until, singly=False)


def cutoffs_of_two_years(until):
    """The same for the home page, which reads no more draws than it shows."""
    since = until - timedelta(days=730)
    if statistics.count_of_cutoffs(since) <= SINGLY:
        return cutoffs(statistics.draw_figures(since), since, until)
    return cutoff_chart(statistics.lowest_of_each_month(since), since, until, singly=False)


def cutoff_chart(known, since, until, *, singly):
    """The chart of single draws, or of the lowest of each stream and month; None where there is nothing to show."""
    if not known:
        return None
    names = statistics.streams(known)
    points = [(row.date.isoformat(), row.mark, row.cutoff, label(row)) for row in known]
    return chart(
        "cutoffs",
        _("CRS cut-offs, %(since)s to %(until)s") % {"since": day(since), "until": day(until)},
        words_of_cutoffs(known, singly),
        points,
        [since.isoformat(), until.isoformat()],
        _("Above 600 points"),
        _("600 points and below"),
        len(known) <= LABELLED,
        legend=list(names.items()),
        columns=columns(text=[_("Date"), _("Round type")], numbers=[_("Draw"), _("CRS score")]),
        rows=[(day(row.date), row.name, row.number, row.cutoff) for row in reversed(known)],
    )


def label(row):
    """A point read aloud, or shown under the pointer."""
    words = {"number": row.number, "date": day(row.date), "name": row.name, "cutoff": row.cutoff}
    return _("%(name)s, draw %(number)s, %(date)s: %(cutoff)s") % words


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


def invitations(rows, until):
    """Invitations by year, parted by kind and category; the table has the cut-offs as well."""
    labels, names, found = year_labels(rows, until), statistics.streams(rows), statistics.by_year_and_stream(rows)
    parts = [part for year in labels for part in parts_of_year(year, found, labels, names)]
    if not any(end for *_part, end, _words in parts):
        return None
    return chart(
        "invitations",
        _("Invitations issued by year, to %(until)s") % {"until": day(until)},
        _("A bar for each year, divided by type and category; wide segments carry their symbol.")
        + " "
        + incomplete(until)
        + left_out(rows),
        parts,
        [str(year) for year in labels],
        legend=list(names.items()),
        columns=columns(
            text=[_("Year"), _("Round type")],
            numbers=[_("Draws"), _("Invitations issued"), _("Lowest cut-off"), _("Median"), _("Highest")],
        ),
        rows=[
            (labels[year], names[mark], of.draws, of.invitations.figure, of.lowest, of.median, of.highest)
            for year, mark, of in found
        ],
    )


def parts_of_year(year, found, labels, names):
    """The streams of a year as parts of its bar, each with where it begins and ends, and its words."""
    start = 0
    for _year, mark, summary in (row for row in found if row[0] == year):
        end = start + summary.invitations.known
        words = {"year": labels[year], "name": names[mark], "count": str(summary.invitations)}
        yield str(year), mark, start, end, _("%(year)s, %(name)s: %(count)s") % words
        start = end


def year_labels(rows, until):
    """Years, the newest first, with the words for them: a year that is not over says to which day it is known."""
    years = sorted({row.year for row in rows}, reverse=True)
    return {year: year_label(year, until) for year in years}


def year_label(year, until):
    if year != until.year or (until.month, until.day) == (12, 31):
        return str(year)
    return _("%(year)s, to %(day)s") % {"year": year, "day": date_format(until, "MONTH_DAY_FORMAT")}


def incomplete(until):
    return _("%(year)s is counted to %(day)s.") % {
        "year": until.year,
        "day": date_format(until, "MONTH_DAY_FORMAT"),
    }


def left_out(rows):
    """A sentence on the draws that a sum lacks; nothing where it lacks none."""
    unknown = Total.of([row.invitations for row in rows]).unknown
    said = ngettext(
        "%(count)s draw whose number was not published is left out.",
        "%(count)s draws whose numbers were not published are left out.",
        unknown,
    )
    return f" {said}" % {"count": localize(unknown)} if unknown else ""


def gaps(rows, until):
    """Days between draw days, by year."""
    found = [(year, year.usual or year) for year in statistics.gaps_by_year(rows)]
    if not found:
        return None
    return chart(
        "gaps",
        _("Days between draw days, by year"),
        _(
            "The line runs from the shortest gap to the longest, the bar covers the middle half, the stroke is the "
            "median. A gap counts in the year in which it ended; two draws on one day make no gap."
        ),
        [gap_figures(year, until) for year, _usual in found],
        [str(year.year) for year, _usual in found],
        columns=columns(
            text=[_("Year")],
            numbers=[_("Gaps"), _("Shortest"), _("Lower quarter"), _("Median"), _("Upper quarter"), _("Longest")],
        ),
        rows=[gap_cells(year, until) for year, _usual in found],
    )


def gap_figures(year, until):
    low, high = (year.usual.low, year.usual.high) if year.usual else (year.middle, year.middle)
    words = {
        "year": year_label(year.year, until),
        "median": localize(year.middle),
        "shortest": year.shortest,
        "longest": year.longest,
    }
    text = _("%(year)s: median %(median)s days, shortest %(shortest)s, longest %(longest)s") % words
    return str(year.year), year.shortest, low, year.middle, high, year.longest, text


def gap_cells(year, until):
    low, high = (year.usual.low, year.usual.high) if year.usual else (None, None)
    return year_label(year.year, until), year.count, year.shortest, low, year.middle, high, year.longest


def year_so_far(rows, until):
    """Invitations since January 1 of this year against the years before."""
    totals = statistics.running_totals(rows)
    if until.year not in totals or not any(issued[-1][1].known for issued in totals.values()):
        return None
    labels = year_labels(rows, until)
    steps = [step for year in sorted(totals) for step in steps_of(year, totals[year], labels[year], until)]
    ends = {year: total[-1][1].known for year, total in totals.items()}
    names = spread(ends, gap=max(ends.values()) / 20)
    end = {year: same_year(until) if year == until.year else f"{SAME_YEAR}-12-31" for year in totals}
    return chart(
        "year_so_far",
        _("Invitations since January 1, %(year)s, compared with earlier years") % {"year": until.year},
        _("Each line adds up a year’s invitations draw by draw: %(year)s is the thick line, %(before)s the dark one.")
        % {"year": until.year, "before": until.year - 1}
        + " "
        + incomplete(until)
        + left_out(rows),
        steps,
        [(end[year], ends[year], names[year], str(year), year == until.year) for year in totals],
        [f"{SAME_YEAR}-01-01", f"{SAME_YEAR}-12-31"],
        str(until.year),
        str(until.year - 1),
        columns=columns(text=[_("Year")], numbers=month_names()),
        rows=[(labels[year], *months_of(year, totals[year], until)) for year in labels],
    )


def month_names():
    return [date_format(date(SAME_YEAR, month, 1), "SHORT_MONTH_FORMAT") for month in range(1, 13)]


def steps_of(year, totals, name, until):
    """The corners of a year's line, from zero on January 1 to its last day."""
    known = until if year == until.year else date(year, 12, 31)
    text = _("%(year)s: %(invitations)s") % {"year": name, "invitations": totals[-1][1].in_words}
    corners = [(date(year, 1, 1), Total()), *totals, (known, totals[-1][1])]
    return [(str(year), same_year(on), total.known, text) for on, total in corners]


def months_of(year, totals, until):
    """What had been issued by the end of each month; nothing for months that are not over."""
    for month in range(1, 13):
        over = (year, month) < (until.year, until.month) or until == date(year, 12, 31)
        issued = [total for on, total in totals if on.month <= month]
        yield (issued[-1] if issued else Total()).figure if over else ""


def same_year(on):
    return on.replace(year=SAME_YEAR).isoformat()


def spread(ends, gap):
    """Heights for the names of lines: at their ends, but moved down where two would touch."""
    heights, above = {}, float("inf")
    for name in sorted(ends, key=ends.get, reverse=True):
        above = heights[name] = min(ends[name], above - gap)
    return heights


def pool(snapshots, unpublished):
    """Candidates in the pool over time; lines break where a draw came without a published pool."""
    if len(snapshots) < 2:
        return None
    ranges = {_("Total"): (0, 1200), "401–450": (401, 450), "451–500": (451, 500), _("501 and above"): (501, 1200)}
    days = {snapshot.as_on for snapshot in snapshots}
    counts = [
        (name, row.as_on.isoformat(), pool_rows.count(row, *ends))
        for name, ends in ranges.items()
        for row in snapshots
    ]
    counts += [(name, on.isoformat(), None) for name in ranges for on in unpublished if on not in days]
    newest = {name: pool_rows.count(snapshots[0], *ends) for name, ends in ranges.items()}
    heights = spread(newest, gap=max(row.total for row in snapshots) / 18)
    last = snapshots[0].as_on
    return chart(
        "pool",
        _("Candidates in the pool, %(since)s to %(until)s") % {"since": day(snapshots[-1].as_on), "until": day(last)},
        _(
            "All candidates, and those in three ranges of CRS scores. A line breaks where a draw was held and no "
            "distribution of that time was published or is held here."
        ),
        sorted(counts, key=lambda count: count[1]),
        [(last.isoformat(), newest[name], heights[name], name, name == _("501 and above")) for name in ranges],
        list(ranges),
    )
