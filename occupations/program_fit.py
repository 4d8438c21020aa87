"""Which programs count work experience in a unit group, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

SKILLED = range(4)  # TEER 0 to 3
# NOC groups of trades for the Federal Skilled Trades Program, and the groups inside them that are left out.
# The program asks for TEER 2 or 3, and the second digit of each of these is its TEER.
TRADES = ("72", "73", "82", "83", "92", "93", "6320", "62200")
NOT_TRADES = ("726", "932")
CEC_LANGUAGE = {0: 7, 1: 7, 2: 5, 3: 5}  # CLB or NCLC in each of the four abilities, by TEER

Answer = Literal["counts", "no", "depends"]

REASONS = {
    "teer_counts": _(
        "TEER %(teer)s: experience in this occupation counts. Whether yours is enough depends on its length, "
        "your language results, education and the other points."
    ),
    "teer_counts_language": _(
        "TEER %(teer)s: experience in this occupation counts when it was gained in Canada. The program asks for level "
        "%(level)s (CLB or NCLC) in all four abilities. Whether yours qualifies depends on its length and your status."
    ),
    "teer_too_high": _("TEER %(teer)s: only experience in TEER 0, 1, 2 or 3 counts."),
    "trade_group": _(
        "TEER %(teer)s in NOC group %(group)s, one of the groups of trades. Whether you qualify depends on two years "
        "of experience and on a job offer or a certificate of qualification."
    ),
    "trade_group_excluded": _("NOC group %(group)s is left out of the groups of trades."),
    "not_a_trade_group": _("Not in one of the NOC groups of trades."),
    "province_decides": _(
        "The province or territory decides whom it nominates; the nominee must also qualify for one of the three "
        "programs above."
    ),
    "province_decides_other_experience": _(
        "The province or territory decides whom it nominates; through Express Entry the nominee must also qualify for "
        "one of the three programs above, by experience in another occupation."
    ),
}
ABBREVIATIONS = {"FSW": _("FSW"), "FST": _("FST"), "CEC": _("CEC"), "PNP": _("PNP")}
ANSWERS = {
    "counts": _("counts, depends on your experience"),
    "no": _("does not count"),
    "depends": _("depends on the province"),
}


@dataclass(frozen=True, slots=True)
class Fit:
    """What a program says to experience in a unit group: the answer, the key of its reason, and the facts in it."""

    program: str  # the code of a Program
    answer: Answer
    reason: str  # a key of REASONS
    facts: dict[str, int | str]

    @property
    def program_text(self) -> str:
        return ABBREVIATIONS[self.program]

    @property
    def answer_text(self) -> str:
        return ANSWERS[self.answer]

    @property
    def text(self) -> str:
        return REASONS[self.reason] % self.facts


def fits(code: str) -> Iterator[Fit]:
    """The answer of each program to experience in the unit group ``code``."""
    yield fsw(code)
    yield cec(code)
    yield fst(code)
    yield pnp(code)


def teer(code: str) -> int:
    return int(code[1])


def fsw(code: str) -> Fit:
    if teer(code) in SKILLED:
        return Fit("FSW", "counts", "teer_counts", {"teer": teer(code)})
    return Fit("FSW", "no", "teer_too_high", {"teer": teer(code)})


def cec(code: str) -> Fit:
    if teer(code) in SKILLED:
        facts = {"teer": teer(code), "level": CEC_LANGUAGE[teer(code)]}
        return Fit("CEC", "counts", "teer_counts_language", facts)
    return Fit("CEC", "no", "teer_too_high", {"teer": teer(code)})


def fst(code: str) -> Fit:
    if excluded := group_of(code, NOT_TRADES):
        return Fit("FST", "no", "trade_group_excluded", {"group": excluded})
    if group := group_of(code, TRADES):
        return Fit("FST", "counts", "trade_group", {"group": group, "teer": teer(code)})
    return Fit("FST", "no", "not_a_trade_group", {})


def pnp(code: str) -> Fit:
    reason = "province_decides" if teer(code) in SKILLED else "province_decides_other_experience"
    return Fit("PNP", "depends", reason, {})


def is_trade(code: str) -> bool:
    """Whether the unit group is a trade for the Federal Skilled Trades Program."""
    return fst(code).answer == "counts"


def group_of(code: str, groups: tuple[str, ...]) -> str:
    """The group among ``groups`` that holds the unit group, or nothing."""
    return next((group for group in groups if code.startswith(group)), "")
