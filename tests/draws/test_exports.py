import csv
import io
import json
from datetime import date

import pytest
from openpyxl import load_workbook

from draws.exports import FIELDS

pytestmark = pytest.mark.django_db


def export(client, form, query=""):
    response = client.get(f"/draws/?_export={form}&{query}")
    assert response["Content-Disposition"] == f'attachment; filename="express-entry-draws.{form}"'
    return response


def csv_rows(client, query=""):
    return list(csv.DictReader(io.StringIO(export(client, "csv", query).content.decode("utf-8-sig"))))


def json_rows(client, query=""):
    return json.loads(export(client, "json", query).content)


def xlsx_rows(client, query=""):
    sheet = load_workbook(io.BytesIO(export(client, "xlsx", query).content)).active
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("rows", [csv_rows, json_rows, xlsx_rows])
def test_export_has_every_draw(client, rows):
    draws = rows(client)

    assert len(draws) == 448
    assert list(draws[0]) == list(FIELDS)
    assert [draw["number"] for draw in draws if draw["number"].startswith("91")] == ["91b", "91a"]


@pytest.mark.parametrize("rows", [csv_rows, json_rows, xlsx_rows])
def test_export_has_exactly_the_filtered_rows_in_their_order(client, rows):
    draws = rows(client, "category=stem&sort=cutoff&per_page=25&page=9")

    assert [draw["number"] for draw in draws] == ["274", "254", "293"]


@pytest.mark.parametrize("address", ["/draws/?category=stem&year=abc", "/occupations/?teer=9"])
def test_faulty_filter_gives_the_faults_and_no_file(client, address):
    response = client.get(f"{address}&_export=csv")

    assert (response.status_code, response.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert response.content.decode().startswith(("year: ", "teer: "))


def test_csv_has_plain_numbers_and_iso_dates(client):
    draw = csv_rows(client, "crs_max=75")[0]

    assert draw["number"] == "176"
    assert draw["date"] == "2021-02-13"
    assert draw["drawn_at"] == "2021-02-13T11:56:56Z"
    assert draw["invitations"] == "27332"
    assert draw["programs"] == "CEC"
    assert draw["category"] == ""


def test_json_has_numbers_lists_and_null(client):
    draw = json_rows(client, "crs_min=886&crs_max=886")[0]

    assert draw["number"] == "1"
    assert draw["invitations"] == 779
    assert draw["programs"] == ["FSW", "FST", "CEC", "PNP"]
    assert draw["tie_break"] is None
    assert draw["edition"] is None


def test_xlsx_has_numbers_as_numbers_and_the_draw_number_as_text(client):
    draw = xlsx_rows(client, "from=2023-07-05&to=2023-07-05")[0]

    assert (draw["number"], draw["invitations"], draw["cutoff"]) == ("254", 500, 486)
    assert (draw["category"], draw["edition"]) == ("stem", "2023")


@pytest.mark.parametrize("rows", [csv_rows, xlsx_rows])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_spreadsheet_runs_no_text_as_a_formula(client, make_draw, rows, start):
    make_draw(name_en=f"{start}cmd|'/c calc'!A1")

    assert rows(client)[0]["name"] == f"'{start}cmd|'/c calc'!A1"


def test_json_keeps_text_as_it_is(client, make_draw):
    make_draw(name_en="=1+1")

    assert json_rows(client)[0]["name"] == "=1+1"


@pytest.mark.parametrize("rows", [csv_rows, json_rows, xlsx_rows])
def test_export_leaves_unknown_values_empty(client, make_draw, rows):
    make_draw(date=date(2022, 5, 1), cutoff=None, invitations=None, drawn_at=None, tie_break=None)

    draw = rows(client)[0]

    empty = "" if rows is csv_rows else None
    assert [draw[name] for name in ("cutoff", "invitations", "drawn_at", "tie_break")] == [empty] * 4


@pytest.mark.parametrize("form", ["pdf", "yaml", "latex", ""])
def test_export_in_another_format_shows_the_page_and_says_so(client, form):
    response = client.get("/draws/", {"_export": form})

    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert "The rows are available only as csv, xlsx or json." in response.content.decode()
