"""Axes of days and months, in the words of the page."""

from datetime import date
from itertools import pairwise

from django.utils.formats import date_format

from .scales import LONG, Scale, time_ticks
from .svg import STRONG, line, text

TICK_ROOM = 42  # pixels
SAME_YEAR = 2024  # a leap year: every day of any year is in it


def time_scale(since, until, box, inset=0):
    """A scale of days; ``inset`` keeps marks off the edges."""
    scale = Scale(since.toordinal(), until.toordinal(), box.left + inset, box.right - inset)
    return lambda day: scale(day.toordinal())


def time_axis(box, scale, since, until):
    """Years over a long time; over a short one quarters, with the year below the first of each."""
    yield line(box.left, box.bottom, box.right, box.bottom, STRONG)
    days = time_ticks(since, until, (box.right - box.left) / TICK_ROOM)
    is_long = (until - since).days > LONG
    for before, day in pairwise([None, *days]):
        x = scale(day)
        yield line(x, box.bottom, x, box.bottom + 5, STRONG)
        yield text(x, box.bottom + 19, str(day.year) if is_long else month_name(day), "middle")
        if not is_long and (before is None or before.year != day.year):
            yield text(x, box.bottom + 36, str(day.year), "middle")


def month_axis(box, scale, every):
    """The months of a year, each name where its month begins."""
    yield line(box.left, box.bottom, box.right, box.bottom, STRONG)
    for month in range(1, 13, every):
        day = date(SAME_YEAR, month, 1)
        x = scale(day)
        yield line(x, box.bottom, x, box.bottom + 5, STRONG)
        yield text(x + 2, box.bottom + 19, month_name(day))


def month_name(day):
    return date_format(day, "SHORT_MONTH_FORMAT")
