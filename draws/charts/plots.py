"""The charts of sums, gaps and the pool, drawn from plain figures."""

from datetime import date

from django.utils.formats import localize
from django.utils.translation import gettext as _

from . import labels
from .scales import Scale, ticks
from .svg import (
    INK,
    PAPER,
    QUIET,
    STRONG,
    WIDE,
    Box,
    Drawing,
    colour,
    columns_of_grid,
    element,
    haloed,
    line,
    path,
    put,
    rows_of_grid,
    symbols,
    text,
)
from .times import SAME_YEAR, month_axis, time_axis, time_scale

ROW = 27  # pixels
YEAR_ROOM = 42
MARK_ROOM = 16  # a part of a bar that is narrower has no mark
LINES = ["", "2 4", "8 4", ""]  # dashes that tell lines apart without colour
ENDS = 300, 600  # of the scores that the histogram of the pool shows point by point


def invitations(key, width, parts, totals):
    """A bar for each year, divided by stream; parts: year, mark, start, end; totals: year and its words."""
    room = 12 + max(len(words) for words in totals.values()) * 8
    rows = {year: 14 + ROW * place for place, year in enumerate(totals)}
    box = Box(YEAR_ROOM, 4, width - room, 4 + ROW * len(totals))
    values = ticks(0, max(part[3] for part in parts), width // 120)
    scale = Scale(0, max(part[3] for part in parts), box.left, box.right)
    drawn = [*columns_of_grid(box, scale, [one for one in values if one <= scale.high])]
    drawn.append(symbols({part[1] for part in parts}, key, 11, PAPER))
    for year, mark, start, end in parts:
        drawn += part_of_bar(key, mark, scale(start), scale(end), rows[year])
    ends = {year: max((part[3] for part in parts if part[0] == year), default=0) for year in totals}
    for year, words in totals.items():
        drawn.append(text(box.left - 6, rows[year] + 8, year, "end"))
        drawn.append(text(scale(ends[year]) + 6, rows[year] + 8, words, fill=INK))
    places = [((scale(start) + scale(end)) / 2, rows[year] + 3) for year, _mark, start, end in parts]
    return Drawing(width, box.bottom + 26, drawn, places)


def part_of_bar(key, mark, start, end, y):
    wide = max(end - start, 1.0)
    yield element(
        "rect", x=start, y=float(y - 7), width=wide, height=20, fill=colour(mark), stroke=PAPER, stroke_width=1
    )
    if wide >= MARK_ROOM:
        yield put(key, mark, (start + end) / 2, y + 3)


def gaps(_key, width, found):
    """For each year the shortest to the longest gap, the middle half, and the median with its number."""
    box = Box(YEAR_ROOM, 4, width - 14, 4 + ROW * len(found))
    longest = max(row[5] for row in found)
    scale = Scale(0, longest, box.left, box.right)
    values = [value for value in ticks(0, longest, width // 100) if value <= longest]
    drawn, places = [*columns_of_grid(box, scale, values)], []
    for place, (year, shortest, low, middle, high, longest) in enumerate(found):
        y = 17 + ROW * place
        drawn += [text(box.left - 6, y + 5, year, "end"), line(scale(shortest), y, scale(longest), y, STRONG)]
        drawn += [half(scale(low), scale(high), y), median(scale(middle), y, middle)]
        places.append((scale(middle), y))
    return Drawing(width, box.bottom + 26, drawn, places)


def half(start, end, y):
    return element("rect", x=start, y=y - 5.0, width=max(end - start, 1.0), height=10, fill=STRONG)


def median(x, y, value):
    """A stroke that is seen at the edge of its bar too, and the number."""
    stroke = line(x, y - 9, x, y + 9, INK, stroke_width=3)
    return stroke + haloed(x + 5, y - 3, localize(value), font_size=13)


def year_so_far(_key, width, years, marks):
    """Invitations since January 1; years: name, its corners (day, total), and what it is; marks: day and total."""
    gutter = 52
    box = Box(54, 8, width - gutter, 340 - 30)
    values = ticks(0, max(total for _name, corners, _what in years for _day, total in corners), 5)
    y, x = Scale(0, values[-1], box.bottom, box.top), time_scale(date(SAME_YEAR, 1, 1), date(SAME_YEAR, 12, 31), box)
    drawn = [*rows_of_grid(box, y, values), *month_axis(box, x, 1 if width >= WIDE else 3)]
    ends = []
    for name, corners, what in years:
        stroke, weight = {"this": (INK, 3), "last": (INK, 1.5)}.get(what, (STRONG, 1))
        drawn.append(path(stairs([(x(day), y(total)) for day, total in corners]), stroke, stroke_width=weight))
        day, total = corners[-1]
        if what == "this":
            drawn.append(haloed(x(day) + 6, y(total) + 5, name, font_size=16))
        else:
            ends.append((x(day), y(total), name, INK if what == "last" else QUIET))
    drawn += labels.names(ends, box.right, box.top, box.bottom)
    return Drawing(width, 340, drawn, [place and (x(place[0]), y(place[1])) for place in marks])


def stairs(points):
    """From corner to corner first along, then up."""
    before = None
    for x, y in points:
        if before is not None:
            yield x, before
        yield x, y
        before = y


def pool(_key, width, days, lines):
    """Candidates by day; lines: name, counts (None breaks the line) by day, and whether it is the main one."""
    gutter = 120 if width >= WIDE else 82
    box = Box(60, 8, width - gutter, 340 - 42)
    values = ticks(0, max(count for _name, counts, _main in lines for count in counts if count is not None), 5)
    y, x = Scale(0, values[-1], box.bottom, box.top), time_scale(days[0], days[-1], box)
    drawn, ends = [*rows_of_grid(box, y, values), *time_axis(box, x, days[0], days[-1])], []
    for (name, counts, is_main), dashes in zip(lines, LINES, strict=True):
        points = [None if count is None else (x(day), y(count)) for day, count in zip(days, counts, strict=True)]
        stroke, weight = (INK, 3) if is_main else (QUIET, 2)
        drawn.append(path(points, stroke, stroke_width=weight, stroke_dasharray=dashes or None))
        ends.append((*next(point for point in reversed(points) if point), name, stroke))
    drawn += labels.names(ends, box.right, box.top, box.bottom, gutter // 9)
    total = lines[0][1]
    places = [(x(day), y(count)) for day, count in zip(days, total, strict=True) if count is not None]
    return Drawing(width, 340, drawn, places[::-1])


def histogram(_key, width, rows, score, here):
    """Candidates per ten points of score; rows: low, high, candidates (None: a subtotal)."""
    box = Box(54, 30, width - 10, 330 - 46)
    bars = [(*ends_of(low, high), 10 * count / (high - low + 1)) for low, high, count in rows if count is not None]
    values = ticks(0, max(bar[2] for bar in bars), 5)
    y, x = Scale(0, values[-1], box.bottom, box.top), Scale(ENDS[0] - 30, ENDS[1] + 30, box.left, box.right)
    drawn = [*rows_of_grid(box, y, values), text(0, 14, _("Candidates per 10 points of CRS score"))]
    for low, high, count in bars:
        is_here = score is not None and low <= inside(score) < high
        drawn.append(bar(x(low), x(high), y(count), y(0), INK if is_here else STRONG))
    drawn += score_axis(box, x, width)
    if score is not None:
        drawn += you(x(inside(score)), box, here)
    shown = iter(bars)
    places = [None if count is None else top(next(shown), x, y) for _low, _high, count in rows]
    return Drawing(width, 330, drawn, places)


def ends_of(low, high):
    """The lowest and the highest range are drawn narrow: their scores are off the scale."""
    return max(low, ENDS[0] - 30), min(high + 1, ENDS[1] + 31)


def inside(score):
    return min(max(score, ENDS[0] - 15), ENDS[1] + 15)


def top(bar, x, y):
    low, high, count = bar
    return (x(low) + x(high)) / 2, y(count)


def bar(left, right, high, low, fill):
    return element("rect", x=left + 0.5, y=high, width=right - left - 1.0, height=max(low - high, 1.0), fill=fill)


def score_axis(box, x, width):
    yield line(box.left, box.bottom, box.right, box.bottom, STRONG)
    for score in range(ENDS[0], ENDS[1] + 1, 50 if width >= WIDE else 100):
        yield line(x(score), box.bottom, x(score), box.bottom + 5, STRONG)
        yield text(x(score), box.bottom + 19, str(score), "middle")
    yield text(box.left, box.bottom + 38, _("0 to 300"))
    yield text(box.right, box.bottom + 38, _("above 600"), "end")


def you(x, box, words):
    """Where the reader stands."""
    yield line(x, box.top - 6, x, box.bottom, INK, stroke_width=1.5, stroke_dasharray="5 4")
    anchor = "end" if x > (box.left + box.right) / 2 else "start"
    yield haloed(x + (-5 if anchor == "end" else 5), box.top + 4, words, anchor=anchor)
