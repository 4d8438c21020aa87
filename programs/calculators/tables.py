"""A score of the CRS or of the FSW factors as tables for people: points beside the most that can be had."""

from dataclasses import dataclass

from programs.grid_labels import SECTIONS

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
        lines = [Line(label, points[name], top[name], name in GROUPS) for name, label in labels.items()]
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
    cells = [(scores[ability], getattr(levels, ability)) for ability in ABILITIES]
    return Sitting(label, test["name"], BENCHMARKS[test["language"]], cells, min(levels))


@dataclass(frozen=True)
class ScoreChange:
    """A step, in words, with the address of the same calculation after it."""

    label: str
    step: ScoreStep
    url: str
