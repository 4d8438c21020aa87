"""The draws as a calendar file."""

from datetime import datetime, time, timedelta, timezone

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from draws.models import Correction, Draw
from draws.wording import draw_summary

from .atom import changed


def draws_ics(request):
    """Every public draw: at its time where that is held, else as a whole day."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Express Entry Record//{get_language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Express Entry draws"))
    corrections = by_draw(Correction.objects.published())
    for draw in Draw.objects.published():
        calendar.add_component(event(request, draw, corrections.get(draw.pk, [])))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def by_draw(corrections):
    held = {}
    for correction in corrections:
        held.setdefault(correction.draw_id, []).append(correction)
    return held


def event(request, draw, corrections):
    """The event of a draw; each correction raises its sequence number, so that calendars take the new text."""
    entry = Event()
    entry.add("uid", f"draw-{draw.number}@{request.get_host()}")
    entry.add("dtstamp", datetime.combine(draw.checked_on, time(), timezone.utc))
    entry.add("sequence", len(corrections))
    entry.add("dtstart", draw.drawn_at or draw.date)
    entry.add("dtend", draw.drawn_at or draw.date + timedelta(days=1))
    entry.add("summary", _("Draw %(number)s: %(name)s") % {"number": draw.number, "name": draw.name})
    entry.add("description", " ".join([draw_summary(draw), *map(changed, corrections)]))
    entry.add("url", request.build_absolute_uri(draw.get_absolute_url()))
    entry.add("transp", "TRANSPARENT")
    return entry
