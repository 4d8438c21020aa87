"""The charts in Vega-Lite, drawn from plain figures."""

from editing.pages.marks import MARKS

# The light colours of variables.css.
INK, QUIET, LINE, STRONG, ACCENT, PAPER = "#171c19", "#56605a", "#dadfd7", "#858e88", "#0b5d4b", "#fcfcf9"

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
    return finished(size(width), vconcat=panels, spacing=18)


def panel(width, points, days, marks, title, height, axis, labelled):
    return {
        "data": values(points, "day", "mark", "cutoff", "label"),
        "title": title,
        "width": width - 60,
        "height": height,
        "mark": glyph(size=mark_size(width, labelled), aria=labelled),
        "encoding": {
            "x": temporal("day", scale={"type": "utc", "domain": days}, axis=time_axis(days, axis)),
            "y": quantity("cutoff", scale={"zero": False}, axis=number_axis(height // 50)),
            "color": styled("mark", marks, light_colours(marks)),
            "shape": styled("mark", marks, unit_paths(marks)),
            **({"description": nominal("label")} if labelled else {}),
        },
    }


def mark_size(width, few):
    """The area of a mark: as large as its neighbours leave room for."""
    return (48 if few else 32) if width < NARROW else (90 if few else 56)


def invitations(width, parts, years):
    """A bar for each year, parted by stream; a part that is wide enough shows its stream's mark."""
    marks = sorted({part[1] for part in parts})
    room = (width - 60) / max(part[3] for part in parts)
    wide = [part for part in parts if (part[3] - part[2]) * room >= 16]
    y = by_year(years, scale={"paddingInner": 0.2, "paddingOuter": 0.1})
    fields = ("year", "mark", "start", "end", "label")
    bars = {
        "data": values(parts, *fields),
        "mark": {"type": "bar", "stroke": PAPER, "strokeWidth": 1},
        "encoding": {
            "x": quantity("start", axis=number_axis(width // 120)),
            "x2": {"field": "end"},
            "y": y,
            "color": styled("mark", marks, light_colours(marks)),
            "description": nominal("label"),
        },
    }
    glyphs = {
        "data": values(wide, *fields),
        "transform": [{"calculate": "(datum.start + datum.end) / 2", "as": "middle"}],
        "mark": glyph(size=90, color=PAPER, aria=False),
        "encoding": {"x": quantity("middle"), "y": y, "shape": styled("mark", marks, unit_paths(marks))},
    }
    return finished(size(width), layer=[bars, glyphs], width=width - 60, height={"step": 26})


def gaps(width, found, years):
    """For each year the shortest to the longest gap, the middle half, and the median."""
    y = by_year(years)
    line = {
        "mark": {"type": "rule", "color": STRONG, "strokeWidth": 2, "aria": False},
        "encoding": {
            "x": quantity("shortest", axis=number_axis(width // 100)),
            "x2": {"field": "longest"},
            "y": y,
        },
    }
    half = {
        "mark": {"type": "bar", "color": ACCENT, "size": 11},
        "encoding": {"x": quantity("low"), "x2": {"field": "high"}, "y": y, "description": nominal("label")},
    }
    middle = {  # a median on the edge of its bar, or on a bar of no width, must be seen too
        "mark": {"type": "tick", "color": INK, "thickness": 3, "size": 20, "aria": False},
        "encoding": {"x": quantity("median"), "y": y},
    }
    data = values(found, "year", "shortest", "low", "median", "high", "longest", "label")
    return finished(size(width), data=data, layer=[line, half, middle], width=width - 60, height={"step": 24})


def year_so_far(width, steps, ends, days, this_year, last_year):
    """Invitations since January 1: this year thick, last year thin, earlier years faint, each with its number."""
    years = sorted({step[0] for step in steps})
    styles = {this_year: (ACCENT, 3.5), last_year: (INK, 1.5)}
    colours, widths = zip(*(styles.get(year, (STRONG, 1)) for year in years), strict=True)
    lines = {
        "data": values(steps, "year", "day", "total", "label"),
        "mark": {"type": "line", "interpolate": "step-after"},
        "encoding": {
            "x": temporal("day", scale={"type": "utc", "domain": days}, axis=month_axis(width)),
            "y": quantity("total", axis=number_axis(5)),
            "color": styled("year", years, colours),
            "strokeWidth": styled("year", years, widths, type="ordinal"),
            "description": nominal("label"),
        },
    }
    return finished(size(width), layer=[lines, *names(ends, size(width))], width=width - 100, height=300)


def pool(width, counts, ends, ranges):
    """Candidates by day, a line for each range in the style of its place; a count that is None breaks its line."""
    colours, dashes = zip(*RANGE_STYLES, strict=True)
    lines = {
        "data": values(counts, "range", "day", "count"),
        "mark": {"type": "line", "strokeWidth": 2, "strokeCap": "round"},
        "encoding": {
            "x": temporal("day", scale={"type": "utc"}, axis=time_axis(None, True)),
            "y": quantity("count", axis=number_axis(5)),
            "color": styled("range", ranges, colours),
            "strokeDash": styled("range", ranges, dashes),
            "description": nominal("range"),
        },
    }
    return finished(size(width), layer=[lines, *names(ends, size(width))], width=width - 170, height=300)


def names(ends, font):
    """What the lines are called, at their right ends: day, count, height, name, and whether it is the main one."""
    style = {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "aria": False, "fontSize": font}
    base = {
        "data": values(ends, "day", "count", "height", "name", "main"),
        "encoding": {"x": temporal("day"), "y": quantity("height"), "text": nominal("name")},
    }
    faint = {"transform": [{"filter": "!datum.main"}], "mark": style | {"color": QUIET}}
    main = {"transform": [{"filter": "datum.main"}], "mark": style | {"color": ACCENT, "fontWeight": "bold"}}
    return base | faint, base | main


def values(rows, *fields):
    return {"values": [dict(zip(fields, row, strict=True)) for row in rows]}


def glyph(**style):
    return {"type": "point", "filled": True, "opacity": 1, **style}


def temporal(field, **given):
    return {"field": field, "type": "temporal", "title": None, **given}


def quantity(field, **given):
    return {"field": field, "type": "quantitative", "title": None, **given}


def nominal(field):
    return {"field": field, "type": "nominal"}


def by_year(years, **given):
    axis = {"aria": False, "domain": False, "ticks": False, "labelPadding": 6}
    return {"field": "year", "type": "ordinal", "title": None, "sort": years, "axis": axis, **given}


def styled(field, domain, styles, **scale):
    """One style for each value of a field."""
    return {**nominal(field), "legend": None, "scale": {"domain": domain, "range": styles, **scale}}


def light_colours(marks):
    return [MARKS[mark].light for mark in marks]


def unit_paths(marks):
    return [MARKS[mark].unit_path for mark in marks]


def size(width):
    return 12 if width < NARROW else 13


def number_axis(ticks):
    return {"aria": False, "tickCount": max(ticks, 2), "format": ",d", "domain": False, "ticks": False}


def month_axis(width):
    months = {"interval": "month", "step": 3 if width < NARROW else 1}
    return {"aria": False, "format": "%b", "grid": False, "tickCount": months, "labelAlign": "left"}


def time_axis(days, shown):
    """Years over a long time; quarters, with the year at its start, over a short one."""
    style = {"aria": False, "labels": shown, "ticks": shown, "domain": shown}
    if days is None or int(days[1][:4]) - int(days[0][:4]) > 4:
        return style | {"format": "%Y", "tickCount": {"interval": "year", "step": 1}}
    return style | {"labelExpr": MONTHS_AND_YEARS, "tickCount": {"interval": "month", "step": 3}}


def finished(font, **chart):
    """A chart in the style of all of them."""
    axis = {"gridColor": LINE, "domainColor": STRONG, "tickColor": STRONG}
    title = {"anchor": "start", "frame": "group", "fontWeight": "normal", "color": QUIET, "offset": 8}
    config = {
        "background": "transparent",
        "font": "Liberation Sans",
        "view": {"stroke": None},
        "axis": axis | {"labelColor": QUIET, "labelFontSize": font, "labelPadding": 5},
        "title": title | {"fontSize": font},
    }
    return {**chart, "padding": 4, "config": config}
