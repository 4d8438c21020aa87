import pytest

from expressentry.site_search import hits

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("447", "/draws/447/"),
        ("draw 91a", "/draws/91a/"),
        ("#254", "/draws/254/"),
        ("STEM", "/draws/stem/"),
        ("stem", "/categories/stem/"),
        ("cec", "/draws/cec/"),
        ("canadian exp", "/programs/canadian-experience-class/"),
        ("nurse", "/occupations/31301/"),
        ("21231", "/occupations/21231/"),
        ("tie-break", "/glossary/#tie-break"),
        ("timeline", "/timeline/"),
        ("where do i stand", "/tools/invited/"),
    ],
)
def test_search_finds_the_page(query, url):
    assert url in [hit.url for hit in hits(query)]


@pytest.mark.parametrize(
    ("query", "url"), [("where do i stand", "/tools/invited/"), ("feed", "/feeds/"), ("API", "/api/v1/docs")]
)
def test_page_of_that_name_comes_before_occupations_with_such_words(query, url):
    assert hits(query)[0].url == url


def test_mistyped_address_offers_to_search_the_whole_record(client):
    page = client.get("/drows/447/").content.decode()

    assert page.partition("<main")[2].count('action="/search/"') == 1


def test_draft_is_not_found(make_draw):
    make_draw(9, status="draft")

    assert "/draws/9/" not in [hit.url for hit in hits("9")]


@pytest.mark.parametrize("query", ["", "   ", "***"])
def test_query_without_words_finds_nothing(query):
    assert hits(query) == []


def test_page_names_what_it_found(html):
    page = html("/search/", q="447")

    assert '<a href="/draws/447/">Draw 447, ' in page
    assert 'value="447"' in page


def test_page_says_that_there_is_nothing_and_what_to_try(html):
    assert "Nothing here matches these words." in html("/search/", q="qqqqxx zzzz")


def test_page_without_a_query_is_the_form(html):
    assert "pages found" not in html("/search/")


def test_page_leads_there_from_everywhere(html):
    assert 'href="/search/"' in html("/glossary/")


def test_page_asks_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/search/?q=nurse")
