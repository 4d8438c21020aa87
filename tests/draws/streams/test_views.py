import pytest

from draws.streams.queries import streams

pytestmark = pytest.mark.django_db


def text_of(client, path):
    return client.get(path).content.decode()


def test_stream_page_leads_with_its_last_draw(client):
    page = text_of(client, "/draws/cec/")

    assert "<h1>Canadian Experience Class: draws</h1>" in page
    assert 'Last draw: September 29, 2026 (<a href="/draws/446/">draw 446</a>).' in page
    assert "<dt>point since September 15, 2026</dt><dd>\N{MINUS SIGN}1</dd>" in page
    assert "newest first: 14, 14, 14, 13, 15, 14, 14, 27, 29, 14, 14, 14. Usually 14 days." in page
    assert "publishes no schedule" in page
    assert page.count('<th scope="row"') >= 70


def test_stream_that_is_not_drawn_any_more_says_so_first(client):
    page = text_of(client, "/draws/stem/")

    assert 'Not drawn since April 11, 2024 (<a href="/draws/293/">draw 293</a>).' in page
    assert "Its rule and its list of 11 occupations" in page
    assert "days between draws (median)" not in page


def test_stream_of_a_category_shows_its_rule_and_list_today(client):
    for path, words in [
        (
            "/draws/stem/",
            ["<dt>Work experience</dt><dd>at least 12 months", 'href="/occupations/21300/">Civil Engineers</a>'],
        ),
        ("/draws/french/", ["<dt>Language</dt><dd>NCLC 7 or higher in French"]),
    ]:
        rule = " ".join(text_of(client, path).split('id="rule"')[1].split("</section>")[0].split())
        for each in words:
            assert each in rule


@pytest.mark.parametrize("path", ["/", "/draws/cec/"])
def test_page_leads_to_the_newer_draws_on_canada_ca(client, path):
    page = text_of(client, path)
    address = "https://www.canada.ca/en/immigration-refugees-citizenship/services/immigrate-canada/express-entry/"

    assert f'covers draws up to October 10, 2026; newer ones are on <a href="{address}rounds-invitations.html"' in page


@pytest.mark.parametrize("stream", ["general", "fsw", "fst", "cec", "pnp", "stem", "french"])
def test_stream_page_offers_its_draws_as_files_feed_and_calendar(client, stream):
    page = text_of(client, f"/draws/{stream}/")
    query = next(each.query for each in streams() if each.slug == stream).replace("&", "&amp;")

    for address in (f"/draws/{query}&amp;_export=csv", f"/feeds/draws.atom{query}", f"/feeds/draws.ics{query}"):
        assert f'href="{address}"' in page


def test_stream_page_shows_so_many_draws_at_a_time(client):
    first, second = (text_of(client, f"/draws/pnp/?page={page}") for page in (1, 2))

    assert "<dt>Draws on record</dt><dd>114</dd>" in first
    assert 'href="?page=2"' in first
    assert [page.count('<th scope="row" class="number numeric">') for page in (first, second)] == [100, 14]
    assert "There is no such page: this is the last one, page 2." in text_of(client, "/draws/pnp/?page=3")


def test_stream_without_a_draw_says_how_far_the_record_goes(client, make_edition):
    make_edition("trade")

    assert "No such draw is on record. The record is complete to October 10, 2026." in text_of(client, "/draws/trade/")


def test_stream_of_a_single_draw_names_no_gap(client, make_draw):
    make_draw(1)

    page = text_of(client, "/draws/general/")

    assert "How often" not in page


@pytest.mark.parametrize("path", ["/draws/nothing/", "/draws/9999/", "/draws/254x9/", "/api/v1/streams/nothing"])
def test_stream_that_is_not_there_is_missing(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/draws/cec/", "/draws/stem/", "/api/v1/streams", "/api/v1/streams/cec"])
def test_stream_page_asks_few_queries(client, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(path)


def test_api_gives_a_stream_with_its_last_draw(client):
    found = client.get("/api/v1/streams/cec").json()

    assert found["last"] == {"number": "446", "date": "2026-09-29", "invitations": 2000, "cutoff": 518}
    assert (found["slug"], found["kind"], found["change"]) == ("cec", "program", -1)
    assert found["gaps"][:4] == [14, 14, 14, 13]
    assert found["usual_gap"] == {"median": 14, "low": 14, "high": 14.25}
    assert found["url"] == "http://testserver/draws/cec/"


def test_api_gives_every_stream(client):
    assert len(client.get("/api/v1/streams").json()) == 16


def test_program_and_category_lead_to_their_stream(client):
    assert 'href="/draws/cec/"' in text_of(client, "/programs/canadian-experience-class/")
    assert 'href="/draws/stem/"' in text_of(client, "/categories/stem/")
    assert 'href="/draws/stem/"' in text_of(client, "/draws/254/")
