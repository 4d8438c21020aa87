"""What each language sets in its own way: the first of a month, the names of months cut short, and the colon."""

from django.utils.dateformat import DateFormat
from django.utils.formats import localize
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

# Django's French has jan., fév. and juil. for the date format N; these take their place through our own catalogue.
OTHER_THAN_DJANGOS = (
    pgettext_lazy("abbrev. month", "Jan."),
    pgettext_lazy("abbrev. month", "Feb."),
    pgettext_lazy("abbrev. month", "July"),
)
english_ending = DateFormat.S


def day_ending(date):
    """What the date format S adds to the day: 1st, 2nd, 3rd; in French 1er, and then nothing."""
    if get_language() != "fr":
        return english_ending(date)
    return "er" if date.data.day == 1 else ""


def teach_dates_french():
    """Django knows S in English only, and has no other place to say it for every date on pages and in the admin."""
    DateFormat.S = day_ending


def colon(label=""):
    """The label with a colon; French sets a no-break space before it."""
    return _("%(label)s:") % {"label": label}


def money(dollars):
    """Whole Canadian dollars: $15,263; in French 15 263 $."""
    return _("$%(dollars)s") % {"dollars": localize(dollars)}
