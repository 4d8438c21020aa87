"""What an edition asks of a candidate, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from occupations.models import Edition

SELDOM = {"service", "offer", "education"}


@dataclass(frozen=True, slots=True)
class Rule:
    key: str
    label: str
    text: str
    language: str = ""  # of the text, where it is not the page's


def rules(edition: Edition) -> list[Rule]:
    """The rules of an edition, always the same ones in the same order."""
    return [
        Rule("experience", _("Work experience"), experience(edition)),
        Rule("window", _("Gained within"), window(edition)),
        Rule("continuous", _("Without a break"), continuous(edition)),
        Rule("canada", _("Gained in Canada"), canada(edition)),
        Rule("service", _("Military service"), service(edition)),
        Rule("offer", _("Job offer"), offer(edition)),
        Rule("education", _("Education"), education(edition)),
        language(edition),
    ]


def asked(edition: Edition) -> list[Rule]:
    """The rules for its page: what hardly a category asks only where it is asked."""
    return [rule for rule in rules(edition) if rule.key not in SELDOM or rule.text != not_asked()]


def not_asked() -> str:
    return _("not part of this category's rule")


def experience(edition: Edition) -> str:
    months = edition.minimum_experience_months
    if months is None:
        return not_asked()
    if months % 12 or months == 12:
        text = ngettext("at least %(n)s month", "at least %(n)s months", months) % {"n": months}
    else:
        text = ngettext("at least %(n)s year", "at least %(n)s years", months // 12) % {"n": months // 12}
    return _("%(length)s in one listed occupation") % {"length": text}


def window(edition: Edition) -> str:
    years = edition.experience_window_years
    if years is None:
        return not_asked() if edition.minimum_experience_months is None else _("no period stated")
    return ngettext("the last %(n)s year", "the last %(n)s years", years) % {"n": years}


def continuous(edition: Edition) -> str:
    if edition.experience_continuous is None:
        return not_asked()
    return _("yes, it must be continuous") if edition.experience_continuous else _("no, periods of work add up")


def canada(edition: Edition) -> str:
    if edition.canadian_experience_required:
        return _("yes, only experience in Canada counts")
    return not_asked() if edition.minimum_experience_months is None else _("not required")


def service(edition: Edition) -> str:
    years = edition.service_years
    if years is None:
        return not_asked()
    return ngettext(
        "at least %(n)s year in a recognized foreign military, without a break",
        "at least %(n)s years in a recognized foreign military, without a break",
        years,
    ) % {"n": years}


def offer(edition: Edition) -> str:
    years = edition.offer_years
    if years is None:
        return not_asked()
    return ngettext(
        "full-time, for at least %(n)s year, from the %(employer)s",
        "full-time, for at least %(n)s years, from the %(employer)s",
        years,
    ) % {"n": years, "employer": edition.offer_from}


def education(edition: Edition) -> str:
    years = edition.education_years
    if years is None:
        return not_asked()
    return ngettext(
        "a post-secondary credential of at least %(n)s year; one from abroad needs an assessment",
        "a post-secondary credential of at least %(n)s years; one from abroad needs an assessment",
        years,
    ) % {"n": years}


def language(edition: Edition) -> Rule:
    label = _("Language")
    if level := edition.minimum_nclc:
        return Rule(
            "language", label, _("NCLC %(level)s or higher in French, in all four abilities") % {"level": level}
        )
    if edition.language_rule:
        return Rule("language", label, edition.language_rule, "en")
    return Rule("language", label, _("only what your program requires"))
