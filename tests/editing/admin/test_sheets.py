"""Spreadsheets: what would change is shown first, faults are named by row, and nobody publishes by them."""

import html
import io
import re
from datetime import datetime

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from editing.ledger.read import changes
from occupations.models import Listing, Occupation
from programs.models import Amount
from tests.editing.admin.forms import SAID, address

AMOUNT = {
    "table": "fees",
    "item": "biometrics",
    "label_en": "Biometrics",
    "dollars": 90,
    "valid_from": "2026-12-01",
    "position": 9,
    "evidence": "official",
    "source": "A page",
    "checked_on": "2026-12-01",
    "status": "published",
}


def preview(client, model, *rows, **said):
    """The page that shows what the rows would change."""
    data = tablib.Dataset(*[list(row.values()) for row in rows], headers=list(rows[0]))
    file = SimpleUploadedFile("sheet.csv", data.export("csv").encode())
    return client.post(address(model, "import"), {"import_file": file, "format": "0"} | said)


def confirm(client, model, response):
    return client.post(address(model, "process_import"), response.context["confirm_form"].initial, follow=True)


def faults(response):
    rows = response.context["result"].invalid_rows
    return [str(sentence) for row in rows for sentence in row.error.messages]


def text_of_faults(response):
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(response.content.decode())).split())


def test_new_amount_is_a_draft_whatever_the_sheet_says(publisher, db):
    confirm(publisher, Amount, preview(publisher, Amount, AMOUNT))

    row = Amount.objects.get(item="biometrics", valid_from="2026-12-01")
    assert (row.status, row.dollars, row.history.get().history_user) == ("draft", 90, publisher.user)
    assert row.history.get().history_change_reason == "Spreadsheet sheet.csv"


def test_preview_saves_nothing(editor, db):
    response = preview(editor, Amount, AMOUNT)

    assert [row.import_type for row in response.context["result"].rows] == ["new"]
    assert ("<ins>biometrics</ins>" in response.content.decode(), b"style=" in response.content) == (True, False)
    assert not Amount.objects.filter(item="biometrics", valid_from="2026-12-01").exists()


def test_fault_is_named_by_its_row(editor, db):
    response = preview(editor, Amount, AMOUNT, AMOUNT | {"item": "other", "dollars": 0})

    result = response.context["result"]
    assert ([row.number for row in result.invalid_rows], "confirm_form" in response.context) == ([2], False)
    assert faults(response) == ["An amount is above zero; leave a value that nobody published out."]


def test_published_row_is_closed_to_an_editors_sheet(editor, publisher, db):
    row = Amount.objects.filter(status="published").values(*(set(AMOUNT) - {"status"})).first()
    changed = row | {"dollars": row["dollars"] + 1}

    responses = [preview(client, Amount, changed) for client in (editor, publisher)]

    assert faults(responses[0]) == ["This row is published: only publishers change it by spreadsheet."]
    assert [one.import_type for one in responses[1].context["result"].rows] == ["update"]


def test_sheet_that_changes_a_public_fact_says_what_happened(publisher, db, clock):
    row = Amount.objects.filter(status="published", table="fees").values(*(set(AMOUNT) - {"status"})).first()
    changed = row | {"dollars": row["dollars"] + 1}
    clock(minutes=1)

    refused = preview(publisher, Amount, changed)
    confirm(publisher, Amount, preview(publisher, Amount, changed, **SAID))

    assert [str(one.error)[:60] for one in refused.context["result"].base_errors] != []
    assert "confirm_form" not in refused.context
    assert [(one.cause, one.reason) for one in changes("amount")[:1]] == [("ours", "A test")]


def test_sheet_changes_no_public_amount_to_what_is_hard_to_believe(publisher, db):
    rows = Amount.objects.filter(status="published", table="fees").order_by("-valid_from")
    row = rows.values(*(set(AMOUNT) - {"status"})).first()

    response = preview(publisher, Amount, row | {"dollars": row["dollars"] * 10}, **SAID)

    (fault,) = response.context["result"].base_errors
    assert "the amount before it was" in str(fault.error)
    assert "confirm_form" not in response.context


def test_listing_is_found_by_edition_and_code(publisher, make_edition):
    make_edition(version="2025", occupations=["21231"])
    sheet = {"edition": "stem/2025", "occupation": "21231", "title_as_published_en": "Another title"}
    sheet |= {"evidence": "official", "source": "A page", "checked_on": "2026-12-01"}

    confirm(publisher, Listing, preview(publisher, Listing, sheet))

    assert Listing.objects.get().title_as_published_en == "Another title"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"occupation": "99999"}, "NOC 2021 has no unit group 99999."),
        ({"edition": "stem/1999"}, "There is no edition “stem/1999”: write it like stem/2023."),
    ],
)
def test_unknown_key_is_named(publisher, make_edition, changes, sentence):
    make_edition(version="2025", occupations=["21231"])
    sheet = {"edition": "stem/2025", "occupation": "21231", "title_as_published_en": "X"} | changes

    response = preview(publisher, Listing, sheet)

    assert sentence in response.content.decode()
    assert "confirm_form" not in response.context


def test_zeros_in_front_of_a_code_come_back(publisher, db):
    sheet = {"code": 10, "title_en": "Legislators!", "title_fr": "Membres des corps législatifs"}

    confirm(publisher, Occupation, preview(publisher, Occupation, sheet))

    assert Occupation.objects.get(code="00010").title_en == "Legislators!"


@pytest.mark.parametrize("model", [Amount, Listing, Occupation])
def test_exported_sheet_can_be_imported_unchanged(publisher, model):
    exported = publisher.post(address(model, "export"))
    data = tablib.Dataset().load(io.BytesIO(exported.content).read(), "xlsx")
    file = SimpleUploadedFile("sheet.xlsx", exported.content)

    response = publisher.post(address(model, "import"), {"import_file": file, "format": "0"})

    assert data.height == len(response.context["result"].rows) == model.objects.count()
    assert {row.import_type for row in response.context["result"].rows} == {"skip"}


def upload(client, model, book):
    """The preview of a spreadsheet."""
    return client.post(address(model, "import"), {"import_file": SimpleUploadedFile("a.xlsx", book), "format": "0"})


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@a", "'=1+1"])
def test_exported_sheet_runs_no_formula_and_comes_back_as_it_was(publisher, make_occupation, title):
    make_occupation("21231", title_en=title)

    exported = publisher.post(address(Occupation, "export")).content

    row = next(row for row in load_workbook(io.BytesIO(exported)).active.iter_rows() if row[0].value == "21231")
    assert (row[1].data_type, row[1].value[0]) == ("s", "'")
    assert {one.import_type for one in upload(publisher, Occupation, exported).context["result"].rows} == {"skip"}


def test_exported_number_is_a_number(publisher, db):
    exported = publisher.post(address(Amount, "export")).content

    head, row, *_rows = load_workbook(io.BytesIO(exported)).active.iter_rows(values_only=True)
    assert isinstance(dict(zip(head, row, strict=True))["dollars"], int)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"dollars": "1.5"}, "dollars: “1.5” is not a whole number."),
        ({"dollars": "ninety"}, "dollars: “ninety” is not a whole number."),
        ({"dollars": "NaN"}, "dollars: “NaN” is not a whole number."),
        ({"dollars": "-5"}, "dollars: Ensure this value is greater than or equal to 0."),
        ({"position": "9.9"}, "position: “9.9” is not a whole number."),
        ({"checked_on": "2026-13-01"}, "checked_on: “2026-13-01” is not a day like 2026-01-31."),
        ({"checked_on": "01/02/2026"}, "checked_on: “01/02/2026” is not a day like 2026-01-31."),
        ({"valid_from": "46000"}, "valid_from: “46000” is not a day like 2026-01-31."),
    ],
)
def test_value_that_does_not_fit_is_named_by_row_and_column(editor, db, changes, fault):
    response = preview(editor, Amount, AMOUNT, AMOUNT | {"item": "other"} | changes)

    assert fault in text_of_faults(response)
    assert "confirm_form" not in response.context


@pytest.mark.parametrize("dollars", [1.5, 90.0000001, True, datetime(2026, 1, 1)])
def test_spreadsheet_cell_that_is_no_whole_number_is_refused(editor, db, dollars):
    book = tablib.Dataset((AMOUNT | {"dollars": dollars}).values(), headers=AMOUNT)

    response = upload(editor, Amount, book.export("xlsx"))

    assert "is not a whole number." in text_of_faults(response)
    assert "confirm_form" not in response.context


@pytest.mark.parametrize("dollars", [90, 90.0, "90", " 90 ", "90.0"])
def test_whole_number_is_read_however_it_is_written(publisher, db, dollars):
    book = tablib.Dataset((AMOUNT | {"dollars": dollars}).values(), headers=AMOUNT)

    confirm(publisher, Amount, upload(publisher, Amount, book.export("xlsx")))

    assert Amount.objects.get(item="biometrics", valid_from="2026-12-01").dollars == 90


def test_date_of_a_spreadsheet_is_no_change(publisher, db):
    row = Amount.objects.exclude(valid_from=None).first()
    names = ["table", "item", "label_en", "valid_from"]
    book = tablib.Dataset([datetime(*row.valid_from.timetuple()[:3]) if name == "valid_from" else getattr(row, name)
                           for name in names], headers=names)  # fmt: skip
    file = SimpleUploadedFile("sheet.xlsx", book.export("xlsx"))

    response = publisher.post(address(Amount, "import"), {"import_file": file, "format": "0"})

    assert [one.import_type for one in response.context["result"].rows] == ["skip"]


def test_occupations_are_imported_by_publishers_alone(editor, publisher):
    answers = [client.get(address(Occupation, "import")).status_code for client in (editor, publisher)]

    assert answers == [403, 200]


@pytest.mark.parametrize("model", [Amount, Listing])
@pytest.mark.parametrize(("role", "status"), [("", 302), ("staff", 403), ("Editors", 200), ("Publishers", 200)])
def test_pages_by_role(sign_in, role, status, model):
    client = sign_in(role)

    assert [client.get(address(model, page)).status_code for page in ("import", "export")] == [status, status]


@pytest.mark.parametrize("model", [Listing, Occupation, Amount])
def test_export_with_a_filter_that_is_not_there_leads_back_to_the_list(editor, model):
    response = editor.get(address(model, "export"), {"tick": "1"})

    assert (response.status_code, response["Location"]) == (302, f"{address(model, 'changelist')}?e=1")


def test_missing_key_column_is_named_without_a_traceback(editor, db):
    response = preview(editor, Amount, {name: value for name, value in AMOUNT.items() if name != "item"})

    text = text_of_faults(response)
    assert "The sheet has no column “item”." in text
    assert "Traceback" not in text
    assert ".py" not in text


def test_row_given_twice_is_named(editor, db):
    response = preview(editor, Amount, AMOUNT, AMOUNT)

    assert faults(response) == ["Row 2 has the same table, item, valid_from. Remove one of the two."]


def test_sheet_of_2000_rows_asks_the_database_as_seldom_as_a_small_one(editor, db, django_assert_max_num_queries):
    rows = [AMOUNT | {"item": f"fee-{number}"} for number in range(2000)]

    with django_assert_max_num_queries(250):  # rows are written by the hundred; one each would be thousands
        response = preview(editor, Amount, *rows)

    assert response.context["result"].totals["new"] == 2000
