"""What one change would add to a CRS score, each by itself, and what the next birthday takes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from programs.calculators.crs import CANADIAN_STUDY, CrsProfile, score
from programs.calculators.language import ABILITIES, Levels, at_least
from programs.grids.validation import job_offer_points

Value = int | str | bool | Levels
GOALS = (7, 9, 10)  # levels in all four abilities: the two that open transferability, and the last that counts


@dataclass(frozen=True)
class ScoreStep:
    """One change: ``change`` is its code, ``value`` what the field becomes, ``gain`` and ``total`` in CRS points.

    Codes: ``first_speaking`` and so on (one level up), ``first_all`` (one level up in each), ``first_goal`` (at least
    that level in all four), ``education``, ``canadian_work_years``, ``foreign_work_years``, ``certificate``,
    ``nomination``, ``sibling``, ``canadian_study``, ``job_offer``, ``spouse`` (comes along or not), ``french`` (at
    least that NCLC in all four), ``second_language`` (at least that level in all four), ``spouse_education``,
    ``spouse_language``, ``spouse_canadian_work_years``.
    """

    change: str
    value: Value
    gain: int
    total: int


def single_steps(profile: CrsProfile, grid: Mapping) -> list[ScoreStep]:
    """Each single change that adds points, most first; raises InputError as ``crs.score`` does."""
    before = score(profile, grid).total
    seen, steps = {profile}, []
    for change, value, changed in _changes(profile, grid):
        total = score(changed, grid).total
        if changed not in seen and total > before:
            steps.append(ScoreStep(change, value, total - before, total))
        seen.add(changed)
    return sorted(steps, key=lambda step: -step.gain)


def birthday_cost(profile: CrsProfile, grid: Mapping) -> int:
    """The CRS points that the next birthday takes; raises InputError as ``crs.score`` does."""
    return score(profile, grid).total - score(replace(profile, age=profile.age + 1), grid).total


def _changes(profile: CrsProfile, grid: Mapping) -> Iterator[tuple[str, Value, CrsProfile]]:
    yield from _first_language(profile)
    yield from _second_language(profile)
    yield from _first_goal(profile)
    yield from _fields(profile, grid)
    if profile.with_spouse:
        yield from _spouse(profile, grid)
    if other := {"accompanying": "not-accompanying", "not-accompanying": "accompanying"}.get(profile.spouse):
        yield "spouse", other, replace(profile, spouse=other)


def _first_language(profile: CrsProfile) -> Iterator[tuple[str, Value, CrsProfile]]:
    higher = Levels(*map(_next_level, profile.first))
    for ability, level in zip(ABILITIES, higher, strict=True):
        yield f"first_{ability}", level, replace(profile, first=profile.first._replace(**{ability: level}))
    yield "first_all", higher, replace(profile, first=higher)


def _first_goal(profile: CrsProfile) -> Iterator[tuple[str, Value, CrsProfile]]:
    goal = next((level for level in GOALS if level > min(profile.first)), None)
    if goal:
        yield "first_goal", goal, replace(profile, first=at_least(profile.first, goal))


def _second_language(profile: CrsProfile) -> Iterator[tuple[str, Value, CrsProfile]]:
    french = at_least(profile.french, 7)
    is_first = profile.first_language == "french"
    yield "french", 7, replace(profile, first=french) if is_first else replace(profile, second=french)
    for level in (5, 7, 9):
        yield "second_language", level, replace(profile, second=at_least(profile.second, level))


def _fields(profile: CrsProfile, grid: Mapping) -> Iterator[tuple[str, Value, CrsProfile]]:
    values: list[tuple[str, Any]] = [
        ("education", _next_key(grid["A"]["education"]["cells"], profile.education)),
        ("canadian_work_years", profile.canadian_work_years + 1),
        ("foreign_work_years", profile.foreign_work_years + 1),
        ("foreign_work_years", max(profile.foreign_work_years, 3)),
        ("certificate", True),
        ("nomination", True),
        ("sibling", True),
        *(("canadian_study", study) for study in CANADIAN_STUDY[1:]),
        *(("job_offer", kind) for kind in job_offer_points(grid)),
    ]
    for field, value in values:
        yield field, value, replace(profile, **{field: value})


def _spouse(profile: CrsProfile, grid: Mapping) -> Iterator[tuple[str, Value, CrsProfile]]:
    education = _next_key(grid["B"]["education"]["cells"], profile.spouse_education)
    years = profile.spouse_canadian_work_years + 1
    yield "spouse_education", education, replace(profile, spouse_education=education)
    for level in (5, 7, 9):
        yield "spouse_language", level, replace(profile, spouse_first=at_least(profile.spouse_first, level))
    yield "spouse_canadian_work_years", years, replace(profile, spouse_canadian_work_years=years)


def _next_level(level: int) -> int:
    """One level up, from nothing to 4; level 10 is the last that counts."""
    return max(level, min(max(level + 1, 4), 10))


def _next_key(rows: list[Mapping], key: str) -> str:
    keys = [row["key"] for row in rows]
    return keys[min(keys.index(key) + 1, len(keys) - 1)]
