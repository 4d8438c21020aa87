from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.calculators.language import (
    ABILITIES,
    CLB,
    InputError,
    Levels,
    accepted_tests,
    check_levels,
    check_second_test,
    first_language,
    language_of,
    level,
    levels,
    other_language,
    scale,
    scores_for,
)

TESTS = ("ielts_general", "celpip_general", "pte_core", "tef_canada", "tcf_canada")


def fault(error):
    return error.value.field, error.value.fault


def steps(low, high, step):
    count = int((Decimal(str(high)) - Decimal(str(low))) / Decimal(str(step)))
    return [Decimal(str(low)) + index * Decimal(str(step)) for index in range(count + 1)]


@pytest.mark.parametrize("ability", ABILITIES)
@pytest.mark.parametrize("test", TESTS)
def test_level_of_every_score_is_the_tables(language_tests, test, ability):
    table = language_tests["tests"][test]
    expected = {
        score: row["level"]
        for row in table["levels"]
        for score in steps(row[ability]["min"], row[ability]["max"], table["score_step"])
    }

    found = {score: level(language_tests, test, ability, score) for score in expected}

    assert set(expected.values()) == set(range(4, 11))
    assert found == expected


@pytest.mark.parametrize("ability", ABILITIES)
@pytest.mark.parametrize("test", TESTS)
def test_level_below_the_table_is_zero(language_tests, test, ability):
    table = language_tests["tests"][test]
    lowest = min(row[ability]["min"] for row in table["levels"])

    found = {level(language_tests, test, ability, score) for score in steps(0, lowest, table["score_step"])[:-1]}

    assert found == {0}


@pytest.mark.parametrize(
    ("test", "ability", "score", "expected"),
    [
        ("ielts_general", "listening", "7.0", 7),
        ("ielts_general", "listening", 7.5, 8),
        ("ielts_general", "reading", 7.5, 9),
        ("ielts_general", "reading", 8, 10),
        ("ielts_general", "reading", 3, 0),
        ("celpip_general", "writing", 12, 10),
        ("pte_core", "writing", 89, 9),
        ("tef_canada", "speaking", 309, 6),
        ("tcf_canada", "speaking", 10, 7),
        ("tcf_canada", "listening", 457, 6),
        ("clb", "reading", 3, 3),
        ("clb", "reading", "12", 12),
    ],
)
def test_level_known_by_hand(language_tests, test, ability, score, expected):
    assert level(language_tests, test, ability, score) == expected


@pytest.mark.parametrize(
    ("test", "ability", "score", "expected"),
    [
        ("toefl", "reading", 7, ("test", "unknown")),
        ("ielts_general", "singing", 7, ("ability", "unknown")),
        ("ielts_general", "reading", "seven", ("reading", "not_a_number")),
        ("ielts_general", "reading", "NaN", ("reading", "not_a_number")),
        ("ielts_general", "reading", float("inf"), ("reading", "not_a_number")),
        ("ielts_general", "reading", -0.5, ("reading", "out_of_range")),
        ("ielts_general", "reading", 9.5, ("reading", "out_of_range")),
        ("ielts_general", "reading", 7.25, ("reading", "wrong_step")),
        ("pte_core", "reading", "60.5", ("reading", "wrong_step")),
        ("tcf_canada", "speaking", 458, ("speaking", "out_of_range")),
        ("clb", "reading", 13, ("reading", "out_of_range")),
        ("clb", "reading", 7.5, ("reading", "wrong_step")),
    ],
)
def test_level_refuses_what_the_test_does_not_give(language_tests, test, ability, score, expected):
    with pytest.raises(InputError) as error:
        level(language_tests, test, ability, score)

    assert fault(error) == expected


def test_input_error_says_what_fits(language_tests):
    with pytest.raises(InputError) as error:
        level(language_tests, "tcf_canada", "speaking", 458)

    assert error.value.limits == {"min": 0, "max": 20}
    assert str(error.value) == "speaking: out_of_range (min 0, max 20)"
    assert str(InputError("test", "unknown")) == "test: unknown"


@given(test=st.sampled_from([*TESTS, CLB]), ability=st.sampled_from(ABILITIES), score=st.text() | st.floats())
def test_level_answers_or_refuses_anything(language_tests, test, ability, score):
    try:
        answer = level(language_tests, test, ability, score)
    except InputError as error:
        answer = error.field

    assert answer == ability or answer in range(13)


@given(test=st.sampled_from(TESTS), ability=st.sampled_from(ABILITIES), data=st.data())
def test_level_never_falls_as_the_score_rises(language_tests, test, ability, data):
    low, high, step = scale(language_tests, test, ability)
    scores = st.integers(0, int((high - low) / step)).map(lambda count: low + count * step)
    lower, higher = sorted((data.draw(scores), data.draw(scores)))

    assert level(language_tests, test, ability, lower) <= level(language_tests, test, ability, higher)


def test_levels_of_a_sitting(language_tests):
    scores = {"speaking": 7, "listening": "8.5", "reading": 6.5, "writing": Decimal(6)}

    assert levels(language_tests, "ielts_general", scores) == Levels(9, 10, 8, 7)


@pytest.mark.parametrize("missing", [None, ""])
def test_levels_need_all_four(language_tests, missing):
    with pytest.raises(InputError) as error:
        levels(language_tests, CLB, {"speaking": 0, "listening": missing, "reading": 7, "writing": 7})

    assert fault(error) == ("listening", "required")


def test_scores_for_gives_the_tables_cells(language_tests):
    cells = {
        (test, row["level"], ability): (Decimal(str(row[ability]["min"])), Decimal(str(row[ability]["max"])))
        for test, table in language_tests["tests"].items()
        for row in table["levels"]
        for ability in ABILITIES
    }

    found = {
        (test, wanted, ability): span
        for wanted in range(13)
        for test, spans in scores_for(language_tests, wanted).items()
        for ability, span in spans.items()
    }

    assert len(cells) == 5 * 7 * 4
    assert found == cells


def test_scores_for_known_by_hand(language_tests):
    found = scores_for(language_tests, 7)

    assert list(found) == list(TESTS)
    assert found["ielts_general"]["listening"] == (Decimal("6.0"), Decimal("7.0"))
    assert found["tef_canada"]["reading"] == (207, 232)
    assert scores_for(language_tests, 3) == scores_for(language_tests, 11) == {}


@pytest.mark.parametrize("test", TESTS)
def test_scores_for_leads_back(language_tests, test):
    for wanted in range(4, 11):
        for ability, span in scores_for(language_tests, wanted)[test].items():
            assert [level(language_tests, test, ability, score) for score in span] == [wanted, wanted]


def test_accepted_tests_of_each_language(language_tests):
    assert accepted_tests(language_tests, "english") == ["clb", "ielts_general", "celpip_general", "pte_core"]
    assert accepted_tests(language_tests, "french") == ["clb", "tef_canada", "tcf_canada"]


def test_language_of_a_test(language_tests):
    assert [language_of(language_tests, test) for test in TESTS] == ["english"] * 3 + ["french"] * 2
    assert language_of(language_tests, CLB) is None
    assert other_language("english") == "french"
    assert other_language("french") == "english"


@pytest.mark.parametrize(
    ("test", "said", "expected"),
    [
        ("ielts_general", None, "english"),
        ("tef_canada", "", "french"),
        ("tcf_canada", "french", "french"),
        ("clb", "english", "english"),
        ("clb", "french", "french"),
    ],
)
def test_first_language_follows_the_test_or_what_is_said(language_tests, test, said, expected):
    assert first_language(language_tests, test, said) == expected


@pytest.mark.parametrize(
    ("test", "said", "expected"),
    [
        ("clb", None, ("first_language", "required")),
        ("clb", "klingon", ("first_language", "unknown")),
        ("toefl", None, ("first_test", "unknown")),
        ("tef_canada", "english", ("first_test", "wrong_language")),
    ],
)
def test_first_language_refuses(language_tests, test, said, expected):
    with pytest.raises(InputError) as error:
        first_language(language_tests, test, said)

    assert fault(error) == expected


@pytest.mark.parametrize(
    ("first", "test", "expected"),
    [
        ("english", "pte_core", ("second_test", "same_language")),
        ("french", "tcf_canada", ("second_test", "same_language")),
        ("french", "toefl", ("second_test", "unknown")),
    ],
)
def test_second_test_refuses(language_tests, first, test, expected):
    with pytest.raises(InputError) as error:
        check_second_test(language_tests, first, test)

    assert fault(error) == expected


@pytest.mark.parametrize(("first", "test"), [("english", "tef_canada"), ("french", "ielts_general"), ("english", CLB)])
def test_second_test_in_the_other_language_fits(language_tests, first, test):
    assert check_second_test(language_tests, first, test) is None


@pytest.mark.parametrize("wrong", [-1, 13])
def test_levels_outside_the_scale_are_refused(wrong):
    with pytest.raises(InputError) as error:
        check_levels("second", Levels(7, 7, wrong, 7))

    assert fault(error) == ("second_reading", "out_of_range")


def test_levels_on_the_scale_are_accepted():
    assert check_levels("first", Levels(0, 4, 10, 12)) is None
    assert check_levels("second", None) is None
