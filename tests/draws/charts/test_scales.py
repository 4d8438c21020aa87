from datetime import date

import pytest

from draws.charts.scales import Scale, spread, ticks, time_ticks


def test_scale_puts_its_ends_at_its_ends_and_the_middle_between():
    scale = Scale(400, 600, 300, 20)

    assert [scale(400), scale(500), scale(600)] == [300, 160, 20]


def test_scale_of_a_single_value_is_no_division_by_zero():
    assert Scale(5, 5, 10, 90)(5) == 10


@pytest.mark.parametrize(
    ("low", "high", "count", "least", "expected"),
    [
        (386, 547, 4, 1, [350, 400, 450, 500, 550]),
        (0, 113998, 5, 1, [0, 50000, 100000, 150000]),
        (500, 500, 5, 1, [500, 501]),
        (0, 3, 5, 1, [0, 1, 2, 3]),
        (808, 808, 3, 10, [800, 810]),
        (481, 491, 6, 10, [480, 490, 500]),
    ],
)
def test_ticks_are_round_and_hold_what_is_shown(low, high, count, least, expected):
    assert ticks(low, high, count, least) == expected


def test_a_long_time_is_told_in_years_and_a_short_one_in_quarters():
    assert time_ticks(date(2015, 1, 31), date(2020, 3, 1), room=9) == [date(year, 1, 1) for year in range(2016, 2021)]
    assert time_ticks(date(2025, 2, 1), date(2025, 11, 1), room=9) == [date(2025, month, 1) for month in (4, 7, 10)]


def test_ticks_of_time_have_room_and_the_last_one_stays():
    found = time_ticks(date(2024, 10, 1), date(2026, 10, 1), room=5)

    assert found == [date(2024, 10, 1), date(2025, 4, 1), date(2025, 10, 1), date(2026, 4, 1), date(2026, 10, 1)]


def test_labels_stay_at_their_lines_where_they_do_not_touch():
    assert spread([10, 50, 90], [16, 16, 16], 0, 100) == [10, 50, 90]


def test_labels_that_would_touch_move_apart_by_as_little_as_can_be():
    assert spread([50, 50], [16, 16], 0, 100) == [42, 58]
    assert spread([50, 52, 90], [16, 16, 16], 0, 100) == [43, 59, 90]


def test_labels_stay_on_the_drawing():
    assert spread([95, 99, 100], [16, 16, 16], 0, 100) == [68, 84, 100]
    assert spread([0, 1], [16, 32], 0, 100) == [0, 24]
