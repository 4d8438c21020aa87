"""The language tests as tables: what scores give, which scores give a level, and each test in full."""

from dataclasses import dataclass

from . import errors
from .labels import BENCHMARKS
from .language import ABILITIES


@dataclass(frozen=True)
class Converted:
    """Scores of one test with the level of each ability; ``lowest`` needs all four."""

    test: str
    benchmark: str
    cells: list  # score, level
    lowest: int | None


@dataclass(frozen=True)
class LevelTable:
    """A test's scores for each ability, by level; ``chosen`` is the level that was asked for."""

    key: str
    test: str
    benchmark: str
    rows: list  # level, ranges
    chosen: int | None


def converted(form):
    """What the scores of a form give, or None without scores."""
    key, scores = form.sitting("")
    if not key:
        return None
    found, test = form.found, form.tests["tests"][key]
    cells = [(scores[ability], found[ability]) for ability in ABILITIES]
    return Converted(test["name"], BENCHMARKS[test["language"]], cells, lowest_level(found))


def lowest_level(found):
    """The lowest of four levels; None unless all four are known."""
    return None if None in found.values() else min(found.values())


def level_scores(form):
    """The scores of each test for the level that was chosen, or None."""
    wanted = form.wanted()
    if wanted is None:
        return None
    tests = form.tests["tests"]
    return [
        (tests[key]["name"], BENCHMARKS[tests[key]["language"]], [span(*scores[ability]) for ability in ABILITIES])
        for key, scores in wanted.items()
    ]


def test_tables(form):
    """Every test in full."""
    chosen = form.cleaned_data.get("level") if form.is_bound else None
    for key, test in form.tests["tests"].items():
        levels = sorted(test["levels"], key=lambda row: -row["level"])
        rows = [(row["level"], [span(row[name]["min"], row[name]["max"]) for name in ABILITIES]) for row in levels]
        yield LevelTable(key, test["name"], BENCHMARKS[test["language"]], rows, int(chosen) if chosen else None)


def span(low, high):
    """Lowest and highest score as one text."""
    low, high = errors.score_text(low), errors.score_text(high)
    return low if low == high else f"{low}–{high}"
