"""Draws, lists and rules are dated by the day in Canada's capital, moments by UTC."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

OTTAWA = ZoneInfo("America/Toronto")
_tried: ContextVar[date | None] = ContextVar("tried", default=None)


def canadian_day(moment: datetime | None = None) -> date:
    """The day in Ottawa at ``moment`` (now unless given)."""
    if moment is None and (day := _tried.get()):
        return day
    return timezone.localdate(moment, OTTAWA)


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """Pages show within what they will show on ``day``: a change is tried before its first day."""
    token = _tried.set(day)
    try:
        yield
    finally:
        _tried.reset(token)


def runs_of_days(days: Iterable[date], least: int = 3) -> list[tuple[date, date, int]]:
    """The first and last day, and the length, of each run of ``least`` or more days in a row, the days sorted."""
    found: list[list[date]] = []
    for day in days:
        if found and day - found[-1][-1] == timedelta(days=1):
            found[-1].append(day)
        else:
            found.append([day])
    return [(run[0], run[-1], len(run)) for run in found if len(run) >= least]
