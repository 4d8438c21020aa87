import re
from datetime import date, timedelta

import pytest

from draws.models import Draw
from editing.days import canadian_day

pytestmark = pytest.mark.django_db


def test_home_leads_with_the_latest_draw(html):
    text = " ".join(html("/").split())

    assert re.search(r'<h1>.*<a href="/draws/trade/">Trades:</a> 476</h1>', text)
    assert "<span>October 1, 2026</span>" in text
    assert "Canada invited 3,500 candidates" in text
    assert "publishes no schedule" in text
    assert re.search(
        "This record covers draws up to October 10, 2026; newer ones are on <a [^>]+>canada.ca</a>[.]", text
    )


def test_home_without_draws_says_so(empty, html):
    assert "No draw is published here yet." in html("/")


def test_home_says_not_published_instead_of_zero(make_draw, html):
    make_draw(1, invitations=None, cutoff=None)

    text = html("/")

    assert '<td class="numeric score">not published</td>' in text
    assert "None" not in text


def test_home_says_in_one_sentence_what_happened(html):
    lede = re.search('<p class="lede">(.*?)<a', html("/"), re.DOTALL)[1].strip()

    assert (
        lede == "Canada invited 3,500 candidates to apply for permanent residence; the lowest-ranked had 476 points."
    )


def test_home_asks_for_score_program_or_category_and_job(html):
    text = html("/")

    assert '<form class="form ask" action="/tools/invited/">' in text
    assert '<option value="cec">Canadian Experience Class</option>' in text
    assert '<option value="stem">STEM</option>' in text
    for name in ("crs", "program", "category", "noc"):
        assert f'name="{name}"' in text


def test_home_names_what_changed_lately(html, clock, db):
    draw, before = Draw.objects.get(number="254"), html("/")
    clock(minutes=1)
    draw.cutoff, draw._change_cause, draw._change_reason = 485, "ours", "A digit was read wrongly"
    draw.save()
    clock(minutes=1)

    pages = [before, html("/"), html("/fr/")]

    names = ["Correction: Draw 254</a>", "Correction\xa0: Ronde 254</a>"]
    assert [[name in page for name in names] for page in pages] == [[False, False], [True, False], [False, True]]


def test_home_query_count(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/")


def test_robots_names_the_sitemap(client):
    assert b"Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content


def test_sitemap_leaves_out_a_category_without_a_published_edition(make_edition, client):
    make_edition("stem")
    make_edition("trade", status="draft")

    found = set(re.findall("/(categories/[^<]+)</loc>", client.get("/sitemap.xml").content.decode()))

    assert found == {"categories/stem/", "categories/stem/2023/"}


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/draws/%00/",
            "/pool/%00/",
            "/categories/%00/",
            "/occupations/%00/",
            "/programs/%00/",
            "/feeds/kinds/%00.atom",
        ),
        *("/previews/draws/%00.png", "/api/v1/draws/%00", "/api/v1/pool/%00", "/api/v1/occupations/%00"),
        *("/api/v1/categories/%00", "/api/v1/categories/stem/%00", "/api/v1/categories/%00/compare/2023/2025"),
        "/api/v1/programs/%00",
    ],
)
def test_address_that_no_database_can_look_for_is_not_there(client, path):
    response = client.get(path)

    assert (response.status_code, "json" in response.headers["Content-Type"]) == (404, path.startswith("/api/"))


def test_security_contact_is_named_where_there_is_one(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@record.example"

    lines = client.get("/.well-known/security.txt").content.decode().splitlines()

    assert lines[0] == "Contact: mailto:security@record.example"
    assert lines[3] == "Canonical: http://testserver/.well-known/security.txt"
    assert canadian_day() < date.fromisoformat(lines[1][9:19]) <= canadian_day() + timedelta(days=365)


def test_security_contact_that_nobody_gave_is_a_404(client):
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("path", ["/occupations/", "/categories/stem/2023/", "/draws/"])
def test_order_by_something_that_is_no_column_is_the_usual_order(client, path):
    usual = client.get(path).context["table"]

    odd = client.get(f"{path}?sort=1.5,-a.b&sort=[]").context["table"]

    assert [str(row) for row in odd.data] == [str(row) for row in usual.data]
