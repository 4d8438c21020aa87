"""Language test scores as CLB (English) and NCLC (French) levels, and back.

Rule: the Language test results page of IRCC (tables dated 2025-08-21): each ability by itself, a strict floor,
no averaging, no rounding up. The tables come in as data, the ``language`` point grid.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

CLB = "clb"  # stands for "I know my levels": the score is the level itself, in either language
HIGHEST_LEVEL = 12
LANGUAGES = ("english", "french")


class Levels(NamedTuple):
    """CLB or NCLC levels, 0 to 12, by ability; 0 is below level 4 or no result."""

    speaking: int
    listening: int
    reading: int
    writing: int


ABILITIES = Levels._fields
NO_LEVELS = Levels(0, 0, 0, 0)


def at_least(levels: Levels | None, level: int) -> Levels:
    """The levels, each raised to ``level`` where it is lower."""
    return Levels(*(max(level, here) for here in levels or NO_LEVELS))


class InputError(ValueError):
    """An input that cannot be scored: ``field`` names it, ``fault`` says why as a code, ``limits`` what fits."""

    def __init__(self, field: str, fault: str, **limits: Any):
        self.field, self.fault, self.limits = field, fault, limits
        shown = ", ".join(f"{name} {value}" for name, value in limits.items())
        super().__init__(f"{field}: {fault}" + (f" ({shown})" if shown else ""))


def check_levels(name: str, levels: Levels | None) -> None:
    """Refuse a level outside 0 to 12; raises InputError ``first_speaking: out_of_range`` for the name "first"."""
    for ability, level in (levels or NO_LEVELS)._asdict().items():
        if not 0 <= level <= HIGHEST_LEVEL:
            raise InputError(f"{name}_{ability}", "out_of_range", min=0, max=HIGHEST_LEVEL)


def other_language(language: str) -> str:
    """The other official language."""
    return "french" if language == "english" else "english"


def language_of(tests_grid: Mapping, test: str) -> str | None:
    """The language that a test measures; None for ``clb``, which says levels in either one.

    Raises InputError ``test: unknown``.
    """
    return None if test == CLB else _test(tests_grid, test)["language"]


def accepted_tests(tests_grid: Mapping, language: str) -> list[str]:
    """Keys of the tests that may be used for a language, ``clb`` first."""
    return [CLB] + [key for key, test in tests_grid["tests"].items() if test["language"] == language]


def first_language(tests_grid: Mapping, test: str, said: str | None = None) -> str:
    """The first official language: what the test measures, or what is said beside ``clb``.

    Raises InputError: ``first_test: unknown``, ``first_language: required`` (clb alone does not tell),
    ``first_language: unknown``, ``first_test: wrong_language`` (the test measures the other one).
    """
    if said and said not in LANGUAGES:
        raise InputError("first_language", "unknown")
    measured = _measured(tests_grid, "first_test", test)
    if measured and said and measured != said:
        raise InputError("first_test", "wrong_language", language=said)
    language = measured or said
    if not language:
        raise InputError("first_language", "required")
    return language


def check_second_test(tests_grid: Mapping, first: str, test: str) -> None:
    """Refuse a second test in the first official language: the two must differ.

    Raises InputError: ``second_test: unknown`` or ``second_test: same_language``.
    """
    if _measured(tests_grid, "second_test", test) == first:
        raise InputError("second_test", "same_language", language=first)


def scale(tests_grid: Mapping, test: str, ability: str) -> tuple[Decimal, Decimal, Decimal]:
    """Lowest score, highest score and step of a test's ability; the lowest is 0, as no test publishes less.

    Raises InputError ``test: unknown`` or ``ability: unknown``.
    """
    if ability not in ABILITIES:
        raise InputError("ability", "unknown")
    if test == CLB:
        return Decimal(0), Decimal(HIGHEST_LEVEL), Decimal(1)
    table = _test(tests_grid, test)
    top = max(_number(row[ability]["max"]) for row in table["levels"])
    return Decimal(0), top, _number(table["score_step"])


def level(tests_grid: Mapping, test: str, ability: str, score: Decimal | int | float | str) -> int:
    """The level that a score in one ability reaches: 0 below level 4, at most 10 for a test; ``clb`` as it is.

    Raises InputError naming the ability: ``not_a_number``, ``out_of_range`` (min, max), ``wrong_step`` (step);
    or ``test`` or ``ability``: ``unknown``.
    """
    low, high, step = scale(tests_grid, test, ability)
    number = _score(ability, score)
    if not low <= number <= high:
        raise InputError(ability, "out_of_range", min=low, max=high)
    if number % step:
        raise InputError(ability, "wrong_step", step=step)
    if test == CLB:
        return int(number)
    rows = _test(tests_grid, test)["levels"]
    return max((row["level"] for row in rows if number >= _number(row[ability]["min"])), default=0)


def levels(tests_grid: Mapping, test: str, scores: Mapping[str, Decimal | int | float | str]) -> Levels:
    """All four levels of one sitting, from scores by ability; raises InputError as ``level`` does."""
    missing = [ability for ability in ABILITIES if scores.get(ability) in (None, "")]
    if missing:
        raise InputError(missing[0], "required")
    return Levels(*(level(tests_grid, test, ability, scores[ability]) for ability in ABILITIES))


def scores_for(tests_grid: Mapping, wanted: int) -> dict[str, dict[str, tuple[Decimal, Decimal]]]:
    """Lowest and highest score of every test and ability that give exactly this level.

    Empty below level 4 and above 10, for which no equivalence is published; level 10 runs to the top of the scale.
    """
    return {
        key: {ability: (_number(row[ability]["min"]), _number(row[ability]["max"])) for ability in ABILITIES}
        for key, test in tests_grid["tests"].items()
        for row in test["levels"]
        if row["level"] == wanted
    }


def _test(tests_grid: Mapping, test: str) -> Mapping:
    try:
        return tests_grid["tests"][test]
    except KeyError:
        raise InputError("test", "unknown") from None


def _measured(tests_grid: Mapping, field: str, test: str) -> str | None:
    try:
        return language_of(tests_grid, test)
    except InputError as error:
        raise InputError(field, error.fault) from None


def _number(value: int | float) -> Decimal:
    return Decimal(str(value))


def _score(field: str, value: Decimal | int | float | str) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise InputError(field, "not_a_number") from None
    if not number.is_finite():
        raise InputError(field, "not_a_number")
    return number
