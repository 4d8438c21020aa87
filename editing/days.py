"""Draws, lists and rules are dated by the day in Canada's capital, moments by UTC."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

OTTAWA = ZoneInfo("America/Toronto")


def canadian_day(moment: datetime | None = None) -> date:
    """The day in Ottawa at ``moment`` (now unless given)."""
    return timezone.localdate(moment, OTTAWA)
