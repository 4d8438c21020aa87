"""A new grid is a file, checked by its schema and against the worked cases."""

import copy
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from editing.models import ProposedChange
from programs.grids.changed_cases import changed_cases
from programs.models import PointGrid
from tests.editing.admin.forms import SAID, address, opened, said, save, told


def as_bytes(grid):
    return grid if isinstance(grid, bytes) else json.dumps(grid).encode()


REFUSED = {
    "broken": (b'{"A": 1,', "breaks at line 1, column 9"),
    "letters": (b"\xff\xfe", "neither JSON in UTF-8 nor a workbook"),
    "list": (b"[]", "is not of type"),
    "deep": (b"[" * 100_000, "nests deeper than any grid"),
    "half": ({"total_max": 1200}, "is a required property"),
    "large": (b" " * 1_000_001, "larger than a megabyte"),
    "twice": (b'{"D": {"max": 5, "max": 600}}', "“max” stands twice"),
    "empty": (b"", "The submitted file is empty."),
    "no number": (b'{"A": NaN}', "“NaN” is no number"),
    "no workbook": (b"PK\x03\x04" + b"x" * 50, "no workbook that can be read"),
    "protected": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "neither JSON in UTF-8 nor a workbook"),
    "web page": (b"<html></html>", "breaks at line 1, column 1"),
    "name": ({"id": "2025-03-25"}, "id: the file says 2025-03-25, the form 2026-11-03"),
}
BROKEN_GRIDS = {name: as_bytes(grid) for name, (grid, _words) in REFUSED.items() if name != "empty"}


@pytest.fixture
def crs(db):
    return PointGrid.objects.get(system="crs")


@pytest.fixture
def dearer(crs):
    """The grid of a later day with more points for a sibling."""
    grid = copy.deepcopy(crs.grid) | {"id": "2026-11-03", "valid_from": "2026-11-03"}
    grid["D"]["sibling_in_canada"]["points"] = 20
    return grid


def file_of(grid):
    return SimpleUploadedFile("grid.json", as_bytes(grid), "application/json")


def add(client, crs, grid, button="_save", **changes):
    values = opened(client, crs) | {
        "system": crs.system,
        "valid_from": "2026-11-03",
        "upload": file_of(grid),
        button: "1",
    }
    return client.post(address(PointGrid, "add"), values | changes)


def test_new_grid_is_handed_in_as_a_file(editor, crs, dearer):
    add(editor, crs, dearer)

    row = PointGrid.objects.get(valid_from="2026-11-03")
    assert (row.status, row.grid == dearer) == ("draft", True)


@pytest.mark.parametrize("name", REFUSED)
def test_file_that_is_no_grid_is_refused(editor, crs, name):
    grid, words = REFUSED[name]

    response = add(editor, crs, grid)

    assert words in said(response)[0]
    assert not PointGrid.objects.filter(valid_from="2026-11-03").exists()


def test_grid_without_a_file_is_refused(editor, crs):
    response = add(editor, crs, b"", upload="")

    assert said(response) == ["A grid needs its cells: choose a file."]


def test_grid_that_changes_worked_cases_is_not_published_unseen(publisher, crs, dearer):
    changed = changed_cases("crs", dearer)

    response = add(publisher, crs, dearer, "_publish")

    assert len(changed) > 0
    assert said(response)[0].startswith(f"{len(changed)} worked case")
    assert not PointGrid.objects.filter(valid_from="2026-11-03").exists()


def test_grid_is_published_when_its_cases_were_worked_out(publisher, crs, dearer):
    add(publisher, crs, dearer, "_publish", cases_checked="on")

    assert PointGrid.objects.get(valid_from="2026-11-03").status == "published"


def test_list_action_does_not_go_round_the_worked_cases(publisher, crs, dearer):
    row = PointGrid.objects.create(
        system="crs", valid_from="2026-11-03", known_true_on="2026-11-03", grid=dearer, evidence="official",
        source="A page", checked_on="2026-11-03",
    )  # fmt: skip

    publisher.post(address(PointGrid, "changelist"), {"action": "publish", "_selected_action": [row.pk]})

    assert PointGrid.objects.get(pk=row.pk).status == "draft"


@pytest.fixture
def corrected(crs, dearer):
    """The grid of today with more points for a sibling."""
    return dearer | {"id": "2025-03-25", "valid_from": "2025-03-25"}


def test_editor_proposes_other_cells_for_a_published_grid(editor, crs, corrected):
    dearer = corrected
    refused = save(editor, crs, upload=file_of(dearer))
    assert "come out otherwise with this grid" in said(refused)[0]

    save(editor, crs, upload=file_of(dearer), cases_checked="on")

    assert ProposedChange.objects.get().changes["grid"][1] == dearer
    assert PointGrid.objects.get(pk=crs.pk).grid == crs.grid


@pytest.mark.parametrize("system", ["crs", "fsw", "language"])
def test_grids_of_today_change_no_worked_case(db, system):
    assert changed_cases(system, PointGrid.objects.get(system=system).grid) == []


def test_grid_is_named_for_its_first_day(editor, crs, dearer):
    cells = {name: part for name, part in dearer.items() if name not in ("id", "valid_from")}

    add(editor, crs, cells)
    row = PointGrid.objects.get(valid_from="2026-11-03")
    save(editor, row, valid_from="2026-12-01")

    row.refresh_from_db()
    assert (row.grid["id"], row.grid["valid_from"], str(row.valid_from)) == ("2026-12-01",) * 3


def test_grid_keeps_its_system(editor, crs, dearer):
    add(editor, crs, dearer, system="crs")
    row = PointGrid.objects.get(valid_from="2026-11-03")

    response = save(editor, row, system="fsw")

    row.refresh_from_db()
    assert (response.status_code, row.system) == (302, "crs")


@pytest.fixture
def proposal(editor, crs, corrected):
    save(editor, crs, upload=file_of(corrected), cases_checked="on")
    return ProposedChange.objects.get()


def decide(client, proposal, **entries):
    where = reverse("admin:editing_proposedchange_decide", args=[proposal.pk])
    return client.post(where, {"_accept": "1"} | SAID | entries, follow=True)


def test_accepting_cells_asks_for_the_worked_cases_again(publisher, crs, proposal):
    page = publisher.get(reverse("admin:editing_proposedchange_change", args=[proposal.pk])).content.decode()

    refused = decide(publisher, proposal)
    crs.refresh_from_db()

    assert "These worked cases come out otherwise" in page
    assert "worked cases come out otherwise with this grid" in told(refused)[0]
    assert crs.grid["D"]["sibling_in_canada"]["points"] == 15

    decide(publisher, proposal, cases_checked="on")
    crs.refresh_from_db()
    assert crs.grid["D"]["sibling_in_canada"]["points"] == 20


def test_accepting_cells_that_break_a_page_is_refused(publisher, crs, proposal):
    broken = copy.deepcopy(crs.grid)
    broken["A"]["canadian_work"]["cells"] = broken["A"]["canadian_work"]["cells"][1:]
    ProposedChange.objects.update(changes={"grid": [crs.grid, broken]})

    response = decide(publisher, proposal, cases_checked="on")

    crs.refresh_from_db()
    assert "A.canadian_work.cells: years 0 is covered 0 times" in " ".join(told(response))
    assert len(crs.grid["A"]["canadian_work"]["cells"]) == 6


def test_going_back_to_other_cells_asks_for_the_worked_cases(publisher, crs, corrected):
    save(publisher, crs, upload=file_of(corrected), cases_checked="on")
    save(publisher, crs, upload=file_of(crs.grid))
    middle = crs.history.order_by("-history_date")[1]
    where = address(PointGrid, "revert", crs.pk, middle.pk)

    opened_on = publisher.get(where).context["opened_on"]
    refused = publisher.post(where, {"opened_on": opened_on} | SAID, follow=True)
    publisher.post(where, {"opened_on": opened_on, "cases_checked": "on"} | SAID)

    crs.refresh_from_db()
    assert "come out otherwise with this grid" in told(refused)[0]
    assert crs.grid["D"]["sibling_in_canada"]["points"] == 20


def test_note_of_a_published_grid_changes_without_the_worked_cases(publisher, crs, dearer):
    add(publisher, crs, dearer, "_publish", cases_checked="on")
    row = PointGrid.objects.get(valid_from="2026-11-03")

    save(publisher, row, note="Read on the page of the day")

    row.refresh_from_db()
    assert row.note == "Read on the page of the day"
