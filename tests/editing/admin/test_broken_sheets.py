"""Files that are no sheet, or one without end: each is refused with a sentence that says what to do."""

import io
import zipfile
from time import process_time

import pytest
from openpyxl import Workbook

from programs.models import Amount
from tests.editing.admin.test_sheets import AMOUNT, text_of_faults, upload


def zip_bomb():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    return content.getvalue()


def workbook(*rows, merge=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


HEAD = [*AMOUNT]
ROW = [*AMOUNT.values()]
BROKEN = {
    "zip bomb": (zip_bomb, "holds much more than 2000 rows"),
    "no workbook in the zip": (lambda: b"PK\x03\x04" + b"x" * 50, "no workbook that can be read"),
    "cut short": (lambda: workbook(HEAD, ROW)[:2000], "no workbook that can be read"),
    "formula": (lambda: workbook(HEAD, ["=1+1", *ROW[1:]]), "Row 2, column A: “=1+1” is a formula"),
    "merged": (lambda: workbook(HEAD, ROW, ROW, merge="A2:A3"), "Cells A2:A3 are merged."),
    "10,000 rows": (lambda: workbook(HEAD, *[ROW] * 10_000), "2000 rows"),
    "10,000 lines": (lambda: b"table,item\n" + b"fees,a\n" * 10_000, "more than 2000 rows"),
    "large": (lambda: b"table\n" * 500_000, "larger than 2 megabytes"),
    "no sheet": (lambda: workbook(), "The file is empty"),
    "blank": (lambda: b"\n\n", "The file is empty"),
    "head alone": (lambda: workbook(HEAD), "no row under them"),
    "wrong sheet": (lambda: workbook(["Notes"], ["hello"]), "no column “table”, “item”, “valid_from”"),
    "web page": (lambda: b"<html><table><tr><td>table</td></tr></table>", "web page under another name"),
    "old Excel": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "neither XLSX nor CSV"),
    "PDF": (lambda: b"%PDF-1.7\n1 0 obj", "neither XLSX nor CSV"),
    "Windows-1252": (lambda: "table,item\nfrais,é\n".encode("cp1252"), "Row 2 has letters that are not UTF-8"),
    "zeros": (lambda: b"\0" * 100, "no workbook that can be read"),
    "column without a name": (lambda: workbook(["table", None, "item"], ["a", "b", "c"]), "name every column"),
    "two columns of one name": (lambda: workbook(["table", "table"], ["a", "b"]), "Two columns are called “table”"),
    "blank row": (lambda: workbook(HEAD, ROW, [], ROW), "Row 3 is empty"),
    "value beside": (lambda: b"table,item\na,b,c\n", "Row 2 has more values"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_sheet_is_refused_with_a_sentence(editor, db, name):
    make, sentence = BROKEN[name]
    content = make()

    began = process_time()
    response = upload(editor, Amount, content)

    assert sentence in text_of_faults(response)
    assert "confirm_form" not in response.context
    assert process_time() - began < 3
