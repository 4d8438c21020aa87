"""Files for spreadsheets, wherever they come from, hold nothing that a spreadsheet would run."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

LIVE = '=HYPERLINK("https://example.org","Open")'
SHORTLIST = "/shortlist/?noc=21231&on=2022-06-01"
ADDRESSES = [
    "/draws/?",
    "/tools/invited/?crs=500",
    "/categories/stem/2022/?",
    "/occupations/?q=21231&on=2022-06-01",
    SHORTLIST,
]


@pytest.fixture
def live(make_occupation, make_edition, make_draw):
    """A draw, a list and an occupation whose texts begin like a formula."""
    make_occupation("21231", title_en=LIVE)
    return make_draw(edition=make_edition(version="2022"), name_en=LIVE)


def csv_cells(content):
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]


def xlsx_cells(content):
    cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    return [cell.value for cell in cells]


@pytest.mark.parametrize(("form", "cells"), [("csv", csv_cells), ("xlsx", xlsx_cells)])
@pytest.mark.parametrize("address", ADDRESSES)
def test_export_runs_no_formula(client, live, address, form, cells):
    found = cells(client.get(f"{address}&_export={form}").content)

    assert (f"'{LIVE}" in found, LIVE in found) == (True, False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_json_export_keeps_text_as_it_is(client, live, address):
    rows = json.loads(client.get(f"{address}&_export=json").content)

    assert LIVE in rows[0].values()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/draws/?category=stem", "/shortlist/?noc=21231&on=2024-01-15"])
def test_sheets_have_french_headings_below_fr_and_json_the_same_keys(client, address):
    files = [
        client.get(f"{prefix}{address}&_export={form}").content for prefix in ("", "/fr") for form in ("csv", "json")
    ]

    english, french = (next(csv.reader(io.StringIO(content.decode("utf-8-sig")))) for content in files[::2])
    keys = [list(json.loads(content)[0]) for content in files[1::2]]
    assert keys[0] == keys[1] == english
    assert len(french) == len(english)
    assert {"seuil", "seuil de la dernière ronde"} & set(french)
    assert "cutoff" not in french


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "english", "french"),
    [
        ("/draws/?category=stem", "Draws", "Rondes"),
        ("/tools/invited/?crs=486&from=2026-01-01", "This profile in each draw", "Ce profil dans chaque ronde"),
        ("/shortlist/?noc=21231&on=2024-01-15", "Shortlist", "Liste restreinte"),
        ("/categories/stem/2023/?", "Listings", "Inscriptions sur une liste"),
        ("/occupations/?q=21231", "Occupations", "Professions"),
    ],
)
def test_sheets_are_named_in_the_language_of_the_page(client, address, english, french):
    files = [client.get(f"{prefix}{address}&_export=xlsx").content for prefix in ("", "/fr")]

    assert [load_workbook(io.BytesIO(content)).sheetnames for content in files] == [[english], [french]]


@pytest.mark.django_db
def test_sheet_of_an_edition_is_in_the_language_of_the_page(client):
    """Its texts, its days as people write them to programs, and no NOC title that repeats the published one."""
    files = [client.get(f"{prefix}/categories/stem/2023/?_export=csv").content for prefix in ("", "/fr")]

    english, french = (next(csv.DictReader(io.StringIO(content.decode("utf-8-sig")))) for content in files)
    assert french["Source"].startswith("Copie de la page du ministère")
    assert "24 juillet 2023" in french["Confirmé par"]
    assert english["Confirmed by"].endswith("(July 24, 2023, 24 of 24)")
    assert (english["Source"], french["Titre CNP, s’il diffère"]) == (
        "Copy of the department's page in a Government of Canada repository, state of autumn 2024",
        "",
    )


@pytest.mark.django_db
def test_workbook_has_days_as_they_are_written_in_csv(client):
    cells = xlsx_cells(client.get("/categories/stem/2023/?_export=xlsx").content)

    assert {"2023-05-31", "2025-02-26"} < set(cells)


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "headings"), [("", "line,name,answer"), ("/fr", "ligne,nom,réponse")])
def test_checked_links_are_headed_in_the_language_of_the_page(client, prefix, headings):
    response = client.post(f"{prefix}/check/", {"links": "/draws/254/", "export": "csv"})

    assert response.content.decode("utf-8-sig").startswith(f"{headings},")
