import pytest

from draws.models import Discrepancy
from tests.conftest import PUBLISHED, SOURCED
from tests.draws.pages import section

pytestmark = pytest.mark.django_db


def words(html, url):
    return " ".join(html(url).split())


@pytest.mark.parametrize("url", ["/about/", "/about/data/", "/fr/about/", "/fr/about/data/"])
def test_page_has_one_heading_and_no_gap(html, url):
    text = html(url)

    assert text.count("<h1") == 1
    assert "UNDEFINED" not in text


@pytest.mark.parametrize("url", ["/about/", "/about/data/"])
def test_page_query_count(client, django_assert_max_num_queries, url):
    with django_assert_max_num_queries(8):
        client.get(url)


def test_about_says_whose_it_is_and_explains_the_evidence(html):
    text = words(html, "/about/")

    assert "<strong>Not affiliated with the Government of Canada.</strong>" in text
    for value in ["official", "government-copy", "third-party", "reported"]:
        assert f'<dt><span class="evidence evidence-{value}">' in text
    assert 'href="/changes/"' in text
    assert "Public pages set no cookies" in text


def test_about_data_counts_what_is_held(client):
    rows = {str(row["words"]): row for row in client.get("/about/data/").context["freshness"]}

    assert {name: row["count"] for name, row in rows.items()} == {
        "Draws": 448,
        "Pool by score range": 126,
        "Discrepancies between sources": 35,
        "Changes of the official record": 36,
        "Editions of categories": 22,
        "Requirements of programs": 59,
        "Point grids and language tables": 3,
        "Fees and proof of funds": 50,
        "Milestones": 52,
        "Unit groups of NOC 2021": 516,
        "Job titles of NOC 2021": 57702,
        "Pairs of unit groups that NOC 2021 keeps apart": 1951,
        "Former codes, NOC 2016 to 2021": 585,
    }
    assert rows["Draws"]["newest"].isoformat() == "2026-10-01"
    assert rows["Requirements of programs"]["newest"].isoformat() == "2026-09-30"


def test_about_data_tells_not_held_from_not_published(client, html):
    found = client.get("/about/data/").context

    assert [draw.number for draw in found["not_held"]["times"]] == [*map(str, range(438, 444)), "445", "446", "447"]
    assert [draw.number for draw in found["not_held"]["pools"]] == ["445", "446"]
    assert found["not_published"] == {"tie_break": 76, "pool": 218}
    assert "Draws after October 10, 2026." in html("/about/data/")


def test_about_data_lists_where_sources_disagree(html):
    conflicts = section(html("/about/data/"), "conflicts")

    assert conflicts.count("<tr>") == 1 + 35
    assert 'href="/draws/208/#discrepancies"' in conflicts
    assert "681" in conflicts
    assert "888" in conflicts


def test_about_data_hides_discrepancies_of_drafts(html, make_draw):
    sourced = SOURCED | PUBLISHED | {"draw": make_draw("1", status="draft"), "field": "cutoff"}
    Discrepancy.objects.create(value_here="500", value_elsewhere="777", note_en="Hidden", **sourced)

    page = html("/about/data/")

    assert "777" not in section(page, "conflicts")
    assert "No discrepancy is known." in page


def test_about_data_names_licences_and_downloads(html):
    text = words(html, "/about/data/")

    assert "Open Government Licence – Canada" in text
    assert "This does not constitute an endorsement by Statistics Canada of this product." in text
    for name in ["csv", "xlsx", "json"]:
        assert f'href="/draws/?_export={name}"' in text
    assert 'href="/api/v1/docs"' in text


def test_about_data_stands_without_draws(empty, html):
    text = words(html, "/about/data/")

    assert '<th scope="row">Draws</th><td class="numeric">0</td>' in text
    assert "UNDEFINED" not in text
