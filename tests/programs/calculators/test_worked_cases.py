import pytest

from programs.calculators import crs, fsw
from programs.calculators.worked_cases import crs_cases, fsw_cases


def by_key(case):
    return case.key


def test_cases_are_as_many_as_promised():
    crs_keys, fsw_keys = [case.key for case in crs_cases()], [case.key for case in fsw_cases()]

    assert len(crs_keys) == len(set(crs_keys)) >= 30
    assert len(fsw_keys) == len(set(fsw_keys)) >= 15


@pytest.mark.parametrize("case", crs_cases(), ids=by_key)
def test_crs_case_agrees_with_the_hand(crs_grid, case):
    found = crs.score(case.profile, crs_grid)

    answer = found.as_dict()
    assert {name: answer[name] for name in ("A", "B", "C", "D", "total")} == case.points
    assert tuple(cap.key for cap in found.caps) == case.caps


@pytest.mark.parametrize("case", fsw_cases(), ids=by_key)
def test_fsw_case_agrees_with_the_hand(fsw_grid, case):
    answer = fsw.score(case.profile, fsw_grid).as_dict()

    answer.pop("notes")
    assert answer == case.points


@pytest.mark.parametrize("case", crs_cases(), ids=by_key)
def test_crs_case_adds_up_by_itself(case):
    A, B, C, D = (case.points[name] for name in "ABCD")
    groups = C["education_group"] + C["foreign_group"] + C["certificate_group"]

    assert sum(A.values()) == 2 * A["section"]
    assert sum(B.values()) == 2 * B["section"]
    assert min(groups, 100) == C["section"]
    assert min(sum(D.values()) - D["section"], 600) == D["section"]
    assert case.points["total"] == A["section"] + B["section"] + C["section"] + D["section"]


@pytest.mark.parametrize("case", fsw_cases(), ids=by_key)
def test_fsw_case_adds_up_by_itself(case):
    assert sum(case.points["points"].values()) == case.points["total"]


def test_crs_case_of_the_masters_degree_is_464(crs_grid):
    case = next(case for case in crs_cases() if case.key == "masters-30-level-9")

    found = crs.score(case.profile, crs_grid)

    lines = (found.A["age"], found.A["education"], found.A["first_language"])
    groups = (found.C["education_group"], found.C["foreign_group"])
    assert (*lines, *groups) == (105, 135, 124, 50, 50)
    assert found.total == 105 + 135 + 124 + 50 + 50 == 464


def test_crs_cases_reach_every_cap():
    reached = {cap for case in crs_cases() for cap in case.caps}

    assert reached == {"A.second_language", "C.education_group", "C.foreign_group", "C.section", "D.section"}


def test_titles_stand_in_both_languages():
    titles = [case.title for case in [*crs_cases(), *fsw_cases()]]

    assert all(set(title) == {"en", "fr"} and all(title.values()) for title in titles)
