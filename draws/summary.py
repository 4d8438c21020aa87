"""A draw in one plain sentence, for feeds, calendars, link previews and badges."""

from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from .invitations import Total


def draw_summary(draw):
    """What happened, on which day; what is absent is said to be not published."""
    return _("%(date)s: %(invited)s, %(cutoff)s.") % {
        "date": date_format(draw.date),
        "invited": invited(draw),
        "cutoff": cutoff(draw),
    }


def invited(draw):
    return Total.of([draw.invitations]).in_words


def cutoff(draw):
    if draw.cutoff is None:
        return _("cut-off not published")
    return _("lowest-ranked candidate invited at %(score)s points") % {"score": localize(draw.cutoff)}
