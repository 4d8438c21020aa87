"""The charts in Vega-Lite, drawn from plain figures. Altair is slow to load: import this only where one is drawn."""

import altair as alt

from editing.pages.marks import MARKS

from .svg import ACCENT, INK, LINE, PAPER, QUIET, STRONG

NARROW = 500  # below this width labels and marks come closer together
RANGE_STYLES = [(INK, []), (QUIET, [2, 3]), (INK, [7, 3]), (ACCENT, [])]  # told apart without colour as well
MONTHS_AND_YEARS = "[utcFormat(datum.value, '%b'), utcmonth(datum.value) == 0 ? utcFormat(datum.value, '%Y') : '']"


def cutoffs(width, points, days, above, below, labelled):
    """Cut-offs by day, each in its stream's mark, in two panels so that scores above 600 do not squash the others."""
    marks = sorted({mark for _, mark, _, _ in points})
    upper = [point for point in points if point[2] > 600]
    lower = [point for point in points if point[2] <= 600]
    panels = [panel(width, upper, days, marks, above, 110, not lower, labelled)] if upper else []
    panels += [panel(width, lower, days, marks, below, 280, True, labelled)] if lower else []
    return finish(alt.vconcat(*panels, spacing=18), width)


def panel(width, points, days, marks, title, height, axis, labelled):
    return (
        alt.Chart(
            values(points, "day", "mark", "cutoff", "label"),
            title=title,
            width=width - 60,
            height=height,
        )
        .mark_point(filled=True, opacity=1, size=mark_size(width, labelled), aria=labelled)
        .encode(
            x=alt.X("day:T", title=None, scale=alt.Scale(type="utc", domain=days), axis=time_axis(days, axis)),
            y=alt.Y("cutoff:Q", title=None, scale=alt.Scale(zero=False), axis=number_axis(height // 50)),
            color=alt.Color("mark:N", legend=None, scale=of_marks(marks, "light")),
            shape=alt.Shape("mark:N", legend=None, scale=of_marks(marks, "unit_path")),
            **({"description": "label:N"} if labelled else {}),
        )
    )


def mark_size(width, few):
    """The area of a mark: as large as its neighbours leave room for."""
    return (48 if few else 32) if width < NARROW else (90 if few else 56)


def invitations(width, parts, years):
    """A bar for each year, parted by stream; a part that is wide enough shows its stream's mark."""
    marks = sorted({part[1] for part in parts})
    room = (width - 60) / max(part[3] for part in parts)
    wide = [part for part in parts if (part[3] - part[2]) * room >= 16]
    y = alt.Y("year:O", title=None, sort=years, scale=alt.Scale(paddingInner=0.2, paddingOuter=0.1), axis=year_axis())
    fields = ("year", "mark", "start", "end", "label")
    bars = (
        alt.Chart(values(parts, *fields))
        .mark_bar(stroke=PAPER, strokeWidth=1)
        .encode(
            x=alt.X("start:Q", title=None, axis=number_axis(width // 120)),
            x2="end:Q",
            y=y,
            color=alt.Color("mark:N", legend=None, scale=of_marks(marks, "light")),
            description="label:N",
        )
    )
    glyphs = (
        alt.Chart(values(wide, *fields))
        .transform_calculate(middle="(datum.start + datum.end) / 2")
        .mark_point(filled=True, opacity=1, size=90, color=PAPER, aria=False)
        .encode(x="middle:Q", y=y, shape=alt.Shape("mark:N", legend=None, scale=of_marks(marks, "unit_path")))
    )
    return finish(alt.layer(bars, glyphs, width=width - 60, height=alt.Step(26)), width)


def gaps(width, found, years):
    """For each year the shortest to the longest gap, the middle half, and the median."""
    data = values(found, "year", "shortest", "low", "median", "high", "longest", "label")
    y = alt.Y("year:O", title=None, sort=years, axis=year_axis())
    base = alt.Chart(data).encode(y=y)
    line = base.mark_rule(color=STRONG, strokeWidth=2, aria=False).encode(
        x=alt.X("shortest:Q", title=None, axis=number_axis(width // 100)), x2="longest:Q"
    )
    half = base.mark_bar(color=ACCENT, size=11).encode(x="low:Q", x2="high:Q", description="label:N")
    # a median on the edge of its bar, or on a bar of no width, must be seen too
    middle = base.mark_tick(color=INK, thickness=3, size=20, aria=False).encode(x="median:Q")
    return finish(alt.layer(line, half, middle, width=width - 60, height=alt.Step(24)), width)


def year_so_far(width, steps, ends, days, this_year, last_year):
    """Invitations since January 1: this year thick, last year thin, earlier years faint, each with its number."""
    years = sorted({step[0] for step in steps})
    styles = {this_year: (ACCENT, 3.5), last_year: (INK, 1.5)}
    colours, widths = zip(*(styles.get(year, (STRONG, 1)) for year in years), strict=True)
    thickness = alt.Scale(type="ordinal", domain=years, range=widths)
    lines = (
        alt.Chart(values(steps, "year", "day", "total", "label"))
        .mark_line(interpolate="step-after")
        .encode(
            x=alt.X("day:T", title=None, scale=alt.Scale(type="utc", domain=days), axis=month_axis(width)),
            y=alt.Y("total:Q", title=None, axis=number_axis(5)),
            color=alt.Color("year:N", legend=None, scale=alt.Scale(domain=years, range=colours)),
            strokeWidth=alt.StrokeWidth("year:N", legend=None, scale=thickness),
            description="label:N",
        )
    )
    return finish(alt.layer(lines, *names(ends, size(width)), width=width - 100, height=300), width)


def pool(width, counts, ends, ranges):
    """Candidates by day, a line for each range in the style of its place; a count that is None breaks its line."""
    colours, dashes = zip(*RANGE_STYLES, strict=True)
    lines = (
        alt.Chart(values(counts, "range", "day", "count"))
        .mark_line(strokeWidth=2, strokeCap="round")
        .encode(
            x=alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=time_axis(None, True)),
            y=alt.Y("count:Q", title=None, axis=number_axis(5)),
            color=alt.Color("range:N", legend=None, scale=alt.Scale(domain=ranges, range=colours)),
            strokeDash=alt.StrokeDash("range:N", legend=None, scale=alt.Scale(domain=ranges, range=dashes)),
            description="range:N",
        )
    )
    return finish(alt.layer(lines, *names(ends, size(width)), width=width - 170, height=300), width)


def names(ends, font):
    """What the lines are called, at their right ends: day, count, height, name, and whether it is the main one."""
    base = alt.Chart(values(ends, "day", "count", "height", "name", "main")).encode(
        x=alt.X("day:T"), y=alt.Y("height:Q"), text="name:N"
    )
    style = {"align": "left", "baseline": "middle", "dx": 6, "aria": False, "fontSize": font}
    faint = base.transform_filter("!datum.main").mark_text(color=QUIET, **style)
    return faint, base.transform_filter("datum.main").mark_text(color=ACCENT, fontWeight="bold", **style)


def values(rows, *fields):
    return alt.Data(values=[dict(zip(fields, row, strict=True)) for row in rows])


def of_marks(marks, part):
    return alt.Scale(domain=marks, range=[getattr(MARKS[mark], part) for mark in marks])


def size(width):
    return 12 if width < NARROW else 13


def number_axis(ticks):
    return alt.Axis(title=None, aria=False, tickCount=max(ticks, 2), format=",d", domain=False, ticks=False)


def year_axis():
    return alt.Axis(title=None, aria=False, domain=False, ticks=False, labelPadding=6)


def month_axis(width):
    months = {"interval": "month", "step": 3 if width < NARROW else 1}
    return alt.Axis(title=None, aria=False, format="%b", grid=False, tickCount=months, labelAlign="left")


def time_axis(days, shown):
    """Years over a long time; quarters, with the year at its start, over a short one."""
    style = {"title": None, "aria": False, "labels": shown, "ticks": shown, "domain": shown}
    if days is None or int(days[1][:4]) - int(days[0][:4]) > 4:
        return alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, **style)
    return alt.Axis(labelExpr=MONTHS_AND_YEARS, tickCount={"interval": "month", "step": 3}, **style)


def finish(chart, width):
    font = size(width)
    return (
        chart.properties(padding=4)
        .configure(background="transparent", font="Liberation Sans")
        .configure_view(stroke=None)
        .configure_axis(
            gridColor=LINE, domainColor=STRONG, tickColor=STRONG, labelColor=QUIET, labelFontSize=font, labelPadding=5
        )
        .configure_title(anchor="start", frame="group", fontSize=font, fontWeight="normal", color=QUIET, offset=8)
    )
