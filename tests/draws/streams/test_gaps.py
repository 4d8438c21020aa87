from datetime import date

import pytest

from draws.invitations import Total
from draws.streams import gaps


def days(*numbers):
    return [date(2026, 1, number) for number in numbers]


def test_usual_gap_is_median_and_middle_half():
    assert gaps.usual_gap(days(1, 2, 4, 8, 16)) == gaps.Gap(median=3, low=1.75, high=5, count=4)


def test_usual_gap_needs_four_gaps():
    assert gaps.usual_gap(days(1, 2, 4, 8)) is None


def test_draw_days_count_a_day_once(make_draw):
    for number in ("91a", "91b"):
        make_draw(number, date=date(2018, 5, 30))

    assert gaps.draw_days(date(2018, 1, 1), date(2018, 12, 31)) == [date(2018, 5, 30)]


@pytest.mark.django_db
def test_latest_of_each_stream_on_the_real_record():
    latest = [(draw.stream_name, draw.number) for draw in gaps.latest_of_each_stream()]

    assert len(latest) == 15
    assert latest[0] == ("Trades", "447")
    assert ("STEM", "293") in latest
    assert ("General", "294") in latest


def test_latest_of_each_stream_leaves_drafts_out(make_draw):
    shown = make_draw(1)
    make_draw(2, status="draft")

    assert gaps.latest_of_each_stream() == [shown]


def test_year_to_date_stands_beside_the_same_days_a_year_before(make_draw):
    make_draw(1, date=date(2023, 2, 28), invitations=7)
    make_draw(2, date=date(2023, 3, 1), invitations=50)
    make_draw(3, date=date(2024, 2, 29), invitations=10)

    year = gaps.year_to_date(date(2024, 2, 29))

    assert (year["all"], year["before"]) == (Total(10, 1), Total(7, 1))
