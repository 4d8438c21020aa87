"""A sum of which a part was never published says so, wherever it stands."""

import re
from datetime import date

import pytest

from draws.invitations import Total

ADDRESSES = ["/", "/draws/", "/pool/2026-08-16/", "/statistics/", "/draws/3/"]


def text_of(html, address):
    return " ".join(re.sub(r"<[^>]+>|&[a-z]+;", " ", html(address)).split())


@pytest.mark.parametrize(
    ("sizes", "figure", "words"),
    [
        ([], "0", "0 invitations"),
        ([1], "1", "1 invitation"),
        ([1000, 234], "1,234", "1,234 invitations"),
        ([1000, None], "at least 1,000, 1 not published", "at least 1,000 invitations, 1 not published"),
        ([None, 7, None], "at least 7, 2 not published", "at least 7 invitations, 2 not published"),
        ([None, None], "not published", "number of invitations not published"),
    ],
)
def test_total_says_what_is_missing(sizes, figure, words):
    total = Total.of(sizes)

    assert (str(total), total.in_words) == (figure, words)
    assert sum(map(Total.of, ([size] for size in sizes)), Total()) == total


@pytest.fixture
def partly(make_draw, make_pool):
    """Three draws of a week between two snapshots, one of them without a published size."""
    make_pool(as_on=date(2026, 8, 2), crs_0_300=11, crs_301_350=9)
    make_draw(1, date=date(2026, 8, 10), invitations=1000)
    make_draw(2, date=date(2026, 8, 11), invitations=None)
    make_draw(3, date=date(2026, 8, 12), invitations=234)
    return make_pool(as_on=date(2026, 8, 16))


@pytest.fixture
def nothing(make_draw, make_pool):
    """The same without any published size."""
    make_pool(as_on=date(2026, 8, 2), crs_0_300=11, crs_301_350=9)
    for number in (1, 2, 3):
        make_draw(number, date=date(2026, 8, 9 + number), invitations=None)
    return make_pool(as_on=date(2026, 8, 16))


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_says_that_its_sum_is_not_whole(html, partly, address):
    text = text_of(html, address)

    assert re.search(r"[Aa]t least 1,234( invitations)?, 1 not published", text)
    assert re.findall(r".{30}(?<![Aa]t least )(?<!at least \+)1,234.{30}", text) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_french_page_says_that_its_sum_is_not_whole(html, partly, address):
    text = text_of(html, f"/fr{address}")

    assert re.search(r"au moins 1\s234( invitations)?, 1 ronde sans nombre publié", text)


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_says_not_published_instead_of_zero(html, nothing, address):
    text = text_of(html, address)

    assert "not published" in text
    assert not re.search(r"(?<![\d,])0 invitations|come to 0|Invitations issued 0", text)


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_says_a_whole_sum_plainly(html, make_draw, make_pool, address):
    make_pool(as_on=date(2026, 8, 2), crs_0_300=11, crs_301_350=9)
    for number, size in enumerate([1000, 200, 34], 1):
        make_draw(number, date=date(2026, 8, 9 + number), invitations=size)
    make_pool(as_on=date(2026, 8, 16))

    text = text_of(html, address)

    assert "1,234" in text
    assert not re.search(r"at least 1,234|, \d not published", text)


def test_home_says_what_each_part_of_the_year_lacks(html, make_draw):
    make_draw(1, date=date(2025, 8, 10), invitations=None)
    make_draw(2, date=date(2026, 8, 10), invitations=None)
    make_draw(3, date=date(2026, 8, 11), invitations=500, kind="program", programs="CEC")

    text = text_of(html, "/")

    assert "Invitations issued at least 500, 1 not published Draws 2" in text
    assert "In category draws 0 In program draws 500 In general draws not published" in text
    assert "Same period a year earlier, to August 11 not published" in text


def test_change_of_the_pool_is_a_lower_bound_where_a_size_is_unknown(html, partly):
    assert "the pool would have changed by at least +1,234" in text_of(html, "/pool/2026-08-16/")


def test_change_of_the_pool_is_not_told_where_no_size_is_known(html, nothing):
    text = text_of(html, "/pool/2026-08-16/")

    assert "Invitations issued from August 2, 2026 to this date: not published." in text
    assert "the pool would have changed by" not in text
