from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws.invited.rules import CandidateProfile, CategoryRules, DrawFacts, Verdict, decide

UTC = timezone.utc
TIE_BREAK = datetime(2022, 11, 23, 0, 1, 29, tzinfo=UTC)
DRAWN_AT = datetime(2023, 7, 5, 13, 38, 22, tzinfo=UTC)
STEM = CategoryRules(listed=frozenset({"21231", "21211"}))
DRAW = DrawFacts(date(2023, 7, 5), frozenset({"FSW", "FST", "CEC"}), 486, TIE_BREAK, DRAWN_AT, STEM)
PROFILE = CandidateProfile(486, datetime(2022, 11, 22, tzinfo=UTC), frozenset({"FSW"}), frozenset({"21231"}))


@pytest.mark.parametrize(
    ("changes", "outcome", "reason"),
    [
        ({}, "invited", "tie_break_before"),
        ({"submitted": TIE_BREAK}, "not_invited", "tie_break_after"),
        ({"submitted": TIE_BREAK - timedelta(seconds=1)}, "invited", "tie_break_before"),
        ({"submitted": datetime(2022, 11, 24, tzinfo=UTC)}, "not_invited", "tie_break_after"),
        ({"submitted": None}, "unknown", "submitted_not_given"),
        ({"submitted": DRAWN_AT}, "not_invited", "tie_break_after"),
        ({"submitted": DRAWN_AT + timedelta(seconds=1)}, "not_invited", "submitted_after_draw"),
        ({"submitted": DRAWN_AT + timedelta(seconds=1), "crs": 1200}, "not_invited", "submitted_after_draw"),
        ({"crs": 487, "submitted": None}, "invited", "score_above"),
        ({"crs": 485}, "not_invited", "score_below"),
        ({"submitted": DRAWN_AT - timedelta(days=365)}, "unknown", "profile_expired"),
        ({"submitted": DRAWN_AT - timedelta(days=365, seconds=-1)}, "invited", "tie_break_before"),
        ({"submitted": datetime(2020, 2, 29, tzinfo=UTC), "crs": 1200}, "unknown", "profile_expired"),
        ({"programs": frozenset({"PNP", "CEC"})}, "invited", "tie_break_before"),
        ({"nocs": frozenset({"22300"}), "crs": 1200}, "not_invited", "not_in_category"),
        ({"nocs": frozenset({"22300", "21211"})}, "invited", "tie_break_before"),
    ],
)
def test_decide_gives_the_deciding_reason(changes, outcome, reason):
    assert decide(replace(PROFILE, **changes), DRAW) == Verdict(outcome, reason)


@pytest.mark.parametrize(
    ("covered", "changes", "verdict"),
    [
        ({"FSW", "FST", "CEC"}, {"crs": 500}, Verdict("invited", "score_above", ("program",))),
        ({"CEC"}, {"crs": 485}, Verdict("not_invited", "score_below")),
        ({"PNP"}, {"crs": 500}, Verdict("invited", "score_above")),
        ({"PNP"}, {"crs": 500, "programs": frozenset({"CEC"})}, Verdict("not_invited", "not_in_program")),
    ],
)
def test_nominee_also_qualifies_for_a_program_that_is_not_said(covered, changes, verdict):
    profile = replace(PROFILE, **{"programs": frozenset({"PNP"})} | changes)

    assert decide(profile, replace(DRAW, programs=frozenset(covered), category=None)) == verdict


@pytest.mark.parametrize(("day", "outcome"), [(date(2023, 7, 5), "unknown"), (date(2023, 7, 4), "invited")])
def test_profile_of_a_year_before_a_draw_without_a_time_has_expired(day, outcome):
    profile = replace(PROFILE, submitted=datetime(2022, 7, 5, tzinfo=UTC))

    assert decide(profile, replace(DRAW, date=day, drawn_at=None)).outcome == outcome


def test_decide_marks_what_was_not_said():
    assert decide(CandidateProfile(1200), DRAW) == Verdict("invited", "score_above", ("program", "noc"))


def test_decide_below_the_cutoff_needs_no_eligibility():
    assert decide(CandidateProfile(0), DRAW) == Verdict("not_invited", "score_below")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"tie_break": None}, "tie_break_not_published"), ({"cutoff": None}, "cutoff_not_published")],
)
def test_decide_keeps_the_unpublished_unknown(changes, reason):
    assert decide(PROFILE, replace(DRAW, **changes)) == Verdict("unknown", reason)


@pytest.mark.parametrize(
    ("submitted", "outcome", "reason"),
    [
        (datetime(2023, 7, 4, 23, 59, 59, tzinfo=UTC), "not_invited", "tie_break_after"),
        (datetime(2023, 7, 5, tzinfo=UTC), "unknown", "draw_time_not_known"),
        (datetime(2023, 7, 6, 7, 59, 59, tzinfo=UTC), "unknown", "draw_time_not_known"),
        (datetime(2023, 7, 6, 8, tzinfo=UTC), "not_invited", "submitted_after_draw"),
    ],
)
def test_decide_without_a_draw_time_asks_the_day(submitted, outcome, reason):
    draw = replace(DRAW, drawn_at=None)

    assert decide(replace(PROFILE, submitted=submitted), draw) == Verdict(outcome, reason)


RECRUITS = replace(DRAW, category=CategoryRules(frozenset({"31102"}), recruits_only=True))
FRENCH = replace(DRAW, category=CategoryRules(minimum_nclc=7))
PHYSICIANS = replace(DRAW, category=CategoryRules(frozenset({"31102"}), canadian_experience_required=True))


@pytest.mark.parametrize(
    ("draw", "changes", "verdict"),
    [
        (FRENCH, {"french": 7}, Verdict("invited", "tie_break_before")),
        (FRENCH, {"french": 6}, Verdict("not_invited", "not_in_category")),
        (FRENCH, {}, Verdict("invited", "tie_break_before", ("french",))),
        (PHYSICIANS, {"nocs": frozenset({"31102"})}, Verdict("invited", "tie_break_before", ("canadian_experience",))),
        (RECRUITS, {"nocs": frozenset({"31102"})}, Verdict("invited", "tie_break_before", ("military",))),
        (
            RECRUITS,
            {"nocs": frozenset({"31102"}), "military_recruit": False},
            Verdict("not_invited", "not_in_category"),
        ),
        (
            RECRUITS,
            {"nocs": frozenset({"31102"}), "military_recruit": True},
            Verdict("invited", "tie_break_before"),
        ),
        (
            PHYSICIANS,
            {"nocs": frozenset({"31102"}), "canadian_experience": False},
            Verdict("not_invited", "not_in_category"),
        ),
        (
            PHYSICIANS,
            {"nocs": frozenset({"31102"}), "canadian_experience": True},
            Verdict("invited", "tie_break_before"),
        ),
    ],
)
def test_decide_asks_the_rule_of_the_category(draw, changes, verdict):
    assert decide(replace(PROFILE, **changes), draw) == verdict


def test_decide_general_draw_has_no_category():
    general = replace(DRAW, category=None)

    assert decide(replace(PROFILE, nocs=frozenset({"22300"})), general) == Verdict("invited", "tie_break_before")


ORDER = {"not_invited": 0, "unknown": 1, "invited": 2}


@given(low=st.integers(0, 1200), high=st.integers(0, 1200), cutoff=st.none() | st.integers(0, 1200))
def test_decide_more_points_never_hurt(low, high, cutoff):
    low, high = sorted((low, high))
    draw = replace(DRAW, cutoff=cutoff)

    before, after = (decide(replace(PROFILE, crs=crs), draw).outcome for crs in (low, high))

    assert ORDER[before] <= ORDER[after]
