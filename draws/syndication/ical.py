"""The draws as a calendar file (RFC 5545), line by line: a library takes three times as long for 448 events."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from draws.models import Correction
from draws.wording import draw_summary

from .atom import changed, title

OCTETS = 75  # a longer line is folded


def draws_ics(request, chosen):
    """The public draws, all or those of a filter: at their time where that is held, else as a whole day."""
    corrections = by_draw(Correction.objects.published())
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Express Entry Record//{get_language().upper()}",
        f"X-WR-CALNAME:{escaped(title(chosen))}",
    ]
    for draw in chosen.qs:
        lines += event(request, draw, corrections.get(draw.pk, []))
    content = "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def by_draw(corrections):
    held = {}
    for correction in corrections:
        held.setdefault(correction.draw_id, []).append(correction)
    return held


def event(request, draw, corrections):
    """The event of a draw; each correction raises its sequence number, so that calendars take the new text."""
    start, end = times(draw)
    summary = _("Draw %(number)s: %(name)s") % {"number": draw.number, "name": draw.name}
    return [
        "BEGIN:VEVENT",
        f"SUMMARY:{escaped(summary)}",
        f"DTSTART{start}",
        f"DTEND{end}",
        f"DTSTAMP:{draw.checked_on:%Y%m%d}T000000Z",
        f"UID:draw-{draw.number}@{request.get_host()}",
        f"SEQUENCE:{len(corrections)}",
        f"DESCRIPTION:{escaped(' '.join([draw_summary(draw), *map(changed, corrections)]))}",
        "TRANSP:TRANSPARENT",
        f"URL:{request.build_absolute_uri(draw.get_absolute_url())}",
        "END:VEVENT",
    ]


def times(draw):
    """Start and end of a draw."""
    if draw.drawn_at:
        moment = f":{draw.drawn_at:%Y%m%dT%H%M%SZ}"
        return moment, moment
    return f";VALUE=DATE:{draw.date:%Y%m%d}", f";VALUE=DATE:{draw.date + timedelta(days=1):%Y%m%d}"


def escaped(text):
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line):
    """The line in parts of at most 75 octets, no letter cut in two; each part but the first begins with a space."""
    rest, parts = line.encode(), []
    while len(rest) > OCTETS:
        end = OCTETS
        while rest[end] & 0xC0 == 0x80:  # inside a letter of several octets
            end -= 1
        parts.append(rest[:end])
        rest = b" " + rest[end:]
    return b"\r\n".join([*parts, rest]).decode()
