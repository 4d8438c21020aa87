"""Which programs count work experience in a unit group, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _

from programs.models import ABBREVIATIONS, Program

NOC_2021_COUNTS_FROM = date(2022, 11, 16)  # SOR/2022-220

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
    "trade_group_excluded": _("NOC group %(group)s is excluded from the groups of trades."),
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


class Rules:
    """The programs with the rules in force on a day, read once for any number of occupations.

    Codes are those of NOC 2021: a day before they counted is answered by the rules of the first on which they did.
    """

    def __init__(self, day: date):
        rows = list(Program.objects.with_occupation_rules(max(day, NOC_2021_COUNTS_FROM)))
        self.programs = {row.code: row for row in rows}
        self.narrowest_first = sorted((row for row in rows if row.prefix), key=lambda row: -len(row.prefix))

    def deciding(self, program: str, code: str) -> Program | None:
        """The program with its narrowest rule that covers the unit group."""
        rules = (row for row in self.narrowest_first if row.code == program)
        return next((row for row in rules if begins_with(code, row.prefix)), None)

    def fits(self, code: str) -> list[Fit]:
        """The answer of each program to experience in the unit group ``code``."""
        teer = int(code[1])
        return [self.fsw(code, teer), self.cec(code, teer), self.fst(code, teer), self.pnp(code, teer)]

    def fsw(self, code: str, teer: int) -> Fit:
        rule = self.deciding("FSW", code)
        if rule and rule.counts:
            return Fit("FSW", "counts", "teer_counts", {"teer": teer})
        return Fit("FSW", "no", "teer_too_high", {"teer": teer})

    def cec(self, code: str, teer: int) -> Fit:
        rule = self.deciding("CEC", code)
        if rule and rule.counts:
            return Fit("CEC", "counts", "teer_counts_language", {"teer": teer, "level": rule.minimum_level})
        return Fit("CEC", "no", "teer_too_high", {"teer": teer})

    def fst(self, code: str, teer: int) -> Fit:
        rule = self.deciding("FST", code)
        if rule is None:
            return Fit("FST", "no", "not_a_trade_group", {})
        if not rule.counts:
            return Fit("FST", "no", "trade_group_excluded", {"group": rule.prefix})
        return Fit("FST", "counts", "trade_group", {"group": rule.prefix, "teer": teer})

    def pnp(self, code: str, teer: int) -> Fit:
        is_skilled = self.fsw(code, teer).answer == "counts"
        return Fit("PNP", "depends", "province_decides" if is_skilled else "province_decides_other_experience", {})

    def trade_group(self, code: str) -> str:
        """The group of trades that the Federal Skilled Trades Program counts the unit group in, or nothing."""
        rule = self.deciding("FST", code)
        return rule.prefix if rule and rule.counts else ""


def begins_with(code: str, prefix: str) -> bool:
    """Whether the code begins with the prefix, in which an x stands for any digit."""
    return all(mine in ("x", theirs) for mine, theirs in zip(prefix, code, strict=False))
