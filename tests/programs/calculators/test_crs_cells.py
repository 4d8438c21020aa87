"""Every cell of the CRS grid, one by one."""

import pytest

from programs.calculators.crs import CANADIAN_STUDY, score
from programs.calculators.language import ABILITIES, Levels
from programs.grids.validation import bounds
from tests.programs.calculators.crs_profiles import EDUCATION, all_at, profile

COLUMNS = {"with_spouse": "accompanying", "without_spouse": "none"}


def covered(band, beyond):
    """Each whole number of a band, an open one up to ``beyond``."""
    low, high = bounds(band)
    return range(low, int(min(high, beyond)) + 1)


@pytest.mark.parametrize("column", COLUMNS)
def test_age_is_the_grids_cell(crs_grid, column):
    cells = {int(age): row[column] for age, row in crs_grid["A"]["age"]["by_age"].items()}
    expected = dict.fromkeys(range(17), 0) | cells | dict.fromkeys(range(46, 60), 0)

    found = {age: score(profile(age=age, spouse=COLUMNS[column]), crs_grid).A["age"] for age in expected}

    assert len(cells) == 29
    assert found == expected


@pytest.mark.parametrize("column", COLUMNS)
def test_education_is_the_grids_cell(crs_grid, column):
    expected = {row["key"]: row[column] for row in crs_grid["A"]["education"]["cells"]}

    found = {key: score(profile(education=key, spouse=COLUMNS[column]), crs_grid).A["education"] for key in expected}

    assert tuple(expected) == EDUCATION
    assert found == expected


@pytest.mark.parametrize("ability", ABILITIES)
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(
    ("field", "factor", "line"),
    [
        ("first", "first_official_language", "first_language"),
        ("second", "second_official_language", "second_language"),
    ],
)
def test_language_is_the_grids_cell(crs_grid, field, factor, line, column, ability):
    rows = crs_grid["A"][factor]["cells"]
    expected = {level: row[column] for row in rows for level in covered(row["level"], 12)}

    found = {}
    for level in expected:
        facts = {field: all_at(0)._replace(**{ability: level}), "spouse": COLUMNS[column]}
        found[level] = score(profile(**facts), crs_grid).A[line]

    assert sorted(expected) == list(range(13))
    assert found == expected


@pytest.mark.parametrize("column", COLUMNS)
def test_canadian_work_is_the_grids_cell(crs_grid, column):
    rows = crs_grid["A"]["canadian_work"]["cells"]
    expected = {years: row[column] for row in rows for years in covered(row["years"], 12)}

    found = {
        years: score(profile(canadian_work_years=years, spouse=COLUMNS[column]), crs_grid).A["canadian_work"]
        for years in expected
    }

    assert found == expected


def test_spouse_education_is_the_grids_cell(crs_grid):
    expected = {row["key"]: row["points"] for row in crs_grid["B"]["education"]["cells"]}

    found = {
        key: score(profile(spouse="accompanying", spouse_education=key), crs_grid).B["education"] for key in expected
    }

    assert tuple(expected) == EDUCATION
    assert found == expected


@pytest.mark.parametrize("ability", ABILITIES)
def test_spouse_language_is_the_grids_cell(crs_grid, ability):
    rows = crs_grid["B"]["first_official_language"]["cells"]
    expected = {level: row["points"] for row in rows for level in covered(row["level"], 12)}

    found = {}
    for level in expected:
        spouse = all_at(0)._replace(**{ability: level})
        found[level] = score(profile(spouse="accompanying", spouse_first=spouse), crs_grid).B["language"]

    assert found == expected


def test_spouse_canadian_work_is_the_grids_cell(crs_grid):
    rows = crs_grid["B"]["canadian_work"]["cells"]
    expected = {years: row["points"] for row in rows for years in covered(row["years"], 12)}

    found = {
        years: score(profile(spouse="accompanying", spouse_canadian_work_years=years), crs_grid).B["canadian_work"]
        for years in expected
    }

    assert found == expected


def language_cells(row):
    return {6: 0, 7: row["level_7_to_8"], 8: row["level_7_to_8"], 9: row["level_9_plus"], 10: row["level_9_plus"]}


def work_cells(row):
    return {0: 0, 1: row["years_1"], 2: row["years_2_plus"], 9: row["years_2_plus"]}


@pytest.mark.parametrize("education", EDUCATION)
def test_education_pairs_are_the_grids_cells(crs_grid, education):
    C = crs_grid["C"]
    tier = next(c["transferability_tier"] for c in crs_grid["A"]["education"]["cells"] if c["key"] == education)
    by_level = next(language_cells(row) for row in C["education_language"]["cells"] if row["tier"] == tier)
    by_years = next(work_cells(row) for row in C["education_canadian_work"]["cells"] if row["tier"] == tier)

    found_by_level, found_by_years = {}, {}
    for level in by_level:
        lowest = all_at(10)._replace(reading=level)
        found_by_level[level] = score(profile(education=education, first=lowest), crs_grid).C["education_language"]
    for years in by_years:
        worker = profile(education=education, canadian_work_years=years)
        found_by_years[years] = score(worker, crs_grid).C["education_canadian_work"]

    assert found_by_level == by_level
    assert found_by_years == by_years


def test_foreign_work_pairs_are_the_grids_cells(crs_grid):
    C = crs_grid["C"]
    by_level = {
        (years, level): points
        for row in C["foreign_work_language"]["cells"]
        for years in covered(row["foreign_years"], 5)
        for level, points in language_cells(row).items()
    }
    by_years = {
        (years, here): points
        for row in C["foreign_work_canadian_work"]["cells"]
        for years in covered(row["foreign_years"], 5)
        for here, points in work_cells(row).items()
    }

    found_by_level, found_by_years = {}, {}
    for years, level in by_level:
        lowest = all_at(10)._replace(listening=level)
        worker = profile(first=lowest, foreign_work_years=years)
        found_by_level[years, level] = score(worker, crs_grid).C["foreign_language"]
    for years, here in by_years:
        worker = profile(foreign_work_years=years, canadian_work_years=here)
        found_by_years[years, here] = score(worker, crs_grid).C["foreign_canadian_work"]

    assert (len(by_level), len(by_years)) == (6 * 5, 6 * 4)
    assert found_by_level == by_level
    assert found_by_years == by_years


@pytest.mark.parametrize("certificate", [False, True])
def test_certificate_is_the_grids_cell(crs_grid, certificate):
    cells = crs_grid["C"]["certificate_language"]["cells"]
    row = next(row for row in cells if row["certificate"] == certificate)
    low, high = row["level_5_to_6"], row["level_7_plus"]
    expected = {4: 0, 5: low, 6: low, 7: high, 8: high, 10: high}

    found = {}
    for level in expected:
        holder = profile(certificate=certificate, first=all_at(10)._replace(writing=level))
        found[level] = score(holder, crs_grid).C["certificate_group"]

    assert found == expected


def test_additional_points_are_the_grids_cells(crs_grid):
    D = crs_grid["D"]
    study = [cell["points"] for cell in D["education_in_canada"]["cells"]]

    found = [score(profile(canadian_study=key), crs_grid).D["study_in_canada"] for key in CANADIAN_STUDY]

    assert found == study
    assert score(profile(nomination=True), crs_grid).D["nomination"] == D["provincial_nomination"]
    assert score(profile(sibling=True), crs_grid).D["sibling"] == D["sibling_in_canada"]["points"]


@pytest.mark.parametrize("first", ["english", "french"])
@pytest.mark.parametrize(
    ("french", "english", "cell"),
    [
        (all_at(6), all_at(10), None),
        (Levels(10, 10, 10, 6), all_at(10), None),
        (all_at(7), None, 0),
        (all_at(7), all_at(4), 0),
        (all_at(10), Levels(5, 5, 5, 4), 0),
        (all_at(7), all_at(5), 1),
    ],
)
def test_french_is_the_grids_cell_whichever_is_first(crs_grid, first, french, english, cell):
    pair = (english or all_at(0), french) if first == "english" else (french, english)
    expected = 0 if cell is None else crs_grid["D"]["french"]["cells"][cell]["points"]

    found = score(profile(first_language=first, first=pair[0], second=pair[1]), crs_grid)

    assert found.D["french"] == expected
