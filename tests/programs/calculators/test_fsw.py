import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.calculators.fsw import FswProfile, maxima, score
from programs.calculators.language import ABILITIES, InputError, Levels
from programs.grids.validation import bounds

EDUCATION = (
    "doctoral",
    "masters_or_professional",
    "two_or_more_one_3yr",
    "three_year_plus",
    "two_year",
    "one_year",
    "secondary",
    "none",
)
ITEMS = (
    "spouse_language",
    "own_study_canada",
    "spouse_study_canada",
    "own_work_canada",
    "spouse_work_canada",
    "arranged_employment",
    "relative_canada",
)

levels = st.builds(Levels, *[st.integers(0, 12)] * 4)
profiles = st.builds(
    FswProfile,
    age=st.integers(0, 70),
    education=st.sampled_from(EDUCATION),
    first=levels,
    second=st.none() | levels,
    experience_years=st.integers(0, 12),
    arranged_employment=st.booleans(),
    adaptability=st.frozensets(st.sampled_from(ITEMS)),
    spouse=st.booleans(),
)


def all_at(level):
    return Levels(level, level, level, level)


def profile(**facts):
    return FswProfile(**{"age": 17, "education": "none", "first": all_at(0)} | facts)


def covered(band, beyond):
    """Each whole number of a band, an open one up to ``beyond``."""
    low, high = bounds(band)
    return range(low, int(min(high, beyond)) + 1)


def test_age_is_the_grids_cell(fsw_grid):
    cells = {int(age): points for age, points in fsw_grid["factors"]["age"]["by_age"].items()}
    expected = dict.fromkeys(range(17), 0) | cells | dict.fromkeys(range(48, 60), 0)

    found = {age: score(profile(age=age), fsw_grid).points["age"] for age in expected}

    assert len(cells) == 31
    assert found == expected


def test_education_is_the_grids_cell(fsw_grid):
    expected = {row["key"]: row["points"] for row in fsw_grid["factors"]["education"]["cells"]}

    found = {key: score(profile(education=key), fsw_grid).points["education"] for key in expected}

    assert tuple(expected) == EDUCATION
    assert found == expected


@pytest.mark.parametrize("ability", ABILITIES)
def test_first_language_is_the_grids_cell(fsw_grid, ability):
    rows = fsw_grid["factors"]["language"]["first_official"]["per_ability"]
    expected = {level: row["points"] or 0 for row in rows for level in covered(row["level"], 12)}

    found = {}
    for level in expected:
        found[level] = score(profile(first=all_at(0)._replace(**{ability: level})), fsw_grid).points["language_first"]

    assert sorted(expected) == list(range(13))
    assert found == expected


@pytest.mark.parametrize("ability", ABILITIES)
def test_second_language_is_the_grids_cell(fsw_grid, ability):
    full, none = [cell["points"] for cell in fsw_grid["factors"]["language"]["second_official"]["cells"]]
    expected = {0: none, 4: none, 5: full, 12: full}

    found = {}
    for level in expected:
        second = all_at(9)._replace(**{ability: level})
        found[level] = score(profile(second=second), fsw_grid).points["language_second"]

    assert found == expected
    assert score(profile(), fsw_grid).points["language_second"] == none


def test_experience_is_the_grids_cell(fsw_grid):
    rows = fsw_grid["factors"]["experience"]["cells"]
    expected = {years: row["points"] for row in rows for years in covered(row["years"], 12)}

    found = {years: score(profile(experience_years=years), fsw_grid).points["experience"] for years in expected}

    assert sorted(expected) == list(range(13))
    assert found == expected


def test_arranged_employment_is_the_grids_cell(fsw_grid):
    full, none = [cell["points"] for cell in fsw_grid["factors"]["arranged_employment"]["cells"]]

    assert score(profile(arranged_employment=True), fsw_grid).points["arranged_employment"] == full
    assert score(profile(), fsw_grid).points["arranged_employment"] == none


@pytest.mark.parametrize("key", ITEMS)
def test_adaptability_item_is_the_grids_cell(fsw_grid, key):
    expected = {row["key"]: row["points"] for row in fsw_grid["factors"]["adaptability"]["cells"]}
    arranged = key == "arranged_employment"

    found = score(profile(adaptability=frozenset([key]), spouse=True, arranged_employment=arranged), fsw_grid)

    assert tuple(expected) == ITEMS
    assert found.points["adaptability"] == expected[key]


@pytest.mark.parametrize("key", ITEMS)
def test_spouse_items_need_a_spouse(fsw_grid, key):
    with_spouse = score(profile(adaptability=frozenset([key]), spouse=True), fsw_grid).points["adaptability"]

    alone = score(profile(adaptability=frozenset([key])), fsw_grid).points["adaptability"]

    assert alone == (0 if key.startswith("spouse_") else with_spouse)


def test_answer_has_the_published_shape(fsw_grid):
    answer = score(profile(), fsw_grid).as_dict()

    assert list(answer) == ["points", "total", "meets_minimum_requirements", "passes_67", "reasons", "notes"]
    assert list(answer["points"]) == [
        "language_first",
        "language_second",
        "education",
        "experience",
        "age",
        "arranged_employment",
        "adaptability",
    ]


def test_maxima_are_the_grids(fsw_grid):
    assert maxima(fsw_grid) == {
        "language_first": 24,
        "language_second": 4,
        "education": 25,
        "experience": 15,
        "age": 12,
        "arranged_employment": 10,
        "adaptability": 10,
        "total": 100,
    }


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, ()),
        ({"first": Levels(7, 7, 6, 7)}, ("language_below_7",)),
        ({"experience_years": 0}, ("experience_under_1_year",)),
        ({"education": "none"}, ("education_below_secondary",)),
    ],
)
def test_minimum_requirements_stand_apart_from_the_pass_mark(fsw_grid, facts, reasons):
    least = {"education": "secondary", "first": all_at(7), "experience_years": 1}

    found = score(profile(**least | facts), fsw_grid)

    assert found.reasons == (*reasons, "below_pass_mark")
    assert (found.meets_minimum_requirements, found.passes_67) == (not reasons, False)


@pytest.mark.parametrize(
    ("facts", "notes"),
    [
        ({}, ()),
        ({"adaptability": frozenset(["own_work_canada"])}, ()),
        ({"adaptability": frozenset(["own_work_canada", "relative_canada"])}, ("adaptability_capped",)),
        ({"adaptability": frozenset(["spouse_language"])}, ("spouse_items_not_counted",)),
        ({"adaptability": frozenset(["spouse_language"]), "spouse": True}, ()),
        ({"adaptability": frozenset(["arranged_employment"])}, ("arranged_employment_item_not_counted",)),
        ({"adaptability": frozenset(["arranged_employment"]), "arranged_employment": True}, ()),
    ],
)
def test_notes_name_what_was_left_out(fsw_grid, facts, notes):
    assert score(profile(**facts), fsw_grid).notes == (*notes, "repeal_proposed")


def test_notes_are_silent_on_a_grid_that_stands(fsw_grid):
    standing = {name: value for name, value in fsw_grid.items() if name != "status"}

    assert score(profile(), standing).notes == ()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"age": -1}, ("age", "out_of_range")),
        ({"experience_years": -1}, ("experience_years", "out_of_range")),
        ({"first": all_at(13)}, ("first_speaking", "out_of_range")),
        ({"second": all_at(-1)}, ("second_speaking", "out_of_range")),
        ({"education": "masters"}, ("education", "unknown")),
        ({"adaptability": frozenset(["charm"])}, ("adaptability", "unknown")),
    ],
)
def test_score_refuses_naming_field_and_fault(fsw_grid, facts, expected):
    with pytest.raises(InputError) as error:
        score(profile(**facts), fsw_grid)

    assert (error.value.field, error.value.fault) == expected


@given(profile=profiles)
def test_points_stay_under_their_maxima_and_sum_to_the_total(fsw_grid, profile):
    found, top = score(profile, fsw_grid), maxima(fsw_grid)

    assert {key: points for key, points in found.points.items() if not 0 <= points <= top[key]} == {}
    assert found.total == sum(found.points.values())
    assert 0 <= found.total <= 100
    assert found.passes_67 == (found.total >= 67)


@given(profile=profiles, more=levels)
def test_more_language_never_lowers_the_total(fsw_grid, profile, more):
    better = FswProfile(**vars(profile) | {"first": Levels(*map(max, profile.first, more))})

    assert score(better, fsw_grid).total >= score(profile, fsw_grid).total
