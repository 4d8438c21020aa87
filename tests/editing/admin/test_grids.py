"""A new grid is a file, checked by its schema and against the worked cases."""

import copy
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from editing.models import ProposedChange
from programs.grids.changed_cases import changed_cases
from programs.models import PointGrid
from tests.editing.admin.forms import address, opened, said, save


@pytest.fixture
def crs(db):
    return PointGrid.objects.get(system="crs")


@pytest.fixture
def dearer(crs):
    """The grid with more points for a sibling."""
    grid = copy.deepcopy(crs.grid)
    grid["D"]["sibling_in_canada"]["points"] = 20
    return grid


def file_of(grid):
    text = grid if isinstance(grid, bytes) else json.dumps(grid).encode()
    return SimpleUploadedFile("grid.json", text, "application/json")


def add(client, crs, grid, button="_save", **changes):
    values = opened(client, crs) | {"valid_from": "2026-11-03", "upload": file_of(grid), button: "1"}
    return client.post(address(PointGrid, "add"), values | changes)


def test_new_grid_is_handed_in_as_a_file(editor, crs, dearer):
    add(editor, crs, dearer)

    row = PointGrid.objects.get(valid_from="2026-11-03")
    assert (row.status, row.grid == dearer) == ("draft", True)


@pytest.mark.parametrize(
    ("grid", "words"),
    [
        (b"{", "Expecting"),
        (b"\xff\xfe", "codec"),
        (b"[]", "is not of type"),
        (b"[" * 100_000, "recursion"),
        ({"id": "x"}, "is a required property"),
        (b" " * 1_000_001, "larger than a megabyte"),
    ],
    ids=["broken", "letters", "list", "deep", "half", "large"],
)
def test_file_that_is_no_grid_is_refused(editor, crs, grid, words):
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


def test_editor_proposes_other_cells_for_a_published_grid(editor, crs, dearer):
    refused = save(editor, crs, upload=file_of(dearer))
    assert "come out otherwise with this grid" in said(refused)[0]

    save(editor, crs, upload=file_of(dearer), cases_checked="on")

    assert ProposedChange.objects.get().changes["grid"][1] == dearer
    assert PointGrid.objects.get(pk=crs.pk).grid == crs.grid


@pytest.mark.parametrize("system", ["crs", "fsw", "language"])
def test_grids_of_today_change_no_worked_case(db, system):
    assert changed_cases(system, PointGrid.objects.get(system=system).grid) == []
