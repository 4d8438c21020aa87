import csv
import io
import json
import re

import pytest
from openpyxl import load_workbook

from editing.days import canadian_day
from editing.ledger.forms import written
from editing.ledger.read import last_change
from occupations.models import Occupation
from tests.markup import markup

pytestmark = pytest.mark.django_db
PINNED = "/shortlist/?noc=21231&noc=22300&noc=63200&on=2024-01-15"
TEN = ["21231", "22300", "31102", "41220", "63200", "72106", "73300", "82031", "00010", "92100"]


def codes(response):
    return [row.occupation.code for row in response.context["shortlist"].rows]


def plain(page):
    return " ".join(page.split())


def test_shortlist_shows_the_state_of_a_day_and_what_changed(html):
    page = html("/shortlist/", noc=["21231", "63200", "22300"], on="2024-01-15")

    assert "Shortlist of 3 occupations" in page
    assert "As of January 15, 2024, with what has changed up to" in page
    assert '<a href="/categories/stem/2023/">STEM 2023</a>' in page
    assert '<a href="/draws/274/">274</a>, <span class="nowrap">December 8, 2023</span>' in page
    assert 'left <a href="/categories/stem/2025/">STEM 2025</a> <span class="small">February 27, 2025</span>' in page
    assert 'joined <a href="/categories/trade/2025/">Trades 2025</a>' in page
    assert 'left <a href="/categories/trade/2026/">Trades 2026</a>' in page


def test_shortlist_links_to_what_changed_in_a_list_that_kept_an_occupation(html):
    page = html("/shortlist/", noc="31102", on="2025-06-01")

    assert 'still on <a href="/categories/healthcare/2026/">' in page
    assert '<a href="/categories/healthcare/compare/2025/2026/"' in page


def test_shortlist_gives_reasons_sources_and_a_citation(html):
    page = html("/shortlist/", noc=["21231", "63200"], on="2024-01-15")

    assert '<li id="reason-1"><strong>FSW</strong>: TEER 1: experience in this occupation counts.' in page
    assert "Copy of the department&#x27;s page in a Government of Canada repository" in page
    assert '<span class="evidence evidence-third-party">third party</span>' in page
    assert (
        "Express Entry Record, shortlist of 2 occupations, as of January 15, 2024, "
        "http://testserver/shortlist/?noc=21231&amp;noc=63200&amp;on=2024-01-15" in page
    )


@pytest.mark.parametrize(
    "query",
    ["noc=63200&noc=21231&noc=22300&noc=21231", "noc=NOC+63200%0A21231%2C22300", "noc=cook%3B+22300&noc=noc21231"],
)
def test_every_form_of_a_list_leads_to_one_address(client, query):
    response = client.get(f"/shortlist/?{query}&on=2024-01-15")

    link = f'<link rel="canonical" href="http://testserver{PINNED}">'.replace("&", "&amp;")
    assert response.context["full_url"] == f"http://testserver{PINNED}&known={written(last_change())}"
    assert link in response.content.decode()


def test_list_without_a_day_shows_today_and_offers_to_pin_it(html):
    page, known = html("/shortlist/", noc="63200"), written(last_change())
    pinned = f"noc=63200&amp;on=2026-10-10&amp;known={known}"  # the last complete day

    assert "This page always shows today’s state." in page
    assert f'<a href="/shortlist/?{pinned}">pin to October 10, 2026, the last complete day</a>' in page
    assert f'value="http://testserver/shortlist/?{pinned}" readonly' in page
    assert '<link rel="canonical" href="http://testserver/shortlist/?noc=63200">' in page
    assert "Since then" not in page


def test_unknown_entries_are_named_beside_the_table(client):
    response = client.get("/shortlist/", {"noc": "21231, 99999, quokka & <b>, 2174", "on": "2024-01-15"})

    page = plain(response.content.decode())
    assert codes(response) == ["21231"]
    assert "“99999” is not a NOC 2021 code, a former code or a complete title." in page
    assert "“quokka &amp; &lt;b&gt;” is not a NOC 2021 code" in page
    assert '<a href="/occupations/?q=99999">Search for it</a>' in page
    assert "“2174” means one of 3 unit groups of NOC 2021; the duties decide which." in page
    assert '<a href="?noc=21230&amp;noc=21231&amp;on=2024-01-15">21230 Computer systems developers' in page
    assert "21231, 99999, quokka &amp; &lt;b&gt;, 2174</textarea>" in page


def test_nonsense_alone_is_named_and_shows_an_example(client):
    response = client.get("/shortlist/", {"noc": "quokka"})

    assert (response.status_code, response.context["shortlist"]) == (200, None)
    assert "“quokka” is not a NOC 2021 code" in response.content.decode()
    assert response.context["example_url"].startswith("/shortlist/?noc=21231&noc=22300&noc=63200&on=")


def test_former_code_and_title_say_what_they_were_read_as(html):
    page = html("/shortlist/", noc="7241, cook")

    assert "7241 (NOC 2016) as 72200; “cook” as 63200." in page


def test_more_than_50_are_named(client):
    known = [*Occupation.objects.values_list("code", flat=True)[:52]]

    response = client.get("/shortlist/", {"noc": known})

    words = f"A shortlist holds at most 50 occupations. Left out: {known[50]}, {known[51]}."
    assert codes(response) == known[:50]
    assert words in markup(response)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("soon", "“soon” is not a date. Write it as year-month-day: 2024-01-15."),
        ("2999-01-01", "That date is in the future. Today’s state is shown."),
        ("1900-01-01", "Express Entry began on January 1, 2015. Today’s state is shown."),
    ],
)
def test_bad_day_is_named_and_today_is_shown(client, day, words):
    response = client.get("/shortlist/", {"noc": "63200", "on": day})

    assert response.status_code == 200
    assert (response.context["day"], response.context["pinned"]) == (canadian_day(), None)
    page = response.content.decode()
    assert page.index(words) < page.index('<section aria-labelledby="table"')


@pytest.mark.parametrize(("day", "kind"), [("soon", "text"), ("2024-13-40", "text"), ("2024-01-15", "date")])
def test_day_stays_visible_also_where_it_is_bad(html, day, kind):
    tag = re.search('<input type="[a-z]+" name="on"[^>]*>', html("/shortlist/", noc="63200", on=day))[0]

    assert tag.startswith(f'<input type="{kind}" name="on" value="{day}"')


def test_empty_shortlist_shows_form_and_example(client):
    response = client.get("/shortlist/")

    page = response.content.decode()
    assert "<h1>Shortlist</h1>" in page
    assert '<textarea name="noc"' in page
    assert client.get(response.context["example_url"]).status_code == 200


def test_day_before_all_categories_says_so(html):
    page = html("/shortlist/", noc="21231", on="2022-01-15")

    assert "No category was in force on that day." in page
    assert "Express Entry then sorted occupations by an earlier NOC;" in page


def test_french_shortlist_keeps_the_list_in_both_languages(html):
    page = html("/fr/shortlist/", noc=["63200", "21231"], on="2024-01-15")

    query = "?noc=21231&amp;noc=63200&amp;on=2024-01-15"
    assert f'<link rel="canonical" href="http://testserver/fr/shortlist/{query}">' in page
    asked = "?noc=63200&amp;noc=21231&amp;on=2024-01-15"
    assert f'<a href="/shortlist/{asked}" hreflang="en" lang="en">English</a>' in page
    assert '<a href="/fr/occupations/63200/">Cuisiniers/cuisinières</a>' in page


def test_qr_code_is_for_paper_and_needs_no_style(html):
    page = html("/shortlist/", noc="63200", on="2024-01-15")

    figure = page[page.index('<figure class="qr print-only">') :]
    assert figure[: figure.index("</figure>")].count("<path") == 1
    assert "style=" not in page


def test_export_csv_has_the_rows_of_the_table(client):
    response = client.get(f"{PINNED}&_export=csv")

    rows = [*csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))]
    assert response.headers["Content-Disposition"] == 'attachment; filename="shortlist-2024-01-15.csv"'
    assert rows[0] == {
        "code": "21231",
        "title_en": "Software engineers and designers",
        "title_fr": "Ingénieurs/ingénieures et concepteurs/conceptrices en logiciel",
        "teer": "1",
        "fsw": "counts",
        "cec": "counts",
        "fst": "no",
        "pnp": "depends",
        "categories": "stem/2023",
        "latest_draw": "274",
        "latest_draw_date": "2023-12-08",
        "latest_draw_category": "stem",
        "latest_draw_cutoff": "481",
        "changes_since": "left:stem:2025-02-27",
        "on": "2024-01-15",
        "evidence": "government-copy",
        "lasting_link": client.get(PINNED).context["full_url"],
    }
    assert [row["code"] for row in rows] == ["21231", "22300", "63200"]


def test_export_json_and_xlsx_have_the_rows_of_the_table(client):
    rows = json.loads(client.get(f"{PINNED}&noc=00010&_export=json").content)
    sheet = load_workbook(io.BytesIO(client.get(f"{PINNED}&noc=00010&_export=xlsx").content)).active

    assert [row["code"] for row in rows] == ["00010", "21231", "22300", "63200"]
    assert (rows[0]["latest_draw"], rows[0]["categories"]) == (None, [])
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [row["code"] for row in rows]


def test_export_in_another_format_or_of_nothing_shows_the_page(client):
    answers = [client.get(f"{PINNED}&_export=yaml"), client.get("/shortlist/?_export=csv")]

    assert [answer.headers["Content-Type"] for answer in answers] == ["text/html; charset=utf-8"] * 2


@pytest.mark.parametrize("noc", [TEN[:1], TEN, [*TEN, "2174", "cook", "zz"], "zz"])
def test_shortlist_query_count(client, noc, django_assert_max_num_queries):
    client.get("/occupations/", {"q": "cook"})  # builds the search index

    with django_assert_max_num_queries(8):
        client.get("/shortlist/", {"noc": noc, "on": "2025-06-01"})


@pytest.mark.parametrize("count", [1, 50])
def test_shortlist_query_count_is_the_same_for_any_length(client, count, django_assert_num_queries):
    client.get("/occupations/", {"q": "cook"})  # builds the search index
    listed = [*Occupation.objects.filter(code__gte="21231", listings__isnull=False).distinct()[:count]]

    with django_assert_num_queries(7):
        response = client.get("/shortlist/", {"noc": [one.code for one in listed], "on": "2025-06-01"})

    assert len(codes(response)) == count
