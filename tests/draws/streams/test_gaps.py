from datetime import date

from draws.invitations import Total
from draws.streams import gaps


def days(*numbers):
    return [date(2026, 1, number) for number in numbers]


def test_usual_gap_is_median_and_middle_half():
    assert gaps.usual_gap(days(1, 2, 4, 8, 16)) == gaps.Gap(median=3, low=1.75, high=5, count=4)


def test_usual_gap_needs_four_gaps():
    assert gaps.usual_gap(days(1, 2, 4, 8)) is None


def test_year_to_date_stands_beside_the_same_days_a_year_before(make_draw):
    make_draw(1, date=date(2023, 2, 28), invitations=7)
    make_draw(2, date=date(2023, 3, 1), invitations=50)
    make_draw(3, date=date(2024, 2, 29), invitations=10)

    year = gaps.year_to_date(date(2024, 2, 29))

    assert (year["all"], year["before"]) == (Total(10, 1), Total(7, 1))
