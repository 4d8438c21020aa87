"""The cells of a grid as a file, to take away and to hand in again: JSON with everything, or a spreadsheet."""

import io
import json

from django.utils.translation import gettext as _
from openpyxl import Workbook

from editing.admin.sheets.files import MAX_ROWS, too_much, workbook_rows

from .cells import named_cells, with_values

LARGEST = 1_000_000
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
    return parsed(content)


def parsed(content):
    """The JSON of a file."""
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=once, parse_constant=no_number)
    except UnicodeDecodeError:
        raise ValueError(
            _("the file is neither JSON in UTF-8 nor a workbook (.xlsx); take the cells away anew")
        ) from None
    except json.JSONDecodeError as fault:
        said = _("the JSON breaks at line %(line)d, column %(column)d; mend it there")
        raise ValueError(said % {"line": fault.lineno, "column": fault.colno}) from None
    except RecursionError:
        raise ValueError(_("the JSON nests deeper than any grid; take the cells away anew")) from None


def no_number(name):
    """JSON has neither NaN nor Infinity, though some programs write them."""
    raise ValueError(_("“%(name)s” is no number; give the points") % {"name": name})


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
    """Each place with its value as text, from the first sheet; each stands there once."""
    places, rows = set(), workbook_rows(content)
    if len(rows) > MAX_ROWS:
        raise too_much()
    for number, row in enumerate(rows, start=1):
        place, value = (row[at] if len(row) > at else None for at in (PATH, POINTS))
        if number == 1 or place is None:
            continue
        if place in places:
            raise ValueError(_("row %(row)s has the place “%(place)s” again; remove one of the two")
                             % {"row": number, "place": place})  # fmt: skip
        places.add(place)
        yield str(place).strip(), "" if value is None else whole(value)


def whole(value):
    """A number as the form has it: spreadsheets know no whole numbers."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)
