"""What feeds, cards and corrections say of a draw: the draw in one sentence, and values in the reader's form."""

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format, localize
from django.utils.translation import get_language, gettext_lazy
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


SAID = {"no year given": gettext_lazy("no year given")}  # in place of a value


def value_text(text):
    """The value of a discrepancy or correction: dates, times and numbers as pages write them, else as it stands."""
    if text in SAID:
        return str(SAID[text])
    if text.isdecimal():
        return localize(int(text))
    try:
        moment = parse_datetime(text)
        day = parse_date(text)
    except ValueError:
        return text
    if day:
        return date_format(day)
    return f"{date_format(moment, 'DATETIME_FORMAT')} UTC" if moment else text


def value_language(text):
    """The language of a value: one in the words of its source is English, whatever the page is."""
    is_quoted = any(map(str.isalpha, text)) and text not in SAID and value_text(text) == text
    return "en" if is_quoted else get_language()
