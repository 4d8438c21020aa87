"""Uploaded sheets as rows: their size is known before anything is unpacked, and every refusal is a sentence."""

import csv
import re
import zipfile
from io import BytesIO, StringIO
from itertools import islice

import openpyxl
import tablib
from django.utils.translation import gettext as _
from import_export.formats.base_formats import XLSX

MAX_BYTES = 2_000_000
MAX_UNPACKED = 10_000_000
MAX_TAGS = 300_000  # what 2,000 full rows need; a reader of XML takes time and memory by the tag
MAX_PARTS = 500
MAX_ROWS = 2_000
MAX_COLUMNS = 60
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z0-9:]+)"')
NOT_XLSX = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")


class SheetFault(ValueError):
    """Why a file is no sheet that can be read, as a sentence that says what to do."""


class Sheet(XLSX):
    """A sheet of Excel or a CSV file, told apart by what is in it."""

    def get_title(self):
        return _("XLSX or CSV")

    def create_dataset(self, in_stream):
        rows = [[*row] for row in rows_of(in_stream)]
        while rows and is_empty(rows[-1]):
            rows.pop()
        if not rows:
            raise SheetFault(_("The file is empty: it needs a first row with the names of the columns."))
        return dataset_of(rows)


def rows_of(content):
    if len(content) > MAX_BYTES:
        said = _("The file is larger than %(limit)d megabytes. Split it, and upload one part after the other.")
        raise SheetFault(said % {"limit": MAX_BYTES // 1_000_000})
    if content.startswith(b"PK"):
        return workbook_rows(content)
    if content.startswith(NOT_XLSX):
        said = _(
            "The file is neither XLSX nor CSV. Open it and save it as an Excel workbook (.xlsx) without a password."
        )
        raise SheetFault(said)
    return text_rows(content)


def workbook_rows(content):
    check_parts(content)
    try:
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
        sheet = book.active
        sheet.reset_dimensions()  # a sheet says how large it is, and may be wrong
        cells = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1)
        return [[value_of(cell, number) for cell in row] for number, row in enumerate(cells, 1)]
    except SheetFault:
        raise
    except Exception:  # the library has no class for what it cannot read
        raise damaged() from None


def check_parts(content):
    """Refuse a workbook by what its directory and its bytes say; a part never unpacks to more than it declares."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as book:
            parts = book.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise too_much()
            unpacked = [(part.filename, book.read(part).replace(b"\0", b"")) for part in parts]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fault:
        raise fault if isinstance(fault, SheetFault) else damaged() from None
    if sum(part.count(b"<") for _name, part in unpacked) > MAX_TAGS:
        raise too_much()
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for _name, part in unpacked):
        raise damaged()
    for name, part in unpacked:
        if name.startswith("xl/worksheets/") and (merged := MERGED.search(part)):
            said = _("Cells %(cells)s are merged. Unmerge them, fill in each, and upload the file again.")
            raise SheetFault(said % {"cells": merged[1].decode()})


def too_much():
    said = _(
        "The workbook holds much more than %(rows)d rows, or formats without end. Copy the rows with their values "
        "into a new workbook, and upload that."
    )
    return SheetFault(said % {"rows": MAX_ROWS})


def damaged():
    return SheetFault(
        _(
            "The file is no workbook that can be read: damaged, protected by a password, or of another kind. Open it "
            "and save it as an Excel workbook (.xlsx)."
        )
    )


def value_of(cell, row):
    """The value; a formula has none that the file could be trusted with."""
    if cell.value is not None and cell.data_type in ("f", "e"):
        said = _("Row %(row)d, column %(column)s: “%(value)s” is a formula or an error. Paste the value in its place.")
        column = openpyxl.utils.get_column_letter(cell.column)
        raise SheetFault(said % {"row": row, "column": column, "value": str(cell.value)[:40]})
    return cell.value


def text_rows(content):
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as fault:
        row = content[: fault.start].count(b"\n") + 1
        said = _("Row %(row)d has letters that are not UTF-8. Save the file as “CSV UTF-8” or as XLSX.")
        raise SheetFault(said % {"row": row}) from None
    if text.lstrip().startswith("<"):
        raise SheetFault(
            _("This is a web page under another name. Open it in Excel and save it as a workbook (.xlsx).")
        )
    if "\0" in text:
        raise damaged()
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        return [*islice(csv.reader(StringIO(text, newline=None), delimiter=delimiter), MAX_ROWS + 2)]
    except csv.Error:
        raise SheetFault(_("A cell of the file never ends: look for a quotation mark that is not closed.")) from None


def is_empty(row):
    return all(value is None or value == "" for value in row)


def dataset_of(rows):
    """The rows under their columns; each is as long as the head."""
    head = [str(name or "").strip() for name in rows[0]]
    while head and not head[-1]:
        head.pop()
    check_head(head)
    if len(rows) > MAX_ROWS + 1:
        said = _("The sheet has more than %(limit)d rows. Split it, and upload one part after the other.")
        raise SheetFault(said % {"limit": MAX_ROWS})
    if len(rows) == 1:
        raise SheetFault(_("The sheet has the names of its columns and no row under them."))
    return tablib.Dataset(*[full_row(row, number, len(head)) for number, row in enumerate(rows[1:], 2)], headers=head)


def check_head(head):
    if not head or "" in head or len(head) > MAX_COLUMNS:
        raise SheetFault(_("The first row has to name every column, without a gap. Compare it with an export."))
    if doubled := next((name for name in head if head.count(name) > 1), None):
        raise SheetFault(_("Two columns are called “%(name)s”. Remove one.") % {"name": doubled[:60]})


def full_row(row, number, width):
    if is_empty(row):
        raise SheetFault(_("Row %(row)d is empty. Delete it.") % {"row": number})
    if not is_empty(row[width:]):
        said = _("Row %(row)d has more values than there are columns. Compare it with the first row.")
        raise SheetFault(said % {"row": number})
    return [*row[:width], *[None] * (width - len(row))]
