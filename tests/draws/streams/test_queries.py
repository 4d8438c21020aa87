from datetime import date

import pytest

from draws.streams.queries import latest_draws, newest_of_each, stream_called, streams

pytestmark = pytest.mark.django_db


def test_streams_are_general_draws_programs_and_categories():
    slugs = [stream.slug for stream in streams()]

    assert slugs[:5] == ["general", "fsw", "fst", "cec", "pnp"]
    assert (len(slugs), len(set(slugs)), "stem" in slugs) == (16, 16, True)


def test_every_draw_is_in_one_stream():
    numbers = [draw.number for stream in streams() for draw in stream.draws()]

    assert (len(numbers), len(set(numbers))) == (448, 448)


def test_category_that_nobody_may_see_is_no_stream(make_edition):
    make_edition("trade", status="draft")

    assert stream_called("trade") is None


def test_latest_draws_tell_change_and_gaps():
    latest = latest_draws(list(stream_called("cec").draws()))

    assert (latest.last.number, latest.last.cutoff, latest.before.cutoff, latest.change) == ("446", 518, 519, -1)
    assert latest.gaps[:7] == [14, 14, 14, 13, 15, 14, 14]
    assert (len(latest.gaps), latest.usual.median) == (12, 14)


def test_change_from_a_cutoff_that_nobody_published_is_unknown(make_draw):
    draws = [make_draw(2, cutoff=480), make_draw(1, cutoff=None)]

    assert latest_draws(draws).change is None


def test_single_draw_has_no_change_and_no_gap(make_draw):
    latest = latest_draws([make_draw(1)])

    assert (latest.before, latest.change, latest.gaps, latest.usual) == (None, None, [], None)


def test_stream_without_draws_has_no_latest_draw():
    assert latest_draws([]) is None


def test_stream_is_in_use_for_two_years_after_its_last_draw(make_draw):
    latest = latest_draws([make_draw(1, date=date(2024, 4, 11))])

    assert [latest.is_in_use(day) for day in (date(2026, 4, 11), date(2026, 4, 12))] == [True, False]


@pytest.mark.both_databases
def test_newest_of_each_stream_are_those_of_its_page(django_assert_max_num_queries):
    found = list(streams())

    with django_assert_max_num_queries(2):
        newest = newest_of_each(found)

    assert {slug: [draw.number for draw in draws] for slug, draws in newest.items()} == {
        stream.slug: [draw.number for draw in stream.draws()[:13]] for stream in found
    }
