from datetime import date

import pytest
from django.urls import reverse

from occupations.models import Exclusion


def found(response):
    return [row.record.code for row in response.context["table"].rows]


@pytest.mark.django_db
def test_occupation_says_where_it_stands(client):
    response = client.get("/occupations/31102/", {"on": "2026-10-09"})

    assert [edition.natural_key() for edition in response.context["current"]] == [
        ("healthcare", "2026"),
        ("physicians", "2026"),
    ]
    assert [(draw.number, draw.cutoff) for draw in response.context["draws"]][:3] == [
        ("441", 475),
        ("440", 198),
        ("422", 475),
    ]
    assert len(response.context["draws"]) == 19


@pytest.mark.django_db
def test_occupation_shows_the_state_of_a_day(client):
    response = client.get("/occupations/21231/", {"on": "2024-01-15"})

    page = response.content.decode()
    assert [edition.natural_key() for edition in response.context["current"]] == [("stem", "2023")]
    assert [draw.number for draw in response.context["draws"]] == ["274", "254"]
    assert "As of January 15, 2024." in page
    assert "On January 15, 2024:" in page


@pytest.mark.django_db
def test_occupation_that_left_a_list_says_so(html):
    page = html("/occupations/63200/", on="2026-10-09")

    assert 'on no category’s list. Left <a href="/categories/trade/">Trades</a> on February 18, 2026.' in page
    assert '<a href="/categories/trade/2025/">2025 edition</a>' in page


@pytest.mark.django_db
def test_occupation_says_what_comes_after_the_day(html):
    page = html("/occupations/63200/", on="2024-01-15")

    assert 'on no category’s list yet. Joined <a href="/categories/trade/">Trades</a> on February 27, 2025.' in page


@pytest.mark.django_db
def test_occupation_says_since_when_it_is_listed(html):
    page = html("/occupations/31301/", on="2026-10-09")

    assert "since May 31, 2023" in page


@pytest.mark.django_db
def test_occupation_that_no_list_ever_named(html):
    page = html("/occupations/21109/")

    assert "No edition of any category has listed this occupation." in page


@pytest.mark.django_db
def test_occupation_answers_for_each_program(client):
    response = client.get("/occupations/63200/")

    assert [(program.code, fit.answer) for program, fit in response.context["fits"]] == [
        ("FSW", "counts"),
        ("CEC", "counts"),
        ("FST", "counts"),
        ("PNP", "depends"),
    ]
    assert "TEER 3 in NOC group 6320, one of the groups of trades." in response.content.decode()


@pytest.mark.django_db
def test_occupation_names_its_former_codes(client):
    response = client.get("/occupations/21232/")

    former = [[(row.code_2016, row.occupation.code) for row in rows] for rows in response.context["former"]]
    assert [("2174", "21230"), ("2174", "21232"), ("2174", "21234")] in former
    assert "was divided among 3 unit groups:" in response.content.decode()


@pytest.mark.django_db
def test_occupation_names_the_successor_of_the_same_title_first(client):
    answer = client.get("/api/v1/occupations/21211").json()["former_codes"]

    assert [one["successors"] for one in answer if one["code"] == "2173"] == [["21231", "21211"]]


@pytest.mark.django_db
def test_occupation_shows_both_languages_and_its_duties(html):
    english, french = html("/occupations/21231/"), html("/fr/occupations/21231/")

    title = "Ingénieurs/ingénieures et concepteurs/conceptrices en logiciel"
    assert f'<span lang="fr">{title}</span>' in english
    assert f"<h1>{title}</h1>" in french.replace("/<wbr>", "/")
    assert "p3VD.pl?Function=getVD&amp;TVD=1322554&amp;CVD=1322870&amp;CPV=21231&amp;CST=01052021&amp;CLV=5" in english
    assert "p3VD_f.pl?Function=getVD" in french


@pytest.mark.django_db
def test_occupation_keeps_leading_zeros(html):
    page = html("/occupations/00013/")

    assert "NOC 2021 unit group 00013" in page
    assert "Senior managers" in page


@pytest.mark.django_db
def test_occupation_names_a_bad_day(client):
    response = client.get("/occupations/21231/", {"on": "2024-13-40"})

    assert response.status_code == 200
    assert "“2024-13-40” is not a date." in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["99999", "2123", "abc", "212310", "021231"])
def test_unknown_code_is_not_found(client, code):
    assert client.get(f"/occupations/{code}/").status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_occupation_query_count(client, make_edition, make_draw, count, django_assert_num_queries):
    for slug in ["stem", "trade"][:count]:
        make_edition(slug, "2023", ["21231", "21232"], effective_to=date(2024, 12, 31))
        edition = make_edition(slug, "2025", ["21231"])
    draws = [make_draw(number, edition=edition) for number in range(count, 0, -1)]

    with django_assert_num_queries(7):
        response = client.get(reverse("occupations:detail", args=["21231"]))

    assert response.context["draws"] == draws


@pytest.mark.django_db
def test_occupation_leads_to_what_it_excludes(client, html):
    english, french = html("/occupations/21231/"), html("/fr/occupations/21231/")
    api = client.get("/api/v1/occupations/21231").json()["exclusions"]

    assert '<h2 id="excluded">Not this? See</h2>' in english
    assert '<a href="/occupations/21232/">21232 Software developers and programmers</a>' in english
    assert '<a href="/fr/occupations/21311/">21311 Ingénieurs informaticiens' in french
    assert [one["code"] for one in api] == [
        "20012", "21222", "21223", "21230", "21232", "21233", "21234", "21310", "21311", "22222",
    ]  # fmt: skip


@pytest.mark.django_db
def test_occupation_that_excludes_nothing_says_nothing_of_it(html):
    Exclusion.objects.filter(occupation__code="21231").delete()

    assert 'id="excluded"' not in html("/occupations/21231/")
