"""Cut-offs by day, each in the mark of its stream; scores above 600, or far below all others, have their own panel."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from . import labels
from .scales import Scale, ticks
from .svg import WIDE, Box, Drawing, colour, haloed, number, path, put, rows_of_grid, symbols, text
from .times import time_axis, time_scale

POINTS = 10  # least distance of two lines of the grid: a few points are no cliff
ABOVE = 600  # the points that a nomination brings
LABELLED = 200  # from more marks than this, no line can be followed
LEFT, TOP, BETWEEN, BOTTOM = 42, 26, 36, 42
TALL, SMALL = 420, 290  # the chart of one draw stands among other things
FAR, FEW = 150, 10  # points that keep a low score from the rest, and out of how many there may be one such
FAR_TALL = 44  # the panel of such scores
LATELY = 400  # days within which a stream was drawn that is named beside the plot


@dataclass(frozen=True)
class Cutoffs:
    """What is drawn: rows in the order of the table, the names of marks, and what the page is about."""

    rows: list
    since: date
    until: date
    names: dict = field(default_factory=dict)  # by mark, for those that are named beside the plot
    score: int | None = None
    here: str = ""  # the number of a draw

    @property
    def is_sparse(self):
        return len(self.rows) <= LABELLED

    @cached_property
    def edges(self):
        """The scores between one panel and the next, from the top."""
        lower = sorted(row.cutoff for row in self.rows if row.cutoff <= ABOVE)
        edges = [ABOVE] if 0 < len(lower) < len(self.rows) else []
        return [*edges, *far_below(lower)]

    @property
    def has_far(self):
        """Whether the last panel is that of a few scores far below all others."""
        return self.edges[-1:] not in ([], [ABOVE])


@dataclass(frozen=True)
class Panel:
    """A part of the plot for the scores above ``low``, with its scale and its heading."""

    box: Box
    scale: Scale
    values: list
    title: str
    low: int


def cutoffs(key, width, of):
    height = (SMALL if of.here else TALL) + (FAR_TALL + BETWEEN if of.has_far else 0)
    gutter = labels.GUTTER if of.names and width >= WIDE else 12
    box = Box(LEFT, TOP, width - gutter, height - BOTTOM)
    panels, x = panels_of(of, box), time_scale(of.since, of.until, box, inset=8)
    places = [(x(row.date), panel_of(row.cutoff, panels).scale(row.cutoff)) for row in of.rows]
    if not of.is_sparse:  # of so many marks none is missed by half a unit, and the page is lighter
        places = [(round(x), round(y)) for x, y in places]
    frames = [part for panel in panels for part in frame(panel)]
    drawn = [*frames, *time_axis(box, x, of.since, of.until), *marks(key, width, of, places, panels)]
    drawn += about_the_reader(of, panels, places)
    if gutter == labels.GUTTER:
        drawn += names_beside(of, box, places)
    return Drawing(width, height, drawn, places)


def far_below(lower):
    """The round score under which a few lie far below all others; none where they do not."""
    for place in range(len(lower) // FEW, 0, -1):
        if lower[place] - lower[place - 1] >= FAR:
            return [lower[place - 1] // 100 * 100 + 100]
    return []


def panels_of(of, box):
    """From the top: above 600, the most, and those far below; only what there is."""
    scores = [*(row.cutoff for row in of.rows), *given(of.score)]
    found = []
    for low, high, part in zip([*of.edges, -1], [None, *of.edges], boxes(of, box), strict=True):
        held = [score for score in scores if score > low and (high is None or score <= high)]
        found.append(panel(part, held, labels.range_of(low, high), low))
    return found


def boxes(of, box):
    """The parts of the plot, from the top; between two of them is room for a heading."""
    parts, bottom = [], box.bottom
    if of.has_far:
        parts, bottom = [Box(box.left, bottom - FAR_TALL, box.right, bottom)], bottom - FAR_TALL - BETWEEN
    if ABOVE not in of.edges:
        return [Box(box.left, box.top, box.right, bottom), *parts]
    split = box.top + (bottom - box.top) * 0.28
    upper, main = Box(box.left, box.top, box.right, split), Box(box.left, split + BETWEEN, box.right, bottom)
    return [upper, main, *parts]


def given(score):
    return [] if score is None else [score]


def panel(box, scores, title, low):
    values = ticks(min(scores), max(scores), max((box.bottom - box.top) // 40, 3), POINTS)
    return Panel(box, Scale(values[0], values[-1], box.bottom, box.top), values, title, low)


def panel_of(score, panels):
    return next(panel for panel in panels if score > panel.low)


def frame(panel):
    yield from rows_of_grid(panel.box, panel.scale, panel.values)
    if panel.title:
        yield text(panel.box.left, panel.box.top - 11, panel.title)


def marks(key, width, of, places, panels):
    """A faint line through the draws of each stream, and their marks; those above the reader's score stand back."""
    streams = dict.fromkeys(row.mark for row in of.rows)
    if of.is_sparse:
        for mark in streams:
            yield path(line_of(mark, of, places, panels), colour(mark), stroke_width=1.5, stroke_opacity=".4")
    yield symbols(streams, key, mark_size(width, of.is_sparse))
    for row, (x, y) in zip(of.rows, places, strict=True):
        is_out_of_reach = of.score is not None and row.cutoff > of.score
        yield put(key, row.mark, x, y, opacity=".35" if is_out_of_reach else None)


def line_of(mark, of, places, panels):
    """The places of a stream by time; its line breaks between panels."""
    before = None
    for row, place in sorted(zip(of.rows, places, strict=True), key=lambda one: (one[0].date, one[1])):
        if row.mark != mark:
            continue
        panel = panel_of(row.cutoff, panels)
        if before not in (None, panel):
            yield None
        before = panel
        yield place


def mark_size(width, is_sparse):
    return (11 if is_sparse else 7) if width < WIDE else (12 if is_sparse else 8)


def about_the_reader(of, panels, places):
    """The line of their score, and the draw that they are looking at, or else the latest of the only stream."""
    if of.score is not None:
        shown = panel_of(of.score, panels)
        yield from labels.my_score(of.score, shown.scale(of.score), shown.box)
    for row, (x, y) in zip(of.rows, places, strict=True):
        if row.number == of.here:
            yield from labels.ring(x, y, row.cutoff, 10, panels[0].box)
    if not of.here and not of.names:
        row, (x, y) = max(zip(of.rows, places, strict=True), key=lambda one: one[0].date)
        yield haloed(x, y - 11, number(row.cutoff), anchor="end")


def names_beside(of, box, places):
    """The streams drawn lately, beside their last cut-offs."""
    last = {}
    for row, place in sorted(zip(of.rows, places, strict=True), key=lambda one: one[0].date):
        if (of.until - row.date).days <= LATELY:
            last[row.mark] = place
    ends = [(*place, of.names[mark], colour(mark)) for mark, place in last.items() if mark in of.names]
    return labels.names(ends, box.right, box.top, box.bottom)
