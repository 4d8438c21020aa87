"""Sixty and more broken uploads: each is refused in time, and all of them together take little memory."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.editing.admin.test_broken_sheets import BROKEN
from tests.editing.admin.test_grids import BROKEN_GRIDS
from tests.editing.admin.test_sheet_files import REFUSED
from tests.settings import TEST_ENVIRONMENT

LISTS = {
    "no code": "Cooks",
    "old code": "2173 Software engineers and designers",
    "short code": "6320 Cooks",
    "two codes": "63200 21231 Cooks",
    "unknown code": "99999 Cooks",
    "code alone": "63200",
    "long title": "63200 " + "x" * 256,
    "twice": "63200 Cooks\n63200 Chefs",
    "number": "1 63200",
    "point": "• 63200",
    "cell": "<td>63200</td>",
    "row of cells": "0\t63200\t3",
    "strangers around": "Wizards\n63200\nWitches",
    "table without codes": "<table><tr><td>Cooks</td></tr></table>",
    "broken line of an old code": "2173 Software\nengineers",
    "nothing but lines": "\n" * 49_000,
    "nothing but blanks": " " * 49_000,
    "10,000 strangers": "ab\n" * 10_000,
    "strangers on both sides": "a\n" * 12_000 + "63200\n" + "b\n" * 12_000,
    "code again and again": "63200\n" * 8_000,
    "codes in one line": "63200 " * 8_000,
    "open tags": "<td>" * 12_000,
    "open quotation marks": '"63200\t' * 7_000,
    "too long": "63200 Cooks\n" * 5_000,
    "zero": "63200 Coo\0ks",
}


# A sheet is measured as a file; which columns a table needs is asked of its rows.
@pytest.fixture
def uploads(tmp_path):
    """A folder with the files, by kind and name."""
    made = [
        *((f"sheet {name}", make()) for name, (make, words) in (BROKEN | REFUSED).items() if "no column" not in words),
        *((f"grid {name}", content) for name, content in BROKEN_GRIDS.items()),
        *((f"list {name}", text.encode()) for name, text in LISTS.items()),
    ]
    for name, content in made:
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_broken_uploads_take_little_time_and_memory(uploads):
    environment = {**os.environ, **TEST_ENVIRONMENT, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.editing.admin.read_uploads", uploads]

    run = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    answer = json.loads(run.stdout)

    assert len(answer["found"]) > 60
    assert [one["name"] for one in answer["found"] if not one["said"]] == []
    assert [one for one in answer["found"] if one["seconds"] > 3] == []
    assert answer["growth"] < 100_000_000
