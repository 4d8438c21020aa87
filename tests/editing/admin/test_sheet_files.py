"""Files of all kinds as sheets: read as they are meant, or refused with a sentence, quickly and in little memory."""

import io
import tracemalloc
import zipfile
from time import process_time

import pytest
from openpyxl import Workbook

from editing.admin.sheets.files import Sheet, SheetFault

TEXT = "table,item\nfees,biométrie\n"
TAKEN = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with its mark": TEXT.encode("utf-8-sig"),
    "UTF-16": TEXT.encode("utf-16"),
    "UTF-16, the other way round": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "semicolons": TEXT.replace(",", ";").encode(),
    "tabs": TEXT.replace(",", "\t").encode(),
    "lines of Windows": TEXT.replace("\n", "\r\n").encode(),
    "lines of an old Mac": TEXT.replace("\n", "\r").encode(),
    "blank rows at the end": f"{TEXT}\n,\n\n".encode(),
    "quotation marks": b'"table","item"\n"fees","biom\xc3\xa9trie"\n',
}


def archive(**parts):
    """A zip of these parts, "__" in a name for its slashes and dots as they come."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name.replace("__", "/"), part)
    return content.getvalue()


def workbook(change):
    book = Workbook()
    book.active.append(["table", "item"])
    change(book.active)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def cell(value):
    return lambda: workbook(lambda sheet: sheet.append(["fees", value]))


def merged(sheet):
    sheet.append(["fees", "a"])
    sheet.merge_cells("A1:B1")


def with_part(name, part):
    """A workbook with one part in another's place."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(cell("a")())) as book,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for one in book.namelist():
            changed.writestr(one, part if one == name else book.read(one))
    return content.getvalue()


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
SHEET = "xl/worksheets/sheet1.xml"
UNREADABLE, OTHER = "no workbook that can be read", "neither XLSX nor CSV"
REFUSED = {
    "bomb of blanks": (lambda: archive(xl=b" " * 60_000_000), "holds much more than 2000 rows"),
    "bomb of tags": (lambda: archive(xl=b"<c/>" * 400_000), "holds much more than 2000 rows"),
    "bomb of entities": (lambda: with_part(SHEET, LAUGHS), UNREADABLE),
    "many parts": (lambda: archive(**{f"part{n}": b"" for n in range(600)}), "holds much more"),
    "archive in an archive": (lambda: archive(book__xlsx=archive(a=b"x")), UNREADABLE),
    "text document": (lambda: archive(word__document__xml=b"<w/>"), UNREADABLE),
    "OpenDocument": (lambda: archive(mimetype=b"application/vnd.oasis", content=b"<o/>"), UNREADABLE),
    "sheet cut short": (lambda: with_part(SHEET, b"<worksheet><sheetData><row"), UNREADABLE),
    "sheet that is empty": (lambda: with_part(SHEET, b""), UNREADABLE),
    "sheet with formats without end": (
        lambda: with_part(SHEET, b"<worksheet>" + b'<c s="1"/>' * 400_000 + b"</worksheet>"),
        "holds much more than 2000 rows",
    ),
    "formula": (cell("=SUM(A1:A9)"), "Row 2, column B: “=SUM(A1:A9)” is a formula"),
    "link as a formula": (cell('=HYPERLINK("http://x.example")'), "Row 2, column B"),
    "error": (cell("#REF!"), "Row 2, column B: “#REF!” is a formula or an error"),
    "merged head": (lambda: workbook(merged), "Cells A1:B1 are merged"),
    "head with a gap": (lambda: b"table,,item\na,b,c\n", "name every column"),
    "61 columns": (lambda: ",".join(f"c{n}" for n in range(61)).encode() + b"\n1\n", "name every column"),
    "column twice": (lambda: b"table,item,table\na,b,c\n", "Two columns are called “table”"),
    "value beside": (lambda: b"table,item\na,b\nc,d,e\n", "Row 3 has more values"),
    "gap between rows": (lambda: b"table,item\na,b\n\nc,d\n", "Row 3 is empty"),
    "protected": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, OTHER),
    "gzip": (lambda: b"\x1f\x8b" + b"\0" * 60, OTHER),
    "PDF": (lambda: b"%PDF-1.7\n1 0 obj", OTHER),
    "image": (lambda: b"\x89PNG\r\n\x1a\n", "not UTF-8"),
    "Windows-1252": (lambda: TEXT.encode("cp1252"), "Row 2 has letters that are not UTF-8"),
    "UTF-16 without its mark": (lambda: TEXT.encode("utf-16-le").replace(b"\xe9\0", b"e\0"), UNREADABLE),
    "UTF-32": (lambda: TEXT.encode("utf-32"), UNREADABLE),
    "zeros between": (lambda: b"table,item\nfe\0es,a\n", UNREADABLE),
    "web page": (lambda: b"<table><tr><td>table</td></tr></table>", "web page under another name"),
    "cell without end": (lambda: b'table,item\n"fees,' + b"x" * 200_000, "A cell of the file never ends"),
    "blanks alone": (lambda: b" \n,\n", "name every column"),
    "mark alone": (lambda: b"\xef\xbb\xbf", "The file is empty"),
    "10,000 rows": (lambda: b"table,item\n" + b"fees,a\n" * 10_000, "more than 2000 rows"),
    "two megabytes and more": (lambda: b"table\n" * 400_000, "larger than 2 megabytes"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_sheet_is_read_however_it_is_written(name):
    sheet = Sheet().create_dataset(TAKEN[name])

    assert (sheet.headers, sheet.dict) == (["table", "item"], [{"table": "fees", "item": "biométrie"}])


@pytest.mark.parametrize("name", REFUSED)
def test_file_that_is_no_sheet_is_refused_with_a_sentence(name):
    make, words = REFUSED[name]
    content = make()

    began = process_time()
    with pytest.raises(SheetFault) as fault:
        Sheet().create_dataset(content)

    assert words in str(fault.value)
    assert process_time() - began < 3


@pytest.mark.parametrize("name", ["bomb of blanks", "bomb of tags", "cell without end"])
def test_file_without_end_takes_little_memory(name):
    content = REFUSED[name][0]()

    tracemalloc.start()
    with pytest.raises(SheetFault):
        Sheet().create_dataset(content)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 100_000_000
