"""The newest draws of a stream in words."""

from django.utils.formats import date_format, localize
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draws.sentences import link


def last_draw(latest, today):
    """The day of the last draw; first that it is long ago where it is."""
    words = {"date": date_format(latest.last.date), "draw": link(latest.last)}
    if latest.is_in_use(today):
        return format_html(_("Last draw: {date} ({draw})."), **words)
    return format_html(_("Not drawn since {date} ({draw})."), **words)


def change(latest):
    """The change of the cut-off as a figure and what it is measured against; None where there is none to name."""
    if latest.change is None:
        return None
    sign = "+" if latest.change > 0 else "\N{MINUS SIGN}" if latest.change < 0 else "±"
    words = ngettext("point since %(date)s", "points since %(date)s", abs(latest.change))
    return f"{sign}{localize(abs(latest.change))}", words % {"date": date_format(latest.before.date)}


def gaps(latest):
    """The days between the last draws, the newest first, and what is usual; empty after a single draw."""
    if not latest.gaps:
        return ""
    if len(latest.gaps) == 1:
        sentence = ngettext(
            "The last two draws were %(days)s day apart.",
            "The last two draws were %(days)s days apart.",
            latest.gaps[0],
        )
        return sentence % {"days": localize(latest.gaps[0])}
    listed = ", ".join(localize(days) for days in latest.gaps)
    sentence = _("Days between the last %(count)s draw dates, newest first: %(days)s.")
    text = sentence % {"count": len(latest.gaps) + 1, "days": listed}
    return f"{text} {usual(latest.usual)}" if latest.usual else text


def usual(gap):
    """The median and the middle half of the gaps."""
    low, high = round(gap.low), round(gap.high)
    words = {"median": localize(gap.whole_median), "low": localize(low), "high": localize(high)}
    if low == high:
        return ngettext("Usually %(median)s day.", "Usually %(median)s days.", gap.whole_median) % words
    return _("Median %(median)s days; half of the gaps ran from %(low)s to %(high)s days.") % words
