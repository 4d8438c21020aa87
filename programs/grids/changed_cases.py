"""A new point grid against the worked cases: what the calculators answer with it, beside what was worked by hand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from programs.calculators import crs, fsw
from programs.calculators.worked_cases import WorkedCase, crs_cases, fsw_cases

CALCULATORS: dict[str, tuple[Callable[..., crs.CrsScore | fsw.FswScore], Callable[[], list[WorkedCase]]]] = {
    "crs": (crs.score, crs_cases),
    "fsw": (fsw.score, fsw_cases),
}


@dataclass(frozen=True)
class Answer:
    """A worked case whose total the grid changes, or that can't be counted with it."""

    key: str
    title: dict[str, str]
    by_hand: int
    with_grid: int | None
    fault: str = ""


def changed_cases(system: str, grid: Mapping) -> list[Answer]:
    """The worked cases of "crs" or "fsw" that come out otherwise; none for the language tables."""
    return [answer for answer in answers(system, grid) if answer.by_hand != answer.with_grid]


def broken_cases(system: str, grid: Mapping) -> list[str]:
    """The worked cases that can't be counted with the grid, each in a sentence."""
    said = _("“%(case)s” can't be counted with this grid: %(fault)s")
    broken = [answer for answer in answers(system, grid) if answer.with_grid is None]
    return [said % {"case": answer.title["en"], "fault": answer.fault} for answer in broken]


def answers(system: str, grid: Mapping) -> Iterator[Answer]:
    if system not in CALCULATORS:
        return
    score, cases = CALCULATORS[system]
    for case in cases():
        try:
            total, fault = score(case.profile, grid).total, ""
        except (ValueError, KeyError, IndexError, StopIteration) as error:
            total, fault = None, f"{type(error).__name__}: {error}"
        yield Answer(case.key, case.title, case.points["total"], total, fault)
