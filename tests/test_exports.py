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
