from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.calculators.crs import CANADIAN_STUDY, SPOUSE, Cap, CrsProfile, maxima, score
from programs.calculators.language import ABILITIES, InputError, Levels
from programs.grids import bounds

EDUCATION = ("none", "secondary", "one_year", "two_year", "bachelors", "two_or_more", "masters", "doctoral")
COLUMNS = {"with_spouse": "accompanying", "without_spouse": "none"}

levels = st.builds(Levels, *[st.integers(0, 12)] * 4)
profiles = st.builds(
    CrsProfile,
    age=st.integers(0, 70),
    education=st.sampled_from(EDUCATION),
    first_language=st.sampled_from(["english", "french"]),
    first=levels,
    second=st.none() | levels,
    canadian_work_years=st.integers(0, 12),
    foreign_work_years=st.integers(0, 12),
    certificate=st.booleans(),
    nomination=st.booleans(),
    sibling=st.booleans(),
    canadian_study=st.sampled_from(CANADIAN_STUDY),
    spouse=st.sampled_from(SPOUSE),
    spouse_education=st.sampled_from(EDUCATION),
    spouse_first=st.none() | levels,
    spouse_canadian_work_years=st.integers(0, 12),
)


def all_at(level):
    return Levels(level, level, level, level)


def profile(**facts):
    return CrsProfile(**{"age": 17, "education": "none", "first_language": "english", "first": all_at(0)} | facts)


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


def test_answer_has_the_published_shape(crs_grid):
    answer = score(profile(), crs_grid).as_dict()

    assert list(answer) == ["grid", "total", "A", "B", "C", "D", "notes"]
    assert list(answer["A"]) == ["age", "education", "first_language", "second_language", "canadian_work", "section"]
    assert list(answer["B"]) == ["education", "language", "canadian_work", "section"]
    assert list(answer["C"]) == [
        "education_language",
        "education_canadian_work",
        "education_group",
        "foreign_language",
        "foreign_canadian_work",
        "foreign_group",
        "certificate_group",
        "section",
    ]
    assert list(answer["D"]) == ["nomination", "french", "study_in_canada", "sibling", "section"]
    assert answer["grid"] == "2025-03-25"


def test_maxima_are_the_grids(crs_grid):
    groups = {"education_group": 50, "foreign_group": 50, "certificate_group": 50, "section": 100}
    pairs = dict.fromkeys(
        ("education_language", "education_canadian_work", "foreign_language", "foreign_canadian_work"), 50
    )
    shared = {
        "C": pairs | groups,
        "D": {"nomination": 600, "french": 50, "study_in_canada": 30, "sibling": 15, "section": 600},
        "total": 1200,
    }

    alone, together = maxima(profile(), crs_grid), maxima(profile(spouse="accompanying"), crs_grid)

    names = ("age", "education", "first_language", "second_language", "canadian_work", "section")
    assert alone == shared | {
        "A": dict(zip(names, (110, 150, 136, 24, 80, 500), strict=True)),
        "B": {"education": 0, "language": 0, "canadian_work": 0, "section": 0},
    }
    assert together == shared | {
        "A": dict(zip(names, (100, 140, 128, 22, 70, 460), strict=True)),
        "B": {"education": 10, "language": 20, "canadian_work": 10, "section": 40},
    }
    assert list(alone["C"]) == list(score(profile(), crs_grid).C)


def test_caps_say_what_they_took(crs_grid):
    nominee = profile(nomination=True, sibling=True, second=all_at(9), spouse="accompanying")

    found = score(nominee, crs_grid).caps

    assert found == (Cap("A.second_language", 24, 22), Cap("D.section", 640, 600))


@pytest.mark.parametrize(
    ("facts", "notes"),
    [
        ({}, ()),
        ({"first": all_at(5), "second": all_at(7)}, ()),
        ({"first": all_at(4), "second": all_at(7)}, ()),
        ({"first": Levels(5, 4, 5, 5), "second": all_at(7)}, ("french_mixed_english",)),
        ({"first": Levels(5, 4, 5, 5), "second": Levels(7, 7, 7, 6)}, ()),
        ({"spouse": "citizen", "spouse_education": "masters"}, ("spouse_not_counted",)),
        ({"spouse": "not-accompanying", "spouse_first": all_at(9)}, ("spouse_not_counted",)),
        ({"spouse_canadian_work_years": 1}, ("spouse_not_counted",)),
        ({"spouse": "accompanying", "spouse_canadian_work_years": 1}, ()),
    ],
)
def test_notes_name_what_a_reader_must_know(crs_grid, facts, notes):
    assert score(profile(**facts), crs_grid).notes == ("grid_superseded_reported", *notes)


def test_notes_are_silent_on_a_grid_that_stands(crs_grid):
    standing = {name: value for name, value in crs_grid.items() if name != "superseded_reported"}

    assert score(profile(), standing).notes == ()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"age": -1}, ("age", "out_of_range")),
        ({"canadian_work_years": -1}, ("canadian_work_years", "out_of_range")),
        ({"spouse": "maybe"}, ("spouse", "unknown")),
        ({"first_language": "latin"}, ("first_language", "unknown")),
        ({"canadian_study": "some"}, ("canadian_study", "unknown")),
        ({"first": all_at(13)}, ("first_speaking", "out_of_range")),
        ({"second": all_at(-1)}, ("second_speaking", "out_of_range")),
        ({"spouse_first": all_at(13)}, ("spouse_speaking", "out_of_range")),
        ({"education": "wizardry"}, ("education", "unknown")),
        ({"spouse": "accompanying", "spouse_education": "wizardry"}, ("spouse_education", "unknown")),
    ],
)
def test_score_refuses_naming_field_and_fault(crs_grid, facts, expected):
    with pytest.raises(InputError) as error:
        score(profile(**facts), crs_grid)

    assert (error.value.field, error.value.fault) == expected


@given(profile=profiles)
def test_caps_are_never_exceeded(crs_grid, profile):
    answer, top = score(profile, crs_grid).as_dict(), maxima(profile, crs_grid)

    over = [
        (section, line, points)
        for section in "ABCD"
        for line, points in answer[section].items()
        if not 0 <= points <= top[section][line]
    ]

    assert over == []


@given(profile=profiles)
def test_sections_sum_to_the_total(crs_grid, profile):
    found = score(profile, crs_grid)

    assert found.total == sum(part["section"] for part in (found.A, found.B, found.C, found.D))
    assert 0 <= found.total <= 1200


@given(profile=profiles)
def test_lines_sum_to_their_section(crs_grid, profile):
    found = score(profile, crs_grid)
    groups = [found.C[f"{name}_group"] for name in ("education", "foreign", "certificate")]
    pairs = {"education": 0, "foreign": 0}
    for name in pairs:
        pairs[name] = found.C[f"{name}_language"] + found.C[f"{name}_canadian_work"]

    assert found.A["section"] == sum(found.A.values()) - found.A["section"]
    assert found.B["section"] == sum(found.B.values()) - found.B["section"]
    assert groups[:2] == [min(points, 50) for points in pairs.values()]
    assert found.C["section"] == min(sum(groups), 100)
    assert found.D["section"] == min(sum(found.D.values()) - found.D["section"], 600)


@given(profile=profiles, field=st.sampled_from(["first", "second"]), more=levels)
def test_more_language_never_lowers_a(crs_grid, profile, field, more):
    held = getattr(profile, field) or all_at(0)
    better = replace(profile, **{field: Levels(*map(max, held, more))})

    before, after = score(profile, crs_grid), score(better, crs_grid)

    assert after.A["section"] >= before.A["section"]
    assert after.total >= before.total
