"""The cells of a grid as a file, to take away and to hand in again: JSON with everything, or a spreadsheet."""

import io
import json
import zipfile

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from .cells import named_cells, with_values

LARGEST = 1_000_000
UNPACKED = 20_000_000
ROWS = 2_000
PATH, POINTS = 0, 4  # columns


def as_json(grid):
    return json.dumps(grid, indent=1, ensure_ascii=False).encode()


def as_spreadsheet(system, grid):
    book = Workbook()
    sheet = book.active
    sheet.title = system
    sheet.append([_("Place"), _("Table"), _("Row"), _("Column"), _("Value")])
    for cell in named_cells(system, grid).values():
        sheet.append([cell.path, cell.table, cell.row, cell.column, cell.value])
    lay_out(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def lay_out(sheet):
    sheet.freeze_panes = "A2"
    for column, width in zip("ABCD", (45, 35, 60, 25), strict=True):
        sheet.column_dimensions[column].width = width


def read_file(upload, system, pattern):
    """The grid of a file; a spreadsheet changes the cells of a pattern. Raises ValueError with a sentence."""
    if upload.size > LARGEST:
        raise ValueError(_("the file is larger than a megabyte"))
    content = upload.read()
    if content.startswith(b"PK"):
        return with_values(system, pattern_for(pattern), dict(read_rows(content)))
    return json.loads(content.decode("utf-8-sig"), object_pairs_hook=once)


def pattern_for(pattern):
    if not pattern:
        raise ValueError(_("a spreadsheet changes the cells of a grid, and there is none: hand in JSON first"))
    return pattern


def once(pairs):
    """The parts of an object, each of which may stand there once."""
    names = [name for name, _value in pairs]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ValueError(_("“%(name)s” stands twice in one part") % {"name": twice})
    return dict(pairs)


def read_rows(content):
    """Each place with its value as text, from the first sheet."""
    for row, cells in enumerate(sheet_rows(content), start=1):
        place, value = (cells[at] if len(cells) > at else None for at in (PATH, POINTS))
        if row > ROWS:
            raise ValueError(_("the spreadsheet has more than %(count)s rows") % {"count": ROWS})
        if row == 1 or place is None:
            continue
        if isinstance(value, str) and value.startswith("="):
            raise ValueError(_("row %(row)s holds a formula; give its value") % {"row": row})
        yield str(place).strip(), "" if value is None else whole(value)


def whole(value):
    """A number as the form has it: spreadsheets know no whole numbers."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def sheet_rows(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED:
                raise ValueError(_("the spreadsheet is too large when unpacked"))
        book = load_workbook(io.BytesIO(content), read_only=True)
        yield from book.worksheets[0].iter_rows(max_row=ROWS + 1, max_col=POINTS + 1, values_only=True)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, IndexError) as fault:
        raise ValueError(_("the file is no spreadsheet that can be read; save it as XLSX again")) from fault
