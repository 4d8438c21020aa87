"""Draws, lists and rules are dated by the day in Canada's capital, moments by UTC."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
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
