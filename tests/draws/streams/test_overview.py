from datetime import date

import pytest

from draws.streams.overview import line, published_editions
from draws.streams.overview import overview as overview_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 10)


def overview(on):
    return overview_of(on, published_editions())


def test_streams_stand_by_their_last_draw():
    rows = overview(TODAY)

    assert [row.stream.slug for row in rows[:3]] == ["trade", "cec", "pnp"]
    assert (len(rows), rows[0].latest.last.number) == (15, "447")


def test_stream_is_current_with_a_draw_in_two_years_or_a_list_in_force():
    dormant = {row.stream.slug for row in overview(TODAY) if not row.is_current}

    assert {"general", "fsw", "fst"} <= dormant
    assert "stem" not in dormant


def test_drafts_are_no_last_draw(make_draw):
    make_draw(1)
    make_draw(2, status="draft")

    assert [row.latest.last.number for row in overview(TODAY)] == ["1"]


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([], []),
        ([500], [(2, 2)]),
        ([480, 500], [(2, 22), (94, 2)]),
        ([500, 500, 500], [(2, 2), (48, 2), (94, 2)]),
    ],
)
def test_line_runs_from_left_to_right_with_the_highest_on_top(values, places):
    assert line(values) == places


def test_sparkline_has_the_published_cutoffs_the_oldest_first(make_draw):
    for number, cutoff in enumerate([480, None, 500], 1):
        make_draw(number, cutoff=cutoff)

    assert 'points="2,22 94,2"' in overview(TODAY)[0].sparkline


def test_single_cutoff_has_no_sparkline(make_draw):
    make_draw(1)

    assert overview(TODAY)[0].sparkline == ""
