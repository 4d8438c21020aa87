"""The charts of sums, gaps and the pool: their figures as a table and in words, drawn wide and narrow."""

from calendar import monthrange
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draws.invitations import Total
from draws.models import Draw, Kind
from draws.pool import ranges as pool_rows
from editing.pages.tables import day

from . import plots, statistics
from .chart import chart, columns
from .choice import choice_of
from .cutoffs import switches
from .times import SAME_YEAR, month_name


def invitations(rows, until, form=None):
    """Invitations by year, divided by kind and category; the table has the cut-offs as well."""
    choice, years = choice_of(form), sorted({row.year for row in rows}, reverse=True)
    shown = choice.of(rows)
    found = statistics.by_year_and_stream(shown)
    parts = [part for year in years for part in parts_of_year(year, found)]
    if not any(end for *_part, end in parts):
        return None
    return chart(
        "invitations",
        _("Invitations issued by year, to %(until)s") % {"until": day(until)},
        " ".join([_("A bar for each year, divided by type and category."), incomplete(until), *left_out(shown)]),
        plots.invitations,
        parts,
        {str(year): str(Total.of([row.invitations for row in shown if row.year == year])) for year in years},
        form=form,
        query=choice.query(),
        switches=switches(rows, form, choice),
        **table_of_invitations(found, rows, until),
    )


def parts_of_year(year, found):
    """The streams of a year as parts of its bar, each with where it begins and ends."""
    start = 0
    for _year, mark, summary in (row for row in found if row[0] == year):
        end = start + summary.invitations.known
        yield str(year), mark, start, end
        start = end


def table_of_invitations(found, rows, until):
    labels, names = year_labels(rows, until), statistics.streams(rows)
    of_mark = {row.mark: row for row in rows}
    numbers = [_("Draws"), _("Invitations issued"), _("Lowest cut-off"), _("Median"), _("Highest")]
    return {
        "columns": columns([_("Year"), _("Round type")], numbers),
        "rows": [
            (labels[year], names[mark], of.draws, of.invitations.figure, of.lowest, of.median, of.highest)
            for year, mark, of in found
        ],
        "links": [draws_of(year, of_mark[mark]) for year, mark, _of in found],
    }


def draws_of(year, row=None):
    """The list of the draws of a year, or of those of one stream in it."""
    narrowed = {Kind.PROGRAM: "program", Kind.CATEGORY: "category"}
    of_stream = {narrowed[row.kind]: row.stream} if row and row.kind in narrowed else {}
    return reverse("draws:list", query={"year": year, **({"kind": row.kind} if row else {}), **of_stream})


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
    """A sentence on the draws that a sum lacks; none where it lacks none."""
    unknown = Total.of([row.invitations for row in rows]).unknown
    said = ngettext(
        "%(count)s draw whose number was not published is left out.",
        "%(count)s draws whose numbers were not published are left out.",
        unknown,
    )
    return [said % {"count": localize(unknown)}] if unknown else []


def gaps(rows, until):
    """Days between draw dates, by year."""
    found = statistics.gaps_by_year(rows)
    if not found:
        return None
    return chart(
        "gaps",
        _("Days between draw dates, by year"),
        _(
            "The line runs from the shortest gap to the longest, the bar covers the middle half, the stroke marks "
            "the median. A gap counts in the year in which it ended; two draws on the same date make no gap."
        ),
        plots.gaps,
        [gap_figures(year) for year in found],
        columns=columns(
            text=[_("Year")],
            numbers=[_("Gaps"), _("Shortest"), _("Lower quarter"), _("Median"), _("Upper quarter"), _("Longest")],
        ),
        rows=[gap_cells(year, until) for year in found],
        links=[draws_of(year.year) for year in found],
    )


def gap_figures(year):
    low, high = (year.usual.low, year.usual.high) if year.usual else (year.middle, year.middle)
    return str(year.year), year.shortest, low, year.middle, high, year.longest


def gap_cells(year, until):
    low, high = (year.usual.low, year.usual.high) if year.usual else (None, None)
    return year_label(year.year, until), year.count, year.shortest, low, year.middle, high, year.longest


def year_so_far(rows, until):
    """Invitations since January 1 of this year against the years before."""
    totals = statistics.running_totals(rows)
    if until.year not in totals or not any(issued[-1][1].known for issued in totals.values()):
        return None
    labels = year_labels(rows, until)
    thick = _(
        "Each line adds up a year’s invitations draw by draw: %(year)s is the thickest line, "
        "%(before)s the next thickest."
    )
    return chart(
        "year",
        _("Invitations since January 1, %(year)s, compared with earlier years") % {"year": until.year},
        " ".join([thick % {"year": until.year, "before": until.year - 1}, incomplete(until), *left_out(rows)]),
        plots.year_so_far,
        [line_of_year(year, totals[year], until) for year in sorted(totals)],
        [place for year in labels for place in places_of_year(year, totals[year], until)],
        by_cell=True,
        columns=columns(text=[_("Year")], numbers=[month_name(date(SAME_YEAR, month, 1)) for month in range(1, 13)]),
        rows=[(labels[year], *months_of(year, totals[year], until)) for year in labels],
        links=[draws_of(year) for year in labels],
    )


def line_of_year(year, totals, until):
    """A year's name, the corners of its line from zero on January 1 to its last day, and which year it is."""
    known = until if year == until.year else date(year, 12, 31)
    corners = [(date(year, 1, 1), Total()), *totals, (known, totals[-1][1])]
    what = {until.year: "this", until.year - 1: "last"}.get(year, "")
    return str(year), [(on.replace(year=SAME_YEAR), total.known) for on, total in corners], what


def months_of(year, totals, until):
    """What had been issued by the end of each month; nothing for months that are not over."""
    return [total.figure if total else "" for _on, total in ends_of_months(year, totals, until)]


def places_of_year(year, totals, until):
    return [(on, total.known) if total else None for on, total in ends_of_months(year, totals, until)]


def ends_of_months(year, totals, until):
    """The last day of each month, in the year that all lines share, and what had been issued by then."""
    for month in range(1, 13):
        over = (year, month) < (until.year, until.month) or until == date(year, 12, 31)
        issued = [total for on, total in totals if on.month <= month]
        last = date(SAME_YEAR, month, monthrange(SAME_YEAR, month)[1])
        yield last, (issued[-1] if issued else Total()) if over else None


def pool_history(snapshots):
    return pool(snapshots, days_without(snapshots)) if snapshots else None


def days_without(snapshots):
    """Draw days since the first snapshot for which no distribution is held."""
    draws = Draw.objects.published().exclude(pool_missing="").filter(date__gt=snapshots[-1].as_on)
    return list(draws.values_list("date", flat=True))


def pool(snapshots, unpublished):
    """Candidates in the pool over time; lines break where a draw came without a published pool."""
    if len(snapshots) < 2:
        return None
    lines = {_("Total"): (0, 1200), "401–450": (401, 450), "451–500": (451, 500), _("501 and above"): (501, 1200)}
    of_day = {snapshot.as_on: snapshot for snapshot in snapshots}
    days = sorted({*of_day, *unpublished})
    title = _("Candidates in the pool, %(since)s to %(until)s")
    return chart(
        "pool",
        title % {"since": day(snapshots[-1].as_on), "until": day(snapshots[0].as_on)},
        _(
            "All candidates, and those in three ranges of CRS scores. A line breaks where a draw was held and no "
            "distribution of that time was published or is recorded here."
        ),
        plots.pool,
        days,
        [(name, [counted(of_day.get(on), *ends) for on in days], ends[0] > 500) for name, ends in lines.items()],
        in_time=True,
        by_column=True,
        table="history",
        columns=columns(text=[_("As of")], numbers=list(lines)),
        rows=[(day(row.as_on), *(pool_rows.count(row, *ends) for ends in lines.values())) for row in snapshots],
        links=[row.get_absolute_url() for row in snapshots],
    )


def counted(snapshot, low, high):
    return pool_rows.count(snapshot, low, high) if snapshot else None


def distribution(snapshot, form=None):
    """The pool of a day by score, with the reader's place in it."""
    rows, score = list(pool_rows.rows(snapshot)), form.score if form else None
    return chart(
        f"pool-{snapshot.as_on}",
        _("Candidates by CRS score, %(date)s") % {"date": day(snapshot.as_on)},
        _("The area of a bar shows the candidates in its range. Positions within a range are not published."),
        plots.histogram,
        [(row.low, row.high, None if row.is_subtotal else row.count) for row in rows],
        score,
        _("You: %(score)s") % {"score": score},
        form=form,
        query=choice_of(form).query(),
        in_time=True,
        by_column=True,
        table="distribution",
        columns=columns(text=[_("CRS score range")], numbers=[_("Candidates"), _("Above this range")]),
        rows=[(row.label, row.count, row.above) for row in rows],
    )
