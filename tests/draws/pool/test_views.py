from datetime import date

import pytest

from draws.invitations import Total
from draws.models import RANGES, PoolSnapshot
from draws.pool import ranges
from draws.pool.views import change_since


def snapshot(**fields):
    counts = {f"crs_{low}_{high}": 10 for low, high in RANGES}
    return PoolSnapshot(**{**counts, "total": 150, **fields})


def test_rows_put_subtotals_in_their_place():
    labels = [(row.label, row.count) for row in ranges.rows(snapshot())][:5]

    assert labels == [("601–1200", 10), ("501–600", 10), ("451–500", 50), ("491–500", 10), ("481–490", 10)]


def test_rows_are_seventeen_and_parts_sum_to_the_total():
    rows = list(ranges.rows(snapshot()))

    assert len(rows) == 17
    assert sum(row.count for row in rows if not row.is_subtotal) == 150


def test_rows_change_is_unknown_without_a_snapshot_before():
    assert {row.change for row in ranges.rows(snapshot())} == {None}


def test_rows_change_counts_from_the_snapshot_before():
    before = snapshot(crs_481_490=4)

    changes = {row.label: row.change for row in ranges.rows(snapshot(), before) if row.change}

    assert changes == {"451–500": 6, "481–490": 6}


def test_subtotal_holds_those_whom_no_range_holds():
    odd = snapshot(unallocated_451_500=180, total=330)

    assert {row.label: row.count for row in ranges.rows(odd)}["451–500"] == 230


@pytest.mark.parametrize(
    ("score", "standing"),
    [(1200, (0, 0)), (601, (0, 10)), (500, (20, 20)), (486, (30, 40)), (490, (30, 30)), (0, (140, 150))],
)
def test_standing_above_is_an_interval(score, standing):
    assert ranges.standing_above(snapshot(), score) == standing


@pytest.mark.parametrize(("score", "standing"), [(450, (250, 250)), (460, (60, 240)), (500, (20, 20))])
def test_standing_above_counts_those_whom_no_range_holds(score, standing):
    odd = snapshot(unallocated_451_500=180, total=330)

    assert ranges.standing_above(odd, score) == standing


def test_change_counts_back_in_the_invitations_between(make_draw, make_pool):
    before = make_pool(as_on=date(2026, 8, 2))
    after = make_pool(as_on=date(2026, 8, 16))
    make_draw(1, date=date(2026, 8, 1), invitations=5)
    make_draw(2, date=date(2026, 8, 2), invitations=70)
    make_draw(3, date=date(2026, 8, 15), invitations=30)
    make_draw(4, date=date(2026, 8, 16), invitations=900)

    changes = change_since(after, before)

    assert changes == {"change": 0, "invited_between": Total(100, 2), "change_without_invitations": 100}


@pytest.mark.django_db
def test_pool_page_gives_the_interval_above_a_score(html):
    text = html("/pool/2023-07-04/", crs="486")

    assert "Between 1,910 and 6,629 candidates scored above 486." in text


@pytest.mark.django_db
def test_pool_page_names_a_bad_score_and_keeps_it(html):
    text = html("/pool/", crs="1201")

    assert "Give a whole number from 0 to 1200." in text
    assert 'value="1201"' in text


@pytest.mark.django_db
def test_pool_page_says_that_a_subtotal_does_not_fit(html):
    assert "180 more candidates than the ranges" in " ".join(html("/pool/2023-04-26/").split())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "before"),
    [("2022-04-11", "March 28, 2022"), ("2023-06-28", "June 27, 2023"), ("2025-12-15", "December 14, 2025")],
)
def test_pool_page_flags_a_table_published_again(html, day, before):
    page = html(f"/pool/{day}/")

    assert f"Every figure here repeats the table of {before}" in " ".join(page.split())
    assert "Change since" not in page
    assert "the pool would have changed by" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2023-13-01", "2021-01-01", "latest"])
def test_pool_page_of_no_distribution_is_missing(client, day):
    assert client.get(f"/pool/{day}/").status_code == 404


@pytest.mark.django_db
def test_pool_page_query_count(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/pool/")


def test_pool_page_without_any_distribution_says_so(empty, html):
    assert "No distribution of the pool is recorded here yet." in html("/pool/")
