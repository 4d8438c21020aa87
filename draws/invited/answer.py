"""The deciding reasons of a verdict, in words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

OUTCOMES = {
    "invited": gettext_lazy("invited"),
    "unchecked": gettext_lazy("score enough"),
    "not_invited": gettext_lazy("not invited"),
    "unknown": gettext_lazy("unknown"),
}
REASONS = {
    "score_above": gettext_lazy("score above the cut-off"),
    "score_below": gettext_lazy("score below the cut-off"),
    "tie_break_before": gettext_lazy("at the cut-off, submitted before the tie-break of %(tie_break)s UTC"),
    "tie_break_after": gettext_lazy("at the cut-off, not submitted before the tie-break of %(tie_break)s UTC"),
    "tie_break_not_published": gettext_lazy("at the cut-off, and no tie-break was published"),
    "submitted_not_given": gettext_lazy(
        "at the cut-off: it depends on whether the profile was submitted before %(tie_break)s UTC"
    ),
    "cutoff_not_published": gettext_lazy("no cut-off was published"),
    "submitted_after_draw": gettext_lazy("the profile was submitted after the draw"),
    "draw_time_not_known": gettext_lazy("submitted on the day of the draw, whose time is not recorded here"),
    "profile_expired": gettext_lazy(
        "the profile was more than 12 months old, and profiles last 12 months: it counts only if you made a new one"
    ),
    "not_in_program": gettext_lazy("the draw did not cover these programs"),
    "not_in_category": gettext_lazy("outside the category, under the rule in force that day"),
}
BY_TIE_BREAK = {"tie_break_before", "tie_break_after", "submitted_not_given"}
SHORT = {
    "score_above": "",
    "score_below": "",
    "not_in_program": gettext_lazy("program not covered"),
    "not_in_category": gettext_lazy("not in the category"),
}
UNCHECKED = {
    "program": gettext_lazy("program"),
    "noc": gettext_lazy("occupation"),
    "french": gettext_lazy("French level"),
    "canadian_experience": gettext_lazy("experience in Canada"),
    "military": gettext_lazy("military service and offer"),
}


def because(verdict, tie_break):
    """The reason in words, and what could not be checked."""
    reason = str(REASONS[verdict.reason])
    if verdict.reason in BY_TIE_BREAK:
        reason %= {"tie_break": date_format(tie_break, "DATETIME_FORMAT")}
    if not verdict.unchecked:
        return reason
    return _("%(reason)s; not checked: %(parts)s") % {
        "reason": reason,
        "parts": unchecked_in_words(verdict.unchecked),
    }


def in_short(verdict):
    """The reason as a phone says it in place of the outcome, empty where the outcome is enough; None: only in full."""
    if verdict.unchecked and verdict.reason == "score_above":
        return unchecked_in_short(verdict.unchecked)
    return None if verdict.unchecked else SHORT.get(verdict.reason)


def unchecked_in_short(names):
    if len(names) == 1:
        return _("not checked: %(part)s") % {"part": UNCHECKED[names[0]]}
    return _("%(count)s conditions not checked") % {"count": len(names)}


def unchecked_in_words(names):
    """What the reader did not say, in one line."""
    return ", ".join(str(UNCHECKED[name]) for name in names)
