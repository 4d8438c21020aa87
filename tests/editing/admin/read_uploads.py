"""Reads the broken sheets, grids and lists of a folder, as the admin would; runs in a process of its own.

Prints the seconds that each took, what was said of it, and by how many bytes the process grew in all.
"""

import json
import sys
from pathlib import Path
from time import process_time

import django
from django.core.exceptions import ValidationError

KNOWN = {"21231": {"Software engineers and designers"}, "63200": {"Cooks"}}
FORMER = {"2173"}


def read_sheet(content):
    from editing.admin.sheets.files import Sheet

    Sheet().create_dataset(content)


def read_grid(content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from programs.grids.files import read_file
    from programs.grids.validation import validate_grid

    validate_grid("crs", read_file(SimpleUploadedFile("grid", content), "crs", None))


def read_list(content):
    """The faults of a list are sentences already; they come without being raised."""
    from occupations.categories import list_input
    from occupations.categories.admin_pages import ListForm

    text = ListForm.base_fields["lines"].clean(content.decode())
    pasted = list_input.read_list(text, KNOWN, FORMER)
    if pasted.faults or not pasted.titles:
        raise ValidationError([f"Line {fault.line}: {fault.reason}" for fault in pasted.faults] or "No occupation")


READERS = {"sheet": read_sheet, "grid": read_grid, "list": read_list}


def peak():
    """The most bytes that this program has taken; what getrusage says begins with the parent's."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def refusal(path):
    """What is said of a file, in how many seconds; nothing where it was taken."""
    content, began, said = path.read_bytes(), process_time(), ""
    try:
        READERS[path.name.partition(" ")[0]](content)
    except (ValueError, RecursionError, ValidationError) as fault:
        said = str(fault)
    return {"name": path.name, "seconds": process_time() - began, "said": said}


if __name__ == "__main__":
    django.setup()
    read_list(b"63200 Cooks")  # what is imported at the first use is no doing of a file
    began = peak()
    found = [refusal(path) for path in sorted(Path(sys.argv[1]).iterdir())]
    print(json.dumps({"found": found, "growth": peak() - began}))
