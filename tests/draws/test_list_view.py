from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from tests.draws.pages import QUERIES, numbers, words

pytestmark = pytest.mark.django_db


def test_list_begins_with_the_newest_draws_under_their_year(html):
    page = html("/draws/")

    assert numbers(page)[:3] == ["447", "446", "445"]
    assert len(numbers(page)) == 25
    assert '<th colspan="5" scope="rowgroup">2026</th>' in page
    assert "447 October 1, 2026 Trades Occupations, 2026-Version 3 Trades 3,500 476" in words(page)


def test_list_totals_are_those_of_all_pages(html):
    assert (
        "448 draws from January 31, 2015 to October 1, 2026, 1,052,463 invitations, cut-offs from 75 to 902"
        in words(html("/draws/"))
    )


def test_list_of_a_category_has_its_draws_and_totals(html):
    page = html("/draws/", category="stem")

    assert numbers(page) == ["293", "274", "254"]
    assert "3 draws from July 5, 2023 to April 11, 2024, 10,900 invitations, cut-offs from 481 to 491" in words(page)


def test_list_of_one_draw_names_its_day_and_cutoff(html):
    assert "1 draw on February 13, 2021, 27,332 invitations, cut-off 75" in words(html("/draws/", crs_max=75))


def test_list_shows_all_rows_under_every_year(html):
    page = html("/draws/", per_page="all")

    assert len(numbers(page)) == 448
    years = [f'scope="rowgroup">{year}</th>' in page for year in range(2015, 2027)]
    assert years == [True] * 12
    assert 'class="pagination"' not in page


def test_list_in_another_order_has_no_years(html):
    page = html("/draws/", sort="cutoff")

    assert numbers(page)[0] == "176"
    assert 'scope="rowgroup"' not in page
    assert 'aria-sort="ascending"' in page


def test_list_keeps_the_filter_in_its_links(html):
    page = html("/draws/", kind="program", sort="-cutoff", page=2)

    assert 'href="?kind=program&amp;sort=-cutoff&amp;page=3"' in page
    assert 'href="?kind=program&amp;sort=-cutoff&amp;_export=csv"' in page
    assert 'href="?kind=program&amp;sort=-cutoff&amp;per_page=100"' in page
    assert "?kind=program&amp;sort=cutoff" in page


def test_list_keeps_the_page_size_when_the_filter_is_applied_again(html):
    assert '<input type="hidden" name="per_page" value="100"' in html("/draws/", per_page=100)


def test_list_names_bad_values_and_applies_the_good_ones(html):
    page = html("/draws/", year="abc", crs_min=-5, per_page=7, sort="nonsense", page=999, category="stem")
    text = words(page)

    assert numbers(page) == ["293", "274", "254"]
    assert "abc is not one of the available choices" in text
    assert "greater than or equal to 0" in text
    assert "“7” is not a number of rows per page" in text
    assert "nonsense is not one of the available choices" in text
    assert "There is no such page: this is the last one, page 1." in text


@pytest.mark.parametrize(
    ("page", "first", "fault"),
    [
        ("18", "23", ""),
        ("19", "23", "There is no such page: this is the last one, page 18."),
        ("0", "23", "There is no such page: this is the last one, page 18."),
        ("-1", "23", "There is no such page"),
        ("x", "447", "That is not a page number: this is the first page."),
    ],
)
def test_list_answers_a_bad_page_with_the_nearest(html, page, first, fault):
    shown = html("/draws/", page=page)

    assert numbers(shown)[0] == first
    assert fault in words(shown)
    assert ("There is no such page" in shown or "not a page number" in shown) == bool(fault)


@pytest.mark.parametrize("per_page", ["0", "-5", "1e9", "9" * 5000])
def test_list_survives_any_page_size(html, per_page):
    assert len(numbers(html("/draws/", per_page=per_page))) == 25


def test_list_without_a_match_says_what_to_do(html):
    page = html("/draws/", category="researchers")

    assert "No draw matches these filters." in words(page)
    assert "Clear all filters" in page
    assert "Download these rows" not in page


def test_list_escapes_what_the_address_says(html):
    assert "<script>alert" not in html("/draws/", year="<script>alert(1)</script>", sort='"><script>alert(1)</script>')


def test_list_hides_drafts_and_what_is_not_due(html, make_draw):
    make_draw("1")
    make_draw("2", status="review")
    make_draw("3", publish_at=now() + timedelta(days=1))

    assert numbers(html("/draws/")) == ["1"]


@pytest.mark.parametrize("query", [{}, {"category": "stem", "year": "2022"}, {"per_page": "all", "sort": "-cutoff"}])
@pytest.mark.parametrize("count", [1, 20])
def test_list_query_count(client, make_draw, make_edition, django_assert_num_queries, count, query):
    edition = make_edition(version="2022")
    draws = [make_draw(number, edition=edition, cutoff=number) for number in range(count, 0, -1)]

    with django_assert_num_queries(QUERIES - (query.get("per_page") == "all")):
        response = client.get(reverse("draws:list"), query)

    assert [row.record for row in response.context["table"].rows] == draws


def test_french_list_has_french_names(html):
    page = html("/fr/draws/", category="transport", sort="-date")

    assert '<span lang="en">Transport Occupations, 2026-Version 2</span>' in page
    assert "<span>Métiers des transports (Version 1)</span>" in page
