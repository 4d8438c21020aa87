from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.calculators.crs import CANADIAN_STUDY, SPOUSE, Cap, CrsProfile, maxima, score
from programs.calculators.language import InputError, Levels
from tests.programs.calculators.crs_profiles import EDUCATION, all_at, profile

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
