import pytest

from programs.calculators.crs import CrsProfile, score
from programs.calculators.language import InputError, Levels
from programs.calculators.steps import ScoreStep, birthday_cost, single_steps
from programs.calculators.worked_cases import crs_cases

CASES = crs_cases()


def all_at(level):
    return Levels(level, level, level, level)


def profile(**facts):
    return CrsProfile(**{"age": 30, "education": "masters", "first_language": "english", "first": all_at(9)} | facts)


def found(steps, *changes):
    return [(step.change, step.value, step.gain) for step in steps if step.change in changes]


def test_steps_of_the_masters_case(crs_grid):
    steps = single_steps(profile(foreign_work_years=3), crs_grid)

    assert steps == [
        ScoreStep("nomination", True, 600, 1064),
        ScoreStep("second_language", 9, 74, 538),  # 24 for the language, 50 for French
        ScoreStep("french", 7, 62, 526),  # 12 and 50
        ScoreStep("canadian_work_years", 1, 40, 504),  # both transferability groups are full
        ScoreStep("canadian_study", "three_year_plus", 30, 494),
        ScoreStep("education", "doctoral", 15, 479),
        ScoreStep("sibling", True, 15, 479),
        ScoreStep("canadian_study", "one_or_two_year", 15, 479),
        ScoreStep("first_all", all_at(10), 12, 476),
        ScoreStep("second_language", 5, 4, 468),
        ScoreStep("first_speaking", 10, 3, 467),
        ScoreStep("first_listening", 10, 3, 467),
        ScoreStep("first_reading", 10, 3, 467),
        ScoreStep("first_writing", 10, 3, 467),
    ]


def test_steps_show_one_level_that_opens_transferability(crs_grid):
    steps = single_steps(profile(first=Levels(9, 8, 9, 9), foreign_work_years=3), crs_grid)

    assert found(steps, "first_listening") == [("first_listening", 9, 8 + 25 + 25)]
    assert found(steps, "first_all") == [("first_all", Levels(10, 9, 10, 10), 3 + 8 + 3 + 3 + 25 + 25)]


def test_steps_start_at_level_4_and_end_at_10(crs_grid):
    steps = single_steps(profile(first=Levels(0, 3, 10, 12)), crs_grid)

    assert found(steps, "first_speaking", "first_listening", "first_reading", "first_writing") == [
        ("first_speaking", 4, 6),
        ("first_listening", 4, 6),
    ]
    assert found(steps, "first_all") == [("first_all", Levels(4, 4, 10, 12), 12)]


def test_steps_with_french_first(crs_grid):
    steps = single_steps(profile(first_language="french", first=Levels(6, 9, 9, 9), second=all_at(4)), crs_grid)

    # 8 for the level, 25 for the education pair, 25 for French
    assert found(steps, "first_speaking", "french") == [("first_speaking", 7, 8 + 25 + 25)]
    assert found(steps, "second_language") == [
        ("second_language", 9, 24),
        ("second_language", 7, 12),
        ("second_language", 5, 4),
    ]


def test_steps_raise_french_in_every_ability(crs_grid):
    steps = single_steps(profile(first_language="french", first=Levels(6, 6, 9, 9), education="none"), crs_grid)

    assert found(steps, "french", "first_speaking") == [("french", 7, 8 + 8 + 25), ("first_speaking", 7, 8)]


def test_steps_with_english_second_unlock_the_larger_french_bonus(crs_grid):
    steps = single_steps(profile(first_language="french"), crs_grid)

    assert found(steps, "second_language") == [
        ("second_language", 9, 24 + 25),
        ("second_language", 7, 12 + 25),
        ("second_language", 5, 4 + 25),
    ]


def test_steps_reach_the_next_level_that_opens_more(crs_grid):
    low, middle = profile(first=Levels(5, 6, 9, 9)), profile(first=Levels(7, 8, 9, 9))

    assert found(single_steps(low, crs_grid), "first_goal") == [("first_goal", 7, 11 + 8 + 25)]
    assert found(single_steps(middle, crs_grid), "first_goal") == [("first_goal", 9, 14 + 8 + 25)]
    assert found(single_steps(profile(first=all_at(10)), crs_grid), "first_goal") == []


def test_steps_of_a_spouse_who_stays_or_comes(crs_grid):
    together = profile(spouse="accompanying")
    apart = profile(spouse="not-accompanying", spouse_education="doctoral", spouse_first=all_at(9), first=all_at(4))

    assert found(single_steps(together, crs_grid), "spouse") == [("spouse", "not-accompanying", 10 + 9 + 4 * 2)]
    assert found(single_steps(apart, crs_grid), "spouse") == [("spouse", "accompanying", 10 + 20 - 10 - 9)]


@pytest.mark.parametrize(("age", "cost"), [(17, -99), (28, 0), (29, 5), (44, 6), (45, 0)])
def test_next_birthday_takes_points(crs_grid, age, cost):
    assert birthday_cost(profile(age=age), crs_grid) == cost


def test_steps_of_a_certificate(crs_grid):
    assert found(single_steps(profile(), crs_grid), "certificate") == [("certificate", True, 50)]
    assert found(single_steps(profile(certificate=True), crs_grid), "certificate") == []


def test_steps_of_a_year_abroad(crs_grid):
    assert found(single_steps(profile(), crs_grid), "foreign_work_years") == [
        ("foreign_work_years", 3, 50),
        ("foreign_work_years", 1, 25),
    ]
    assert found(single_steps(profile(foreign_work_years=3), crs_grid), "foreign_work_years") == []


def test_steps_of_a_spouse(crs_grid):
    together = profile(spouse="accompanying", spouse_education="bachelors", spouse_first=Levels(4, 5, 7, 9))

    steps = single_steps(together, crs_grid)

    assert found(steps, "spouse_education", "spouse_language", "spouse_canadian_work_years") == [
        ("spouse_language", 9, 5 + 4 + 2),
        ("spouse_language", 7, 3 + 2),
        ("spouse_canadian_work_years", 1, 5),
        ("spouse_education", "two_or_more", 1),
        ("spouse_language", 5, 1),
    ]


def test_steps_leave_out_a_spouse_who_does_not_count(crs_grid):
    steps = single_steps(profile(spouse="citizen"), crs_grid)

    assert [step for step in steps if step.change.startswith("spouse")] == []


def test_steps_of_the_highest_score_are_none(crs_grid):
    highest = next(case.profile for case in CASES if case.key == "most-alone")

    assert single_steps(highest, crs_grid) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_steps_add_points_and_are_ranked(crs_grid, case):
    before = score(case.profile, crs_grid).total

    steps = single_steps(case.profile, crs_grid)

    assert all(step.gain > 0 for step in steps)
    assert [step.total - before for step in steps] == [step.gain for step in steps]
    assert [step.gain for step in steps] == sorted((step.gain for step in steps), reverse=True)


def test_steps_refuse_what_the_score_refuses(crs_grid):
    with pytest.raises(InputError, match="education: unknown"):
        single_steps(profile(education="wizardry"), crs_grid)
