"""What a point grid must look like, and how its bands ("4-5", "10+", "below 4") are read.

Notes, sources and labels may stand beside what the schemas name; the calculators read only what is named here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import inf, isclose
from typing import Any

from jsonschema import Draft202012Validator

LEVELS = range(13)  # CLB and NCLC; 0 stands for no result
YEARS = range(11)  # completed years; every grid ends in an open band before ten
CRS_AGES = range(17, 46)
FSW_AGES = range(17, 48)
ABILITIES = ("speaking", "listening", "reading", "writing")
COLUMNS = ("with_spouse", "without_spouse")

_BAND = re.compile(r"(?P<under>(?:below|under) )?(?P<low>\d+)(?:-(?P<high>\d+)|(?P<open>\+)|(?P<less> or less))?")

POINTS = {"type": "integer", "minimum": 0, "maximum": 600}
TEXT = {"type": "string", "minLength": 1}
BAND = {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": f"^{_BAND.pattern}$"}]}
NUMBER = {"type": "number", "minimum": 0}


def fields(**properties: Any) -> dict:
    """Schema of an object in which each of these is required."""
    return {"type": "object", "required": list(properties), "properties": properties}


def cells(count: int | None = None, **properties: Any) -> dict:
    """Schema of a list of such objects, of a fixed length if given."""
    size = {"minItems": count, "maxItems": count} if count else {"minItems": 1}
    return {"type": "array", "items": fields(**properties), **size}


BY_SPOUSE = fields(with_spouse=POINTS, without_spouse=POINTS)
TIERS = {"enum": ["secondary_or_less", "one_year_or_longer", "two_or_more_or_graduate"]}
BY_LEVEL = {"level_7_to_8": POINTS, "level_9_plus": POINTS}
BY_YEARS = {"years_1": POINTS, "years_2_plus": POINTS}


def _crs_factor(**cell: Any) -> dict:
    return fields(max=BY_SPOUSE, cells=cells(with_spouse=POINTS, without_spouse=POINTS, **cell))


def _spouse_factor(**cell: Any) -> dict:
    return fields(max=POINTS, cells=cells(points=POINTS, **cell))


CRS_SCHEMA = fields(
    id=TEXT,
    valid_from=TEXT,
    total_max={"type": "integer", "minimum": 0, "maximum": 1200},
    section_max=fields(A_core=BY_SPOUSE, B_spouse=BY_SPOUSE),
    A=fields(
        age=fields(max=BY_SPOUSE, by_age=fields(**{str(age): BY_SPOUSE for age in CRS_AGES})),
        education=_crs_factor(key=TEXT, transferability_tier=TIERS),
        first_official_language=_crs_factor(level=BAND),
        second_official_language=_crs_factor(level=BAND),
        canadian_work=_crs_factor(years=BAND),
    ),
    B=fields(
        max=POINTS,
        education=_spouse_factor(key=TEXT),
        first_official_language=_spouse_factor(level=BAND),
        canadian_work=_spouse_factor(years=BAND),
    ),
    C=fields(
        max=POINTS,
        subgroup_caps=fields(education=POINTS, foreign_work=POINTS, certificate_of_qualification=POINTS),
        education_language=fields(cells=cells(3, tier=TIERS, **BY_LEVEL)),
        education_canadian_work=fields(cells=cells(3, tier=TIERS, **BY_YEARS)),
        foreign_work_language=fields(cells=cells(foreign_years=BAND, **BY_LEVEL)),
        foreign_work_canadian_work=fields(cells=cells(foreign_years=BAND, **BY_YEARS)),
        certificate_language=fields(
            cells=cells(2, certificate={"type": "boolean"}, level_5_to_6=POINTS, level_7_plus=POINTS)
        ),
    ),
    D=fields(
        max=POINTS,
        provincial_nomination=POINTS,
        french=fields(max=POINTS, cells=cells(2, points=POINTS)),
        education_in_canada=fields(max=POINTS, cells=cells(3, points=POINTS)),
        sibling_in_canada=fields(points=POINTS),
    ),
)

FSW_SCHEMA = fields(
    pass_mark={"type": "integer", "minimum": 0, "maximum": 100},
    maximum={"type": "integer", "minimum": 1},
    factors=fields(
        language=fields(
            first_official=fields(
                max=POINTS, per_ability=cells(level=BAND, points={"anyOf": [POINTS, {"type": "null"}]})
            ),
            second_official=fields(max=POINTS, cells=cells(2, points=POINTS)),
        ),
        education=fields(max=POINTS, cells=cells(key=TEXT, points=POINTS)),
        experience=fields(max=POINTS, cells=cells(years=BAND, points=POINTS)),
        age=fields(max=POINTS, by_age=fields(**{str(age): POINTS for age in FSW_AGES})),
        arranged_employment=fields(max=POINTS, cells=cells(2, points=POINTS)),
        adaptability=fields(max=POINTS, cells=cells(key=TEXT, points=POINTS)),
    ),
)

RANGE = fields(min=NUMBER, max=NUMBER)
LANGUAGE_SCHEMA = fields(
    tests={
        "type": "object",
        "minProperties": 1,
        "additionalProperties": fields(
            name=TEXT,
            language={"enum": ["english", "french"]},
            score_step={"type": "number", "exclusiveMinimum": 0},
            levels=cells(7, level={"type": "integer"}, **dict.fromkeys(ABILITIES, RANGE)),
        ),
    }
)
CORE_FACTORS = CRS_SCHEMA["properties"]["A"]["required"]  # age first
FSW_FACTORS = FSW_SCHEMA["properties"]["factors"]["required"][1:]  # language has two maxima of its own
SCHEMAS = {"crs": CRS_SCHEMA, "fsw": FSW_SCHEMA, "language": LANGUAGE_SCHEMA}


@lru_cache(maxsize=256)  # a score reads some forty bands
def bounds(band: int | str) -> tuple[int, float]:
    """Lowest and highest whole number that a band covers; raises ValueError for what is not a band."""
    match = _BAND.fullmatch(str(band))
    if not match:
        raise ValueError(f"{band!r} is not a band")
    number = int(match["low"])
    if match["under"] or match["less"]:
        return 0, number - 1 if match["under"] else number
    return number, inf if match["open"] else int(match["high"] or number)


def row_for(rows: Iterable[Mapping], key: str, value: int) -> Mapping:
    """The row whose band under ``key`` covers the value; a checked grid has exactly one."""
    for row in rows:
        low, high = bounds(row[key])
        if low <= value <= high:
            return row
    raise ValueError(f"{key} {value} is in no band")


def validate_grid(system: str, data: Any) -> None:
    """Check a grid of "crs", "fsw" or "language"; raises ValueError with the path and the fault."""
    if system not in SCHEMAS:
        raise ValueError(f"system: {system!r} is none of {', '.join(SCHEMAS)}")
    if error := next(Draft202012Validator(SCHEMAS[system]).iter_errors(data), None):
        raise ValueError(f"{'.'.join(map(str, error.absolute_path)) or 'grid'}: {error.message}")
    {"crs": _check_crs, "fsw": _check_fsw, "language": _check_language}[system](data)


def _check_crs(grid: Mapping) -> None:
    for section in ("A", "B"):
        _check_bands(f"{section}.first_official_language.cells", grid, "level", LEVELS)
        _check_bands(f"{section}.canadian_work.cells", grid, "years", YEARS)
    _check_bands("A.second_official_language.cells", grid, "level", LEVELS)
    for name in ("foreign_work_language", "foreign_work_canadian_work"):
        _check_bands(f"C.{name}.cells", grid, "foreign_years", YEARS)
    for name in ("education_language", "education_canadian_work"):
        _check_keys(f"C.{name}.cells", grid, "tier")
    _check_keys("C.certificate_language.cells", grid, "certificate")
    for section in ("A", "B"):
        _check_keys(f"{section}.education.cells", grid, "key")
    keys = [[cell["key"] for cell in grid[section]["education"]["cells"]] for section in ("A", "B")]
    if keys[0] != keys[1]:
        raise ValueError("B.education.cells: the keys differ from those of A.education.cells")
    _check_rising("D.french.cells", grid)
    _check_rising("D.education_in_canada.cells", grid)
    for column in COLUMNS:
        for name in CORE_FACTORS[1:]:
            _check_top(f"A.{name}", grid["A"][name]["max"][column], grid["A"][name]["cells"], column)
        parts = sum(grid["A"][name]["max"][column] for name in CORE_FACTORS)
        if parts != grid["section_max"]["A_core"][column]:
            raise ValueError(f"section_max.A_core.{column}: the factors add up to {parts}")


def _check_fsw(grid: Mapping) -> None:
    _check_bands("factors.language.first_official.per_ability", grid, "level", LEVELS)
    _check_bands("factors.experience.cells", grid, "years", YEARS)
    for factor in ("education", "adaptability"):
        _check_keys(f"factors.{factor}.cells", grid, "key")
    for factor in ("education", "experience", "adaptability"):
        _check_top(f"factors.{factor}", grid["factors"][factor]["max"], grid["factors"][factor]["cells"], "points")
    language = grid["factors"]["language"]
    parts = language["first_official"]["max"] + language["second_official"]["max"]
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
        if here["max"] < here["min"] or (above and not isclose(here["max"] + step, above["min"])):
            raise ValueError(f"{path}: {here['min']} to {here['max']} leaves a gap or an overlap")


def _at(path: str, grid: Mapping) -> Any:
    for name in path.split("."):
        grid = grid[name]
    return grid


def _check_bands(path: str, grid: Mapping, key: str, values: Iterable[int]) -> None:
    spans = [bounds(row[key]) for row in _at(path, grid)]
    for value in values:
        count = sum(low <= value <= high for low, high in spans)
        if count != 1:
            raise ValueError(f"{path}: {key} {value} is covered {count} times")
    if max(high for _, high in spans) != inf:
        raise ValueError(f"{path}: the highest {key} band is not open")


def _check_keys(path: str, grid: Mapping, key: str) -> None:
    names = [row[key] for row in _at(path, grid)]
    if len(names) != len(set(names)):
        raise ValueError(f"{path}: a {key} stands twice")


def _check_top(path: str, top: int, rows: Iterable[Mapping], column: str) -> None:
    highest = max(row[column] for row in rows)
    if highest > top:
        raise ValueError(f"{path}.cells: {column} {highest} is above the factor's maximum {top}")


def _check_rising(path: str, grid: Mapping) -> None:
    points = [row["points"] for row in _at(path, grid)]
    if points != sorted(points):
        raise ValueError(f"{path}: the points do not rise")
