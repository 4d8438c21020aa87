import json

import pytest

from occupations.models import Occupation


def found(response):
    return [row.record.code for row in response.context["table"].rows]


@pytest.mark.django_db
def test_browsing_reaches_every_unit_group(html):
    page = html("/occupations/")

    links = [f'<a href="/occupations/{code}/">' for code in Occupation.objects.values_list("code", flat=True)]
    assert len(links) == 516
    assert [page.count(link) for link in links] == [1] * 516


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("cook", ["63200"]),
        ("21231", ["21231"]),
        ("devops engineer", ["21231"]),
        ("médecin de famille", ["31102"]),
        ("2174", ["21230", "21232", "21234"]),
    ],
)
def test_search_finds_what_a_person_means(client, query, first):
    response = client.get("/occupations/", {"q": query})

    assert found(response)[: len(first)] == first


@pytest.mark.django_db
def test_search_says_which_title_matched_and_who_lists_it(html):
    page = html("/occupations/", q="devops engineer", on="2024-01-15")

    assert '<span>Development and operations (DevOps) engineer</span> <span class="small">job title</span>' in page
    assert '<a href="/categories/stem/2023/">STEM</a>' in page
    assert "Lists in force on January 15, 2024." in page


@pytest.mark.django_db
def test_search_marks_the_language_of_a_title(html):
    page = html("/occupations/", q="soudeur")

    assert '<span lang="fr">' in page


@pytest.mark.django_db
def test_search_says_when_no_title_has_all_the_words(html):
    said = "No job title has all of these words."

    assert [said in html("/occupations/", q=query) for query in ("salesforce", "investment banker", "cook")] == [
        True, True, False,
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/occupations/", "/occupations/21231/", "/categories/stem/", "/categories/"])
def test_day_outside_of_express_entry_is_refused(html, address):
    assert "That date is in the future." in html(address, on="2999-01-01")
    assert "Express Entry began on January 1, 2015." in html(address, on="2014-12-31")


@pytest.mark.django_db
def test_pages_of_today_say_to_which_day_the_record_goes(html):
    said = "Current to October 10, 2026: later lists and draws are not here yet."

    assert said in html("/occupations/21231/")
    assert said not in html("/occupations/21231/", on="2024-01-15")


@pytest.mark.django_db
def test_search_explains_a_former_code(html):
    page = html("/occupations/", q="2174")

    assert "2174 is a NOC 2016 code." in page
    assert "3 NOC 2021 unit groups share it; the duties decide which is yours." in page


@pytest.mark.django_db
def test_search_offers_a_correction_and_keeps_the_filters(html):
    page = html("/occupations/", q="plummer", teer="2")

    assert 'Did you mean <a href="?q=plumber&amp;teer=2">plumber</a>' in page


@pytest.mark.django_db
def test_search_without_a_match_says_what_to_try(html):
    page = html("/occupations/", q="zzzzqq")

    assert "0 occupations" in page
    assert "No occupation matches. Try fewer words, another title for the same work, or part of a NOC code." in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"category": "physicians"}, ["31100", "31101", "31102"]),
        ({"category": "physicians", "on": "2024-01-15"}, []),
        ({"category": "trade", "on": "2025-06-01", "teer": "3", "q": "cook"}, ["63200"]),
        ({"category": "trade", "on": "2026-06-01", "teer": "3", "q": "cook"}, []),
        ({"category": "stem", "teer": ["0", "3"], "on": "2026-06-01"}, ["20011", "63100"]),
    ],
)
def test_filters_narrow_the_selection(client, query, codes):
    response = client.get("/occupations/", query)

    assert found(response) == codes


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "count"), [("2023-06-01", 82), ("2025-06-01", 79), ("2026-06-01", 91)])
def test_any_category_selects_all_that_are_listed(client, day, count):
    response = client.get("/occupations/", {"category": "any", "on": day})

    assert len(response.context["table"].rows) == count


@pytest.mark.django_db
def test_bad_values_are_named_and_left_out(client):
    response = client.get("/occupations/", {"q": "cook", "teer": "9", "category": "zz", "on": "soon"})

    assert response.status_code == 200
    assert response.context["filter"].form.errors == {
        "category": ["Select a valid choice. zz is not one of the available choices."],
        "on": ["“soon” is not a date. Write it as year-month-day: 2024-01-15."],
        "teer": ["Select a valid choice. 9 is not one of the available choices."],
    }
    assert found(response)[0] == "63200"


@pytest.mark.django_db
def test_bad_values_alone_leave_the_tree(client):
    response = client.get("/occupations/", {"teer": "9"})

    assert len(response.context["tree"]) == 10
    assert "9 is not one of the available choices." in response.content.decode()


@pytest.mark.django_db
def test_search_export_has_exactly_the_rows_found(client):
    page = client.get("/occupations/", {"category": "trade", "on": "2026-06-01", "teer": "3"})
    export = client.get("/occupations/", {"category": "trade", "on": "2026-06-01", "teer": "3", "_export": "json"})

    rows = json.loads(export.content)
    assert [row["2021 NOC code"] for row in rows] == found(page)
    assert rows[0] == {
        "Occupation": "Butchers - retail and wholesale",
        "2021 NOC code": "63201",
        "TEER": 3,
        "On the list of": "trade",
    }


@pytest.mark.django_db
def test_sorting_by_title_follows_the_language(client):
    english = client.get("/occupations/", {"category": "physicians", "sort": "-title"})
    french = client.get("/fr/occupations/", {"category": "physicians", "sort": "-title"})

    assert found(english) == ["31101", "31100", "31102"]
    assert found(french) == ["31100", "31101", "31102"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "count"),
    [({}, 5), ({"teer": "0"}, 5), ({"teer": ["0", "1"]}, 5), ({"q": "72"}, 6), ({"q": "72", "category": "any"}, 7)],
)
def test_occupation_list_query_count(client, query, count, django_assert_num_queries):
    client.get("/occupations/", {"q": "cook"})  # builds the search index

    with django_assert_num_queries(count):
        response = client.get("/occupations/", query)

    assert response.status_code == 200


@pytest.mark.parametrize("per_page", ["-1", "0", "9" * 30, "abc"])
def test_list_answers_any_number_of_rows_per_page(db, html, per_page):
    assert "21231" in html("/occupations/", q="21231", per_page=per_page)
