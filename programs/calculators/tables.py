"""What the calculators find as tables for people: points beside the most that can be had, scores beside levels."""

from dataclasses import dataclass

from programs.grids.labels import SECTIONS

from . import errors
from .labels import BENCHMARKS, CRS_LINES, FSW_LINES, SITTINGS
from .language import ABILITIES, CLB
from .steps import ScoreStep

GROUPS = ("education_group", "foreign_group")  # each the sum of the two lines above it, capped


@dataclass(frozen=True)
class Line:
    """A line of the answer, its points and the most that it can give."""

    label: str
    points: int
    maximum: int
    is_sum: bool = False


@dataclass(frozen=True)
class Section:
    """A section of the CRS with its lines; ``lines`` is empty where the section does not apply."""

    key: str
    label: str
    lines: list
    points: int
    maximum: int


def crs_sections(found, most):
    """The sections A to D of a score, ``most`` being the maxima for the same profile."""
    sections = []
    for key, labels in CRS_LINES.items():
        points, top = getattr(found, key), most[key]
        lines = [
            Line(label, points[name], top[name], name in GROUPS) for name, label in labels.items() if name in points
        ]
        applies = top["section"] > 0
        sections.append(Section(key, SECTIONS[key], lines if applies else [], points["section"], top["section"]))
    return sections


def fsw_lines(found, most):
    return [Line(label, found.points[name], most[name]) for name, label in FSW_LINES.items()]


@dataclass(frozen=True)
class Sitting:
    """What a language test gave: scores as typed, and the level of each."""

    label: str
    test: str
    benchmark: str
    cells: list
    lowest: int


def sittings(form, levels_by_prefix):
    """The tests of a form whose scores were turned into levels."""
    for prefix, levels in levels_by_prefix.items():
        key, scores = form.sitting(prefix)
        if levels is not None and key != CLB:
            yield sitting(SITTINGS[prefix], form.tests["tests"][key], scores, levels)


def sitting(label, test, scores, levels):
    cells = [(errors.typed(scores[ability]), getattr(levels, ability)) for ability in ABILITIES]
    return Sitting(label, test["name"], BENCHMARKS[test["language"]], cells, min(levels))


@dataclass(frozen=True)
class ScoreChange:
    """A step, in words, with the address of the same calculation after it."""

    label: str
    step: ScoreStep
    url: str


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
    cells = [(errors.typed(scores[ability]), found[ability]) for ability in ABILITIES]
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
