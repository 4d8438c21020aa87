"""What is wrong with an answer to a form, and what to do about it, for the faults that ``language`` names."""

from django.utils.formats import get_format, localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import language
from .labels import ABILITY_WORDS, LANGUAGES

AGE = gettext_lazy("Give the age in whole years, like 30.")
YEARS = gettext_lazy("Give completed years as a whole number, like 3, or leave it blank.")
NO_TEST = gettext_lazy("Choose the test these are from, or leave them blank.")
SCORE = gettext_lazy("Give the score, or the level.")
TEST = gettext_lazy("Choose the test, or say that you know the levels.")
LANGUAGE_FAULTS = {
    ("first_language", "required"): gettext_lazy("Levels alone do not show the language: choose English or French."),
    ("first_test", "wrong_language"): gettext_lazy("This is not a test of %(language)s."),
    ("second_test", "same_language"): gettext_lazy("This is a test of %(language)s, like the first."),
    ("second_language", "same_language"): gettext_lazy("The first official language is %(language)s already."),
}


def language_fault(error):
    """A fault about which language a test measures."""
    words = LANGUAGE_FAULTS[error.field, error.fault]
    return str(words) % {"language": LANGUAGES.get(error.limits.get("language"), "")}


def score_fault(error, tests, test, ability, value):
    """A fault of one score: what was typed, and which scores the test has."""
    if error.fault == "required":
        return SCORE
    return _("“%(value)s” does not fit. %(scale)s") % {"value": value[:20], "scale": scale(tests, test, ability)}


def scale(tests, test, ability):
    """Which scores a test has for an ability."""
    low, high, step = map(score_text, language.scale(tests, test, ability))
    if test == language.CLB:
        return _("A level is a whole number from %(low)s to %(high)s.") % {"low": low, "high": high}
    words = _("%(test)s %(ability)s goes in steps of %(step)s from %(low)s to %(high)s.")
    name, what = tests["tests"][test]["name"], str(ABILITY_WORDS[ability]).lower()
    return words % {"test": name, "ability": what, "low": low, "high": high, "step": step}


def typed(score):
    """A score that was typed, with the decimal mark of the page's language."""
    return score.replace(",", ".").replace(".", get_format("DECIMAL_SEPARATOR"))


def score_text(number):
    """A score without needless zeros, in the language of the page."""
    return localize(int(number) if number == int(number) else number)
