"""What is hard to believe of rounds and pool counts; the record itself holds nothing of the kind."""

from datetime import date, datetime, timedelta, timezone

import pytest

from draws.models import Draw, PoolSnapshot
from draws.plausibility.rules import Pool, Round, doubts_about_pool, doubts_about_round
from editing.days import canadian_day
from programs.models import Amount

TODAY = date(2026, 10, 9)
BEFORE = Round("447", date(2026, 10, 1), 4000, 510)


def doubts(number="448", day=TODAY, invitations=None, cutoff=None, before=BEFORE, last=None):
    return doubts_about_round(Round(number, day, invitations, cutoff), before, last, TODAY)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"before": None}, []),
        ({"invitations": 27_332}, []),
        (
            {"invitations": 999_999_999_999},
            ["999,999,999,999 invitations: no round up to 2026 had more than 27,332."],
        ),
        ({"day": date(2026, 10, 10)}, ["2026-10-10 is yet to come."]),
        ({"day": date(2026, 9, 30)}, ["It is dated 2026-09-30, before draw 447 of 2026-10-01."]),
        ({"number": "4480"}, ["Number 4480 follows number 447: what lies between is missing."]),
        ({"number": "447b"}, []),
        ({"cutoff": 75}, []),
        ({"cutoff": 902}, []),
        ({"cutoff": 74}, ["A cut-off of 74: those up to 2026 lie between 75 and 902."]),
        ({"cutoff": 903}, ["A cut-off of 903: those up to 2026 lie between 75 and 902."]),
        ({"cutoff": 360, "last": 510}, []),
        ({"cutoff": 359, "last": 510}, ["A cut-off of 359: the last one of this kind of round was 510."]),
        ({"cutoff": 661, "last": 510}, ["A cut-off of 661: the last one of this kind of round was 510."]),
        ({"last": 510}, []),
        ({"cutoff": 100, "last": 510, "day": date(2021, 2, 13), "before": None}, []),
    ],
)
def test_round_that_is_hard_to_believe_is_doubted(given, expected):
    assert doubts(**given) == expected


def test_round_with_several_faults_is_doubted_for_each():
    assert len(doubts("4480", date(2027, 1, 1), 10**12, 16, last=510)) == 5


@pytest.mark.parametrize(
    ("day", "total", "before", "expected"),
    [
        (TODAY, 200, None, []),
        (TODAY, 200, 100, []),
        (TODAY, 50, 100, []),
        (TODAY, 201, 100, ["201 candidates in the pool: the count before says 100."]),
        (TODAY, 49, 100, ["49 candidates in the pool: the count before says 100."]),
        (date(2026, 10, 10), 100, 100, ["2026-10-10 is yet to come."]),
    ],
)
def test_pool_that_is_hard_to_believe_is_doubted(day, total, before, expected):
    earlier = Pool(date(2026, 10, 1), before) if before else None

    assert doubts_about_pool(Pool(day, total), earlier, TODAY) == expected


@pytest.mark.both_databases
@pytest.mark.parametrize("model", [Draw, PoolSnapshot, Amount])
def test_record_holds_nothing_hard_to_believe(db, model):
    assert (model.objects.count() > 40, model.doubtful()) == (True, {})


@pytest.mark.both_databases
def test_draw_is_doubted_beside_the_last_of_its_stream(make_draw, django_assert_num_queries):
    day = canadian_day()
    make_draw("1", date=day, cutoff=510)
    make_draw("2", kind="program", date=day, cutoff=800)
    draft = make_draw("3", date=day, cutoff=300, status="draft")

    with django_assert_num_queries(2):
        found = Draw.doubtful(also=draft.pk)

    assert found == {draft.pk: ["A cut-off of 300: the last one of this kind of round was 510."]}
    assert Draw.doubtful() == {}


@pytest.mark.both_databases
def test_draw_of_a_day_to_come_may_be_scheduled_for_it(make_draw):
    soon = datetime.now(timezone.utc) + timedelta(days=3)
    draw = make_draw("1", date=soon.date() - timedelta(days=1), publish_at=soon)

    assert Draw.doubtful(also=draw.pk) == {}
