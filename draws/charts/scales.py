"""From figures to places on a drawing: scales, their ticks, and labels that do not touch."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from math import ceil, floor, log10

LONG = 4 * 366  # days from which years are enough


@dataclass(frozen=True)
class Scale:
    """Puts ``low`` at ``start`` and ``high`` at ``end``, and what is between in proportion."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / ((self.high - self.low) or 1) * (self.end - self.start)


def round_step(span: float, count: int, least: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 …, and not under ``least``, by which ``count`` steps reach over the span."""
    rough = max(span / count, least)
    power = 10 ** floor(log10(rough))
    return next(power * size for size in (1, 2, 5, 10) if power * size >= rough)


def ticks(low: float, high: float, count: int, least: int = 1) -> list[int]:
    """Round numbers around ``low`` and ``high``, about ``count`` of them, and at least ``least`` apart."""
    size = round_step(high - low, count, least)
    first, last = floor(low / size), ceil(high / size)
    return [size * place for place in range(first, max(last, first + 1) + 1)]


def time_ticks(since: date, until: date, room: float) -> list[date]:
    """First days of quarters, over a long time of years, no more than there is room for."""
    days = [*first_days(since, until)]
    if (until - since).days > LONG:
        days = [day for day in days if day.month == 1]
    every = ceil(len(days) / max(floor(room), 1)) or 1
    return days[(len(days) - 1) % every :: every]


def first_days(since: date, until: date) -> Iterator[date]:
    """The first day of each quarter from one day to another."""
    for year in range(since.year, until.year + 1):
        for month in (1, 4, 7, 10):
            if since <= date(year, month, 1) <= until:
                yield date(year, month, 1)


def spread(wanted: list[float], sizes: list[float], low: float, high: float) -> list[float]:
    """Middles for labels of these sizes, in this order: none touches another, each is close to its wish."""
    offsets = [0.0, *accumulate((before + after) / 2 for before, after in pairwise(sizes))]
    blocks: list[tuple[float, int]] = []
    for value, offset in zip(wanted, offsets, strict=True):
        blocks.append((value - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (before, many), (after, more) = blocks[-2:]
            blocks[-2:] = [((before * many + after * more) / (many + more), many + more)]
    starts = [min(max(start, low), high - offsets[-1]) for start, count in blocks for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
