import csv
import io
import json

import pytest
from openpyxl import load_workbook
from tablib import Dataset

from tests.occupations.categories.pages import STEM_2023, STEM_2025, listed, unit_groups


@pytest.mark.django_db
@pytest.mark.parametrize(("version", "expected"), [("2023", STEM_2023), ("2025", STEM_2025), ("2026", STEM_2025)])
def test_edition_lists_its_occupations(client, version, expected):
    response = client.get(f"/categories/stem/{version}/")

    assert listed(response) == expected


@pytest.mark.django_db
def test_edition_names_each_later_one(html):
    page = html("/categories/stem/2023/")

    assert "<strong>In force until February 26, 2025.</strong> Later editions of this list:" in page
    assert '<a href="/categories/stem/2025/">2025</a>, in force from February 27, 2025 to February 17, 2026' in page
    assert '<a href="/categories/stem/2026/">2026</a>, in force since February 18, 2026' in page
    assert '<a href="/categories/stem/compare/2023/2025/">See what changed</a>' in page
    assert '<a href="/categories/stem/compare/2023/2026/">See what changed</a>' in page
    assert "In force from May 31, 2023 to February 26, 2025." in page


@pytest.mark.django_db
def test_newest_edition_has_no_note(html):
    assert "Later editions" not in html("/categories/stem/2026/")


@pytest.mark.django_db
def test_last_edition_of_a_retired_category_says_so(html):
    page = html("/categories/agriculture/2025/")

    assert "In force until February 17, 2026." in page
    assert "No edition of this category has followed." in page


@pytest.mark.django_db
def test_edition_has_a_citation_line(html):
    cited = "Express Entry Record, STEM, 2023 edition, as of October 10, 2026,"

    assert f"{cited} http://testserver/categories/stem/2023/?known=" in html("/categories/stem/2023/")


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
    assert "<td>Dietitians and nutritionists</td>" in page
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
def test_edition_without_a_french_name_marks_the_english_one(html, make_edition):
    make_edition("stem", "2023", name_en="STEM occupations")

    page = html("/fr/categories/stem/2023/")

    assert '<span lang="en">STEM occupations</span>' in page


@pytest.mark.parametrize("count", [1, 12])
def test_edition_query_count(client, make_edition, make_draw, count, django_assert_num_queries):
    edition = make_edition("stem", "2023", unit_groups(count))
    draws = [make_draw(number, edition=edition) for number in range(count, 0, -1)]

    with django_assert_num_queries(4):
        response = client.get(edition.get_absolute_url())

    assert listed(response) == " ".join(unit_groups(count))
    assert [*response.context["draws"]] == draws


@pytest.mark.django_db
def test_edition_export_csv_has_its_rows(client):
    response = client.get("/categories/stem/2023/", {"_export": "csv"})

    rows = [*csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))]
    assert response.headers["Content-Disposition"] == 'attachment; filename="stem-2023-revision-1.csv"'
    assert " ".join(row["2021 NOC code"] for row in rows) == STEM_2023
    assert (rows[0]["Occupation"], rows[0]["Evidence"]) == ("Engineering managers", "government-copy")
    assert (rows[0]["In force from"], rows[0]["In force to"]) == ("2023-05-31", "2025-02-26")


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_edition_export_says_its_revision_digest_and_lasting_link(client, form):
    page = client.get("/categories/stem/2023/")
    digest, link = page.context["revision"].digest, page.context["full_url"]

    response = client.get("/categories/stem/2023/", {"_export": form})

    rows = Dataset().load(response.content if form == "xlsx" else response.content.decode("utf-8-sig"), form).dict
    assert {(str(row["revision"]), row["digest"], row["lasting_link"]) for row in rows} == {("1", digest, link)}
    assert len(rows) == 24
    assert f'filename="stem-2023-revision-1.{form}"' in response["Content-Disposition"]


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
def test_caption_claims_no_more_than_its_evidence(html):
    assert "as the department published them" in html("/categories/stem/2023/")
    for version in ("2025", "2026"):
        page = html(f"/categories/stem/{version}/")
        assert "as third parties give them: the department’s page was not read" in page
        assert "as the department published them" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("edition", "start"),
    [
        ("stem/2023", "February 27, 2025, when the 2025 edition of “Science"),
        ("agriculture/2025", "February 18, 2026, when the 2026 edition of “"),
    ],
)
def test_last_day_of_an_edition_has_its_own_evidence(html, edition, start):
    page = html(f"/categories/{edition}/")

    assert f"Not stated by the source above. It is the day before {start}" in page


@pytest.mark.django_db
def test_edition_in_force_has_no_last_day(html):
    assert "Last day in force" not in html("/categories/stem/2026/")
