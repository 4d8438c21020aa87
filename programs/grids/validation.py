"""What a point grid must look like, and how its bands ("4-5", "10+", "below 4") are read."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from math import inf, isclose
from typing import Any

from jsonschema import Draft202012Validator, validators

from programs.calculators.language import ABILITIES

from .labels import CRS_EDUCATION, FSW_ADAPTABILITY, FSW_EDUCATION
from .schemas import BAND_PATTERN, COLUMNS, CORE_FACTORS, FSW_FACTORS, SCHEMAS

DEEPEST = 12
VALUES = range(101)  # levels or years: no band begins above 99
_BAND = re.compile(BAND_PATTERN)
_TYPES = Draft202012Validator.TYPE_CHECKER.redefine(  # 5.0 would stand on the pages as it is written
    "integer", lambda _checker, value: isinstance(value, int) and not isinstance(value, bool)
)
_Validator = validators.extend(Draft202012Validator, type_checker=_TYPES)


@lru_cache(maxsize=256)  # a score reads some forty bands
def bounds(band: int | str) -> tuple[int, float]:
    """Lowest and highest whole number that a band covers; raises ValueError for what is not a band."""
    match = _BAND.fullmatch(str(band))
    if not match:
        raise ValueError(f"{band!r} is not a band")
    number, high = int(match["low"]), inf
    low = 0 if match["under"] or match["less"] else number
    if not match["open"]:
        high = number - 1 if match["under"] else int(match["high"] or number)
    if high < low:
        raise ValueError(f"{band!r} is not a band")
    return low, high


def row_for(rows: Iterable[Mapping], key: str, value: int) -> Mapping:
    """The row whose band under ``key`` covers the value; a checked grid has exactly one."""
    for row in rows:
        low, high = bounds(row[key])
        if low <= value <= high:
            return row
    raise ValueError(f"{key} {value} is in no band")


def job_offer_points(grid: Mapping) -> dict[str, int]:
    """What each kind of job offer brings under a CRS grid; empty where offers have no part in it, or it has ended."""
    part = grid["D"].get("job_offer")
    if part is None or "removed_on" in part:
        return {}
    seniors = {"major_group_00": part["major_group_00"]} if "major_group_00" in part else {}
    return {"other_qualifying": part["points"]} | seniors


def validate_grid(system: str, data: Any) -> None:
    """Check a grid of "crs", "fsw" or "language"; raises ValueError with the path and the fault."""
    if system not in SCHEMAS:
        raise ValueError(f"system: {system!r} is none of {', '.join(SCHEMAS)}")
    _check_depth(data)
    _check_writable(data)
    if error := next(_Validator(SCHEMAS[system]).iter_errors(data), None):
        raise ValueError(f"{'.'.join(map(str, error.absolute_path)) or 'grid'}: {error.message}")
    {"crs": _check_crs, "fsw": _check_fsw, "language": _check_language}[system](data)


def _check_depth(data: Any) -> None:
    """Pages, the history and the database go through a grid part by part; a pile of parts would end them."""
    parts = [data]
    for _depth in range(DEEPEST):
        parts = [inner for part in parts if isinstance(part, dict | list)
                 for inner in (part.values() if isinstance(part, dict) else part)]  # fmt: skip
    if parts:
        raise ValueError(f"grid: parts lie in each other more than {DEEPEST} deep")


def _check_writable(data: Any) -> None:
    """Refuse what JSON, a page or PostgreSQL cannot write: endless numbers, half characters, the null character."""
    try:
        text = json.dumps(data, allow_nan=False, ensure_ascii=False).encode()
    except ValueError as error:
        raise ValueError(f"grid: {error}") from error
    if rb"\u0000" in text:
        raise ValueError("grid: a null character stands in a text")


def _check_crs(grid: Mapping) -> None:
    _check_day("valid_from", grid["valid_from"])
    if grid["id"] != grid["valid_from"]:
        raise ValueError(f"id: {grid['id']} is not the first day of the grid, {grid['valid_from']}")
    for section in ("A", "B"):
        _check_bands(f"{section}.first_official_language.cells", grid, "level")
        _check_bands(f"{section}.canadian_work.cells", grid, "years")
        _check_keys(f"{section}.education.cells", grid, "key", CRS_EDUCATION)
        if [cell["key"] for cell in grid[section]["education"]["cells"]] != list(CRS_EDUCATION):
            raise ValueError(f"{section}.education.cells: the keys do not rise from none to doctoral")
    _check_bands("A.second_official_language.cells", grid, "level")
    _check_combinations(grid)
    _check_additional(grid["D"], grid)
    _check_maxima(grid)


def _check_combinations(grid: Mapping) -> None:
    for name in ("foreign_work_language", "foreign_work_canadian_work"):
        _check_bands(f"C.{name}.cells", grid, "foreign_years")
    for name in ("education_language", "education_canadian_work"):
        _check_keys(f"C.{name}.cells", grid, "tier")
    _check_keys("C.certificate_language.cells", grid, "certificate")


def _check_additional(additional: Mapping, grid: Mapping) -> None:
    for name in ("french", "education_in_canada"):
        _check_rising(f"D.{name}.cells", grid)
        _check_top(f"D.{name}", additional[name]["max"], additional[name]["cells"], "points")
    if "job_offer" in additional:
        _check_job_offer(additional["job_offer"], grid)


def _check_job_offer(part: Mapping, grid: Mapping) -> None:
    offers = job_offer_points(grid)
    for kind, points in offers.items():
        name = "points" if kind == "other_qualifying" else kind
        if not 0 < points <= grid["D"]["max"]:
            raise ValueError(f"D.job_offer.{name}: {points} is not between 1 and the section's {grid['D']['max']}")
    if not offers:
        _check_ended_offer(part, grid["valid_from"])


def _check_ended_offer(part: Mapping, valid_from: str) -> None:
    _check_day("D.job_offer.removed_on", part["removed_on"])
    if part["points"] or "major_group_00" in part:
        raise ValueError("D.job_offer.points: an offer that was removed brings none")
    if part["removed_on"] > valid_from:
        raise ValueError("D.job_offer.removed_on: offers ended after the first day; a new grid begins on that day")


def _check_maxima(grid: Mapping) -> None:
    for column in COLUMNS:
        for name in CORE_FACTORS[1:]:
            _check_top(f"A.{name}", grid["A"][name]["max"][column], grid["A"][name]["cells"], column)
        parts = sum(grid["A"][name]["max"][column] for name in CORE_FACTORS)
        if parts != grid["section_max"]["A_core"][column]:
            raise ValueError(f"section_max.A_core.{column}: the factors add up to {parts}")
        _check_total(grid, column)
    _check_sections(grid)


def _check_sections(grid: Mapping) -> None:
    sections = {"B": grid["section_max"]["B_spouse"]["with_spouse"]}
    sections |= {name[0]: grid["section_max"][name] for name in ("C_transferability", "D_additional")}
    for name, most in sections.items():
        if grid[name]["max"] != most:
            raise ValueError(f"section_max: section {name} has {grid[name]['max']} at most, not {most}")


def _check_total(grid: Mapping, column: str) -> None:
    most = grid["section_max"]
    parts = most["A_core"][column] + most["B_spouse"][column] + most["C_transferability"] + most["D_additional"]
    if parts != grid["total_max"]:
        raise ValueError(f"total_max: the sections add up to {parts}")


def _check_fsw(grid: Mapping) -> None:
    _check_bands("factors.language.first_official.per_ability", grid, "level")
    _check_bands("factors.experience.cells", grid, "years")
    _check_keys("factors.education.cells", grid, "key", FSW_EDUCATION)
    _check_keys("factors.adaptability.cells", grid, "key", FSW_ADAPTABILITY)
    _check_keys("factors.arranged_employment.qualifying_situations", grid, "id")
    for factor in ("education", "experience", "adaptability"):
        _check_top(f"factors.{factor}", grid["factors"][factor]["max"], grid["factors"][factor]["cells"], "points")
    for path in ("factors.language.second_official", "factors.arranged_employment"):
        _check_all_or_nothing(path, _at(path, grid))
    language = grid["factors"]["language"]
    parts = language["first_official"]["max"] + language["second_official"]["max"]
    if parts != language["max"]:
        raise ValueError(f"factors.language.max: both languages add up to {parts}")
    parts += sum(grid["factors"][name]["max"] for name in FSW_FACTORS)
    if parts != grid["maximum"]:
        raise ValueError(f"maximum: the factors add up to {parts}")


def _check_language(grid: Mapping) -> None:
    for key, test in grid["tests"].items():
        rows = sorted(test["levels"], key=lambda row: row["level"])
        if [row["level"] for row in rows] != list(range(4, 11)):
            raise ValueError(f"tests.{key}.levels: not one row for each level from 4 to 10")
        for ability in ABILITIES:
            _check_meets(f"tests.{key}.levels.{ability}", [row[ability] for row in rows], test["score_step"])


def _check_meets(path: str, ranges: Sequence[Mapping], step: float) -> None:
    for here, above in zip(ranges, [*ranges[1:], None], strict=True):
        if not isclose(here["min"] / step, round(here["min"] / step)):
            raise ValueError(f"{path}: {here['min']} is not reached in steps of {step}")
        if here["max"] < here["min"] or (above and not isclose(here["max"] + step, above["min"])):
            raise ValueError(f"{path}: {here['min']} to {here['max']} leaves a gap or an overlap")


def _at(path: str, grid: Mapping) -> Any:
    for name in path.split("."):
        grid = grid[name]
    return grid


def _check_day(path: str, day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError:
        raise ValueError(f"{path}: {day!r} is not a day") from None


def _check_bands(path: str, grid: Mapping, key: str) -> None:
    try:
        spans = [bounds(row[key]) for row in _at(path, grid)]
    except ValueError as fault:
        raise ValueError(f"{path}: {fault}") from None
    for value in VALUES:
        count = sum(low <= value <= high for low, high in spans)
        if count != 1:
            raise ValueError(f"{path}: {key} {value} is covered {count} times")


def _check_keys(path: str, grid: Mapping, key: str, known: Iterable[str] = ()) -> None:
    """Each key stands once, and each known one stands there; the pages have words for no other."""
    names = [row[key] for row in _at(path, grid)]
    if len(names) != len(set(names)):
        raise ValueError(f"{path}: a {key} stands twice")
    if known and set(names) != set(known):
        raise ValueError(f"{path}: the keys are not {', '.join(known)}")


def _check_all_or_nothing(path: str, factor: Mapping) -> None:
    points = [row["points"] for row in factor["cells"]]
    if points != [factor["max"], 0]:
        raise ValueError(f"{path}.cells: the points are not {factor['max']}, then 0")


def _check_top(path: str, top: int, rows: Iterable[Mapping], column: str) -> None:
    highest = max(row[column] for row in rows)
    if highest > top:
        raise ValueError(f"{path}.cells: {column} {highest} is above the factor's maximum {top}")


def _check_rising(path: str, grid: Mapping) -> None:
    points = [row["points"] for row in _at(path, grid)]
    if points != sorted(points):
        raise ValueError(f"{path}: the points do not rise")
