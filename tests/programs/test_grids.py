import copy
from math import inf

import pytest

from programs.grids.validation import bounds, row_for, validate_grid


def changed(grid, path, value):
    """A copy of a grid with one value in another's place."""
    grid = copy.deepcopy(grid)
    *names, last = path
    part = grid
    for name in names:
        part = part[name]
    part[last] = value
    return grid


def without(grid, path):
    grid = copy.deepcopy(grid)
    *names, last = path
    part = grid
    for name in names:
        part = part[name]
    del part[last]
    return grid


def nested(depth):
    """A note whose parts lie in each other."""
    note = "note"
    for _level in range(depth):
        note = {"in": note}
    return note


def fault(system, grid):
    with pytest.raises(ValueError, match=": ") as error:
        validate_grid(system, grid)
    return str(error.value)


@pytest.mark.parametrize(
    ("band", "expected"),
    [
        (3, (3, 3)),
        ("6", (6, 6)),
        ("4-5", (4, 5)),
        ("10+", (10, inf)),
        ("4 or less", (0, 4)),
        ("below 4", (0, 3)),
        ("under 1", (0, 0)),
    ],
)
def test_bounds_of_a_band(band, expected):
    assert bounds(band) == expected


@pytest.mark.parametrize("band", ["", "many", "4-", "-1", "4+5", "4-3", "below 0", None])
def test_bounds_refuse_what_is_no_band(band):
    with pytest.raises(ValueError, match="is not a band"):
        bounds(band)


def test_row_for_finds_the_band_that_covers():
    rows = [{"level": "below 4"}, {"level": "4-5"}, {"level": "6+"}]

    found = [row_for(rows, "level", level)["level"] for level in (0, 3, 4, 5, 6, 12)]

    assert found == ["below 4", "below 4", "4-5", "4-5", "6+", "6+"]


def test_row_for_refuses_what_no_band_covers():
    with pytest.raises(ValueError, match="level 7 is in no band"):
        row_for([{"level": "below 4"}], "level", 7)


@pytest.mark.parametrize("system", ["crs", "fsw", "language"])
def test_the_grids_held_are_valid(point_grids, system):
    assert validate_grid(system, point_grids[system]) is None


@pytest.mark.parametrize("system", ["crs", "fsw", "language"])
@pytest.mark.parametrize("data", [None, [], {}, "grid"])
def test_a_grid_of_another_shape_is_refused(system, data):
    assert fault(system, data).startswith("grid: ")


def test_an_unknown_system_is_refused():
    assert fault("points", {}) == "system: 'points' is none of crs, fsw, language"


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (["A", "age", "by_age", "30", "with_spouse"], "95", "A.age.by_age.30.with_spouse: '95' is not of type"),
        (["A", "age", "by_age", "30", "with_spouse"], 9.5, "A.age.by_age.30.with_spouse: 9.5 is not of type"),
        (["D", "provincial_nomination"], 601, "D.provincial_nomination: 601 is greater than the maximum of 600"),
        (["D", "sibling_in_canada", "points"], -1, "D.sibling_in_canada.points: -1 is less than the minimum of 0"),
        (["A", "canadian_work", "cells", 1, "years"], "some", "A.canadian_work.cells.1.years: 'some' is not valid"),
        (["A", "canadian_work", "cells", 1, "years"], 2, "A.canadian_work.cells: years 1 is covered 0 times"),
        (
            ["A", "first_official_language", "cells", 1, "level"],
            "4-6",
            "A.first_official_language.cells: level 6 is covered 2 times",
        ),
        (
            ["B", "first_official_language", "cells", 3, "level"],
            "9-12",
            "B.first_official_language.cells: level 13 is covered 0 times",
        ),
        (
            ["C", "foreign_work_language", "cells", 2, "foreign_years"],
            "4+",
            "C.foreign_work_language.cells: foreign_years 3 is covered 0 times",
        ),
        (
            ["C", "education_language", "cells", 0, "tier"],
            "one_year_or_longer",
            "C.education_language.cells: a tier stands twice",
        ),
        (
            ["C", "certificate_language", "cells", 0, "certificate"],
            True,
            "C.certificate_language.cells: a certificate stands twice",
        ),
        (["A", "education", "cells", 0, "key"], "masters", "A.education.cells: a key stands twice"),
        (
            ["B", "education", "cells", 0, "key"],
            "kindergarten",
            "B.education.cells: the keys are not none, secondary",
        ),
        (["D", "french", "cells", 0, "points"], 60, "D.french.cells: the points do not rise"),
        (["D", "french", "cells", 1, "points"], 60, "D.french.cells: points 60 is above the factor's maximum 50"),
        (["D", "max"], 500, "section_max: section D has 500 at most, not 600"),
        (["D", "job_offer", "points"], 50, "D.job_offer.points: an offer that was removed brings none"),
        (["D", "job_offer", "removed_on"], "2025-02-30", "D.job_offer.removed_on: '2025-02-30' is not a day"),
        (["D", "job_offer", "removed_on"], "2025-03-26", "D.job_offer.removed_on: offers ended after the first day"),
        (["D", "job_offer", "major_group_00"], 50, "D.job_offer.points: an offer that was removed brings none"),
        (["D", "job_offer"], {"points": 0}, "D.job_offer.points: 0 is not between 1 and the section's 600"),
        (["D", "job_offer"], {"points": 50, "major_group_00": 0}, "D.job_offer.major_group_00: 0 is not between 1"),
        (["D", "job_offer"], {"points": 50, "tier_1": 200}, "D.job_offer: Additional properties are not allowed"),
        (["D", "job_offer", "high_wage"], 50, "D.job_offer: Additional properties are not allowed ('high_wage' was"),
        (["D", "volunteering"], {"points": 9}, "D: Additional properties are not allowed ('volunteering' was"),
        (["A", "age", "by_age", "46"], {}, "A.age.by_age: Additional properties are not allowed ('46' was"),
        (["D", "max"], 600.0, "D.max: 600.0 is not of type 'integer'"),
        (["id"], "a/b", "id: 'a/b' does not match"),
        (["id"], "2025-03-25\n", "id: '2025-03-25\\n' does not match"),
        (["id"], "2025-03-26", "id: 2025-03-26 is not the first day of the grid, 2025-03-25"),
        (["A", "canadian_work", "cells", 0, "years"], "below 0", "A.canadian_work.cells: 'below 0' is not a band"),
        (["A", "canadian_work", "cells", 4, "years"], "4-1", "A.canadian_work.cells: '4-1' is not a band"),
        (["rounding"], nested(13), "grid: parts lie in each other more than 12 deep"),
        (["rounding"], nested(100_000), "grid: parts lie in each other more than 12 deep"),
        (["total_max"], 1199, "total_max: the sections add up to 1200"),
        (["section_max", "B_spouse", "without_spouse"], 40, "total_max: the sections add up to 1240"),
        (["note"], "a\0b", "grid: a null character stands in a text"),
        (["note"], "a\ud800b", "grid: 'utf-8' codec can't encode"),
        (["note"], float("nan"), "grid: Out of range float values are not JSON compliant"),
        (
            ["A", "education", "cells", 7, "with_spouse"],
            141,
            "A.education.cells: with_spouse 141 is above the factor's maximum 140",
        ),
        (
            ["section_max", "A_core", "without_spouse"],
            501,
            "section_max.A_core.without_spouse: the factors add up to 500",
        ),
    ],
)
def test_a_faulty_crs_grid_is_refused_naming_path_and_fault(crs_grid, path, value, expected):
    assert fault("crs", changed(crs_grid, path, value)).startswith(expected)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (["A", "age", "by_age", "31"], "A.age.by_age: '31' is a required property"),
        (["C", "education_language", "cells", 2], "C.education_language.cells: [{"),
        (["D"], "grid: 'D' is a required property"),
        (["D", "job_offer", "previous"], "D.job_offer: 'previous' is a dependency of 'removed_on'"),
        (["section_max", "C_transferability"], "section_max: 'C_transferability' is a required property"),
        (["total_max"], "grid: 'total_max' is a required property"),
    ],
)
def test_an_incomplete_crs_grid_is_refused(crs_grid, path, expected):
    assert fault("crs", without(crs_grid, path)).startswith(expected)


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (["pass_mark"], 101, "pass_mark: 101 is greater than the maximum of 100"),
        (["maximum"], 99, "maximum: the factors add up to 100"),
        (["factors", "age", "by_age", "18"], None, "factors.age.by_age.18: None is not of type"),
        (
            ["factors", "experience", "cells", 3, "years"],
            "4",
            "factors.experience.cells: years 5 is covered 0 times",
        ),
        (
            ["factors", "language", "first_official", "per_ability", 0, "level"],
            "10+",
            "factors.language.first_official.per_ability: level 9 is covered 0 times",
        ),
        (["factors", "education", "cells", 0, "key"], "none", "factors.education.cells: a key stands twice"),
        (
            ["factors", "education", "cells", 0, "points"],
            26,
            "factors.education.cells: points 26 is above the factor's maximum 25",
        ),
        (["factors", "education", "cells", 0, "key"], "phd", "factors.education.cells: the keys are not doctoral"),
        (["factors", "arranged_employment", "cells", 0, "points"], 5, "factors.arranged_employment.cells: the points"),
        (["factors", "age", "legal"], None, "factors.age.legal: None is not of type 'string'"),
        (["factors", "language", "max"], 27, "factors.language.max: both languages add up to 28"),
        (
            ["factors", "adaptability", "cells", 1, "key"],
            "spouse_language",
            "factors.adaptability.cells: a key stands",
        ),
    ],
)
def test_a_faulty_fsw_grid_is_refused_naming_path_and_fault(fsw_grid, path, value, expected):
    assert fault("fsw", changed(fsw_grid, path, value)).startswith(expected)


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (["language"], "klingon", "tests.pte_core.language: 'klingon' is not one of"),
        (["score_step"], 0, "tests.pte_core.score_step: 0 is less than the minimum of 0.01"),
        (["levels", 0, "level"], 9, "tests.pte_core.levels: not one row for each level from 4 to 10"),
        (
            ["levels", 1, "reading", "max"],
            86,
            "tests.pte_core.levels.reading: 78 to 86 leaves a gap or an overlap",
        ),
        (
            ["levels", 0, "reading", "max"],
            80,
            "tests.pte_core.levels.reading: 88 to 80 leaves a gap or an overlap",
        ),
    ],
)
def test_a_faulty_language_table_is_refused_naming_path_and_fault(language_tests, path, value, expected):
    assert fault("language", changed(language_tests, ["tests", "pte_core", *path], value)).startswith(expected)


def test_notes_beside_the_cells_are_welcome(crs_grid):
    noted = copy.deepcopy(crs_grid)
    noted["A"]["note"] = "checked twice"

    assert validate_grid("crs", noted) is None
