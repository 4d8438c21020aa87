import csv
import io
import json
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from occupations.models import Category, Edition, Listing

STEM_2023 = (
    "20010 20011 20012 21200 21201 21202 21203 21210 21211 21220 21221 21222 "
    "21223 21230 21231 21232 21233 21234 21300 21310 21311 21321 21322 41400"
)
STEM_2025 = "20011 21220 21300 21301 21310 21321 21331 22300 22301 22310 63100"


def listed(response):
    return codes(row.record for row in response.context["table"].rows)


def codes(listings):
    return " ".join(listing.occupation.code for listing in listings)


def unit_groups(count):
    return [f"7{number:04}" for number in range(count)]


@pytest.mark.django_db
def test_category_list_tells_what_is_in_force(client):
    response = client.get("/categories/", {"on": "2026-10-09"})

    held = {one["category"].slug: one for one in response.context["held"]}
    assert {slug: (one["current"].version, one["current"].size) for slug, one in held.items()} == {
        "education": ("2026", 5),
        "french": ("2026", 0),
        "healthcare": ("2026", 37),
        "military": ("2026", 3),
        "physicians": ("2026", 3),
        "researchers": ("2026", 2),
        "senior-managers": ("2026", 4),
        "stem": ("2026", 11),
        "trade": ("2026", 25),
        "transport": ("2026", 4),
    }
    assert (held["stem"]["latest"].number, held["stem"]["latest"].cutoff) == ("293", 491)
    assert [one["category"].slug for one in response.context["others"]] == ["agriculture"]
    assert [category.slug for category in response.context["undrawn"]] == ["researchers"]


@pytest.mark.django_db
def test_category_list_shows_the_last_edition_of_a_retired_category(html):
    page = html("/categories/")

    assert '<a href="/categories/agriculture/2025/">2025</a></td><td class="nowrap">February 17, 2026</td>' in page


@pytest.mark.django_db
def test_category_list_before_the_first_category(client):
    response = client.get("/categories/", {"on": "2023-05-30"})

    assert (response.context["held"], response.context["others"]) == ([], [])
    assert "No category was in force on that day." in response.content.decode()


@pytest.mark.parametrize("count", [1, 8])
def test_category_list_query_count(client, make_edition, make_draw, count, django_assert_num_queries):
    slugs = Category.objects.values_list("slug", flat=True)[:count]
    editions = [make_edition(slug) for slug in slugs]
    for number, edition in enumerate(editions, start=1):
        make_draw(number, edition=edition)

    with django_assert_num_queries(5):
        response = client.get(reverse("categories:list"))

    assert [one["current"] for one in response.context["held"]] == editions


@pytest.mark.django_db
def test_category_shows_its_list_of_today(client):
    response = client.get("/categories/stem/")

    assert codes(response.context["current"].listings.all()) == STEM_2025
    assert [draw.number for draw in response.context["draws"]] == ["293", "274", "254"]
    assert "The 2026 edition has been in force since February 18, 2026." in response.content.decode()


@pytest.mark.django_db
def test_category_shows_the_state_of_a_day(client):
    response = client.get("/categories/stem/", {"on": "2024-01-15"})

    assert codes(response.context["current"].listings.all()) == STEM_2023
    assert [draw.number for draw in response.context["draws"]] == ["274", "254"]
    assert "On January 15, 2024 the 2023 edition was in force, from May 31, 2023." in response.content.decode()


@pytest.mark.django_db
def test_category_names_a_bad_day(client):
    response = client.get("/categories/stem/", {"on": "15/01/2024"})

    assert response.status_code == 200
    assert response.context["day_form"].errors == {
        "on": ["“15/01/2024” is not a date. Write it as year-month-day: 2024-01-15."]
    }
    assert response.context["current"].version == "2026"
    assert "“15/01/2024” is not a date." in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "day", "words"),
    [
        ("agriculture", "2026-10-09", "Not in force since February 18, 2026."),
        ("transport", "2025-06-01", "Not in force from February 27, 2025 to February 17, 2026."),
        ("education", "2024-01-01", "Not in force before February 27, 2025."),
    ],
)
def test_category_says_when_it_is_not_in_force(html, slug, day, words):
    page = html(f"/categories/{slug}/", on=day)

    assert f'<p class="lede">{words}</p>' in page.replace("\n", "")


@pytest.mark.django_db
def test_category_with_a_language_rule_has_no_list(client):
    response = client.get("/categories/french/")

    page = response.content.decode()
    assert response.context["matrix"] == []
    assert '<dd class="words"><span class="missing">no list</span></dd>' in page
    assert "NCLC 7 or higher in French, in all four abilities" in page


@pytest.mark.django_db
def test_category_matrix_compares_all_editions(html):
    page = html("/categories/trade/")

    row = page[page.index('<a href="/occupations/63200/">Cooks</a></th><td class="numeric">63200</td>') :]
    assert row[: row.index("</tr>")].count("<td>listed</td>") == 1


@pytest.mark.parametrize("count", [1, 12])
def test_category_query_count(client, make_edition, make_draw, count, django_assert_num_queries):
    make_edition("stem", "2023", unit_groups(count), effective_to=date(2024, 12, 31))
    edition = make_edition("stem", "2025", unit_groups(count))
    draws = [make_draw(number, edition=edition) for number in range(count, 0, -1)]

    with django_assert_num_queries(7):
        response = client.get(reverse("categories:detail", args=["stem"]))

    assert [*response.context["draws"]] == draws


@pytest.mark.django_db
@pytest.mark.parametrize(("version", "expected"), [("2023", STEM_2023), ("2025", STEM_2025), ("2026", STEM_2025)])
def test_edition_lists_its_occupations(client, version, expected):
    response = client.get(f"/categories/stem/{version}/")

    assert listed(response) == expected


@pytest.mark.django_db
def test_edition_says_that_a_newer_one_exists(html):
    page = html("/categories/stem/2023/")

    assert "A newer edition exists: 2026." in page
    assert '<a href="/categories/stem/compare/2023/2026/">See what changed</a>' in page
    assert "In force from May 31, 2023 to February 26, 2025." in page


@pytest.mark.django_db
def test_newest_edition_has_no_note(html):
    assert "newer edition" not in html("/categories/stem/2026/")


@pytest.mark.django_db
def test_last_edition_of_a_retired_category_says_so(html):
    page = html("/categories/agriculture/2025/")

    assert "In force until February 17, 2026." in page
    assert "No edition of this category has followed." in page


@pytest.mark.django_db
def test_edition_has_a_citation_line(html):
    page = html("/categories/stem/2023/")

    assert (
        "Express Entry Record, STEM 2023 edition, as of October 10, 2026, http://testserver/categories/stem/2023/"
        in page
    )


@pytest.mark.django_db
def test_edition_says_how_good_its_sources_are(html):
    page = html("/categories/healthcare/2026/")

    assert page.count(">third party</a>") == 37
    assert "23 occupations" in page
    assert "No second source found." in page


@pytest.mark.django_db
def test_edition_shows_the_noc_title_where_it_differs(html):
    page = html("/categories/healthcare/2023/")

    assert ">Dieticians and nutritionists</a>" in page
    assert "<td >Dietitians and nutritionists</td>" in page
    assert "NOC title, where it differs" not in html("/categories/physicians/2026/")


@pytest.mark.django_db
def test_edition_without_a_list(html):
    page = html("/categories/french/2023/")

    assert "This category has a language rule and no occupation list" in page
    assert "<td >" not in page


@pytest.mark.django_db
def test_edition_on_french_pages_has_french_titles(html):
    page = html("/fr/categories/stem/2023/")

    assert "<h1>Professions en sciences, technologie, ingénierie et mathématiques (STIM)" in page
    assert (
        '<a href="/fr/occupations/21231/">Ingénieurs/ingénieures et concepteurs/conceptrices en logiciel</a>' in page
    )


@pytest.mark.django_db
def test_edition_without_a_french_name_marks_the_english_one(html):
    page = html("/fr/categories/researchers/2026/")

    assert '<span lang="en">Researchers with Canadian work experience</span>' in page


@pytest.mark.parametrize("count", [1, 12])
def test_edition_query_count(client, make_edition, make_draw, count, django_assert_num_queries):
    edition = make_edition("stem", "2023", unit_groups(count))
    draws = [make_draw(number, edition=edition) for number in range(count, 0, -1)]

    with django_assert_num_queries(5):
        response = client.get(edition.get_absolute_url())

    assert listed(response) == " ".join(unit_groups(count))
    assert [*response.context["draws"]] == draws


@pytest.mark.django_db
def test_edition_export_csv_has_its_rows(client):
    response = client.get("/categories/stem/2023/", {"_export": "csv"})

    rows = [*csv.DictReader(io.StringIO(response.content.decode()))]
    assert response.headers["Content-Disposition"] == 'attachment; filename="stem-2023.csv"'
    assert " ".join(row["2021 NOC code"] for row in rows) == STEM_2023
    assert (rows[0]["Occupation"], rows[0]["Evidence"]) == ("Engineering managers", "government-copy")
    assert (rows[0]["In force from"], rows[0]["In force to"]) == ("2023-05-31", "2025-02-26")


@pytest.mark.django_db
def test_edition_export_json_and_xlsx_have_its_rows(client):
    as_json = client.get("/categories/stem/2025/", {"_export": "json"})
    as_xlsx = client.get("/categories/stem/2025/", {"_export": "xlsx"})

    sheet = load_workbook(io.BytesIO(as_xlsx.content)).active
    header, *rows = sheet.iter_rows(values_only=True)
    assert " ".join(row["2021 NOC code"] for row in json.loads(as_json.content)) == STEM_2025
    assert " ".join(row[header.index("2021 NOC code")] for row in rows) == STEM_2025


@pytest.mark.django_db
def test_export_in_another_format_shows_the_page(client):
    response = client.get("/categories/stem/2025/", {"_export": "yaml"})

    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert listed(response) == STEM_2025


@pytest.mark.django_db
def test_compare_counts_added_removed_and_kept(html):
    page = html("/categories/stem/compare/2023/2025/")

    assert "6 added, 19 removed, 5 kept." in page
    assert [page.count(f'<tr class="{kind}">') for kind in ("added", "removed", "kept")] == [6, 19, 5]
    assert "The name and the rule are the same." in page


@pytest.mark.django_db
def test_compare_backwards_says_so(html):
    page = html("/categories/stem/compare/2025/2023/")

    assert "19 added, 6 removed, 5 kept." in page
    assert "Backwards in time." in page


@pytest.mark.django_db
def test_compare_equal_lists(html):
    page = html("/categories/healthcare/compare/2025/2026/")

    assert "The list is the same: 37 occupations." in page
    assert "at least 12 months in one listed occupation" in page
    assert "Titles written differently" in page


@pytest.mark.django_db
def test_compare_on_french_pages_has_french_names(html):
    page = html("/fr/categories/healthcare/compare/2023/2025/")

    assert "<td>Professions de la santé</td><td>Professions de la santé et des services sociaux</td>" in page


@pytest.mark.django_db
def test_compare_without_lists(html):
    assert "Neither edition has an occupation list." in html("/categories/french/compare/2023/2025/")


@pytest.mark.parametrize("count", [1, 12])
def test_compare_query_count(client, make_edition, count, django_assert_num_queries):
    make_edition("stem", "2023", unit_groups(count), effective_to=date(2024, 12, 31))
    make_edition("stem", "2025", unit_groups(count))

    with django_assert_num_queries(6):
        response = client.get(reverse("categories:compare", args=["stem", "2023", "2025"]))

    assert codes(both.new for both in response.context["comparison"].kept) == " ".join(unit_groups(count))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["nothing/", "stem/2024/", "nothing/2023/", "stem/compare/2023/2024/", "nothing/compare/2023/2025/"]
)
def test_unknown_category_or_edition_is_not_found(client, path):
    assert client.get(f"/categories/{path}").status_code == 404


def test_unpublished_editions_never_show(client, make_edition):
    make_edition("stem", "2023", effective_to=date(2024, 12, 31))
    make_edition("stem", "2025", ["21232"], status="draft")
    make_edition("trade", "2025", status="review")

    stem = client.get("/categories/stem/")
    occupation = client.get("/occupations/21232/")

    assert [edition.version for edition in stem.context["editions"]] == ["2023"]
    assert [one["category"].slug for one in client.get("/categories/").context["held"]] == []
    assert occupation.context["memberships"] == []
    assert client.get("/categories/stem/2025/").status_code == 404
    assert client.get("/categories/stem/compare/2023/2025/").status_code == 404
    assert client.get("/categories/trade/").status_code == 404


@pytest.mark.django_db
def test_every_edition_renders_with_its_whole_list(client):
    editions = [*Edition.objects.published().select_related("category")]

    shown = sum(len(listed(client.get(edition.get_absolute_url())).split()) for edition in editions)

    assert len(editions) == 22
    assert shown == Listing.objects.count() == 255
