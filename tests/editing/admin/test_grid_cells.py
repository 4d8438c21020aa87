"""The cells of a grid in a form like the public tables, and as a file."""

import io
import json
import zipfile

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from editing.models import ProposedChange
from programs.grids.cells import Cell, named_cells, with_values
from programs.models import PointGrid
from tests.editing.admin.forms import address, opened, said, save

SIBLING = "cells-D.sibling_in_canada.points"


@pytest.fixture
def crs(db):
    return PointGrid.objects.get(system="crs")


@pytest.fixture
def draft(crs):
    """The grid of a later day, a draft with the cells of today."""
    day = "2026-11-03"
    facts = {"evidence": "official", "source": "A page", "known_true_on": day, "checked_on": day}
    grid = crs.grid | {"id": day, "valid_from": day}
    return PointGrid.objects.create(system="crs", valid_from=day, grid=grid, **facts)


def points(row):
    row.refresh_from_db()
    return row.grid["D"]["sibling_in_canada"]["points"]


@pytest.mark.parametrize("system", ["crs", "fsw", "language"])
def test_every_cell_goes_through_the_form_unchanged(editor, system):
    row = PointGrid.objects.get(system=system)
    typed = {path: str(Cell(path, cell.value)) for path, cell in named_cells(system, row.grid).items()}

    fields = {name for name in opened(editor, row) if name.startswith("cells-")}

    assert {name.removeprefix("cells-") for name in fields} == set(typed)
    assert with_values(system, row.grid, typed) == row.grid


def test_cell_is_changed_in_the_form(editor, draft):
    save(editor, draft, **{SIBLING: "20", "cells-A.age.by_age.30.without_spouse": "104"})

    assert points(draft) == 20
    assert draft.grid["A"]["age"]["by_age"]["30"] == {"with_spouse": 95, "without_spouse": 104}


def test_cell_of_a_published_grid_becomes_a_proposal(editor, crs):
    save(editor, crs, **{SIBLING: "20", "cases_checked": "on"})

    before, after = ProposedChange.objects.get().changes["grid"]
    assert (before["D"]["sibling_in_canada"]["points"], after["D"]["sibling_in_canada"]["points"]) == (15, 20)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({SIBLING: "many"}, "Additional points, Brother or sister in Canada: “many” is not a number."),
        ({SIBLING: ""}, "Additional points, Brother or sister in Canada: “” is not a number."),
        ({SIBLING: "15.5"}, "D.sibling_in_canada.points: 15.5 is not of type 'integer'"),
        ({SIBLING: "601"}, "D.sibling_in_canada.points: 601 is greater than the maximum of 600"),
        ({"cells-section_max.D_additional": "500"}, "total_max: the sections add up to 1100"),
        ({"job_offers": "in-force", "offer_points": ""}, "Job offers: give their points"),
        ({"offers_ended_on": "2027-01-01"}, "D.job_offer.removed_on: offers ended after the first day"),
    ],
)
def test_faulty_cell_is_named(editor, draft, changes, words):
    response = save(editor, draft, **changes)

    assert words in said(response)[0]


def test_effect_is_shown_and_nothing_saved(editor, draft):
    values = opened(editor, draft)

    response = editor.post(address(PointGrid, "change", draft.pk), values | {SIBLING: "20", "_effect": "1"})

    text = response.content.decode()
    assert said(response)[0].startswith("Nothing is saved yet.")
    assert "Additional points, Brother or sister in Canada</th><td>15</td><td>20</td>" in text
    assert "All come out as worked by hand." not in text
    assert f'name="{SIBLING}" value="20"' in text
    assert points(draft) == 15


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"job_offers": "absent"}, None),
        ({"job_offers": "in-force", "senior_points": ""}, {"points": 50}),
        ({"job_offers": "in-force", "senior_points": "200"}, {"points": 50, "major_group_00": 200}),
        (
            {"offer_points": "60", "senior_points": "", "offers_ended_on": "2026-11-01"},
            {"points": 0, "removed_on": "2026-11-01", "previous": {"other_qualifying": 60, "major_group_00": 60}},
        ),
    ],
    ids=["absent", "in-force", "senior", "ended"],
)
def test_job_offers_are_absent_in_force_or_ended(editor, draft, fields, part):
    save(editor, draft, **fields)

    draft.refresh_from_db()
    assert draft.grid["D"].get("job_offer") == part


def test_job_offers_stay_as_they_are(editor, draft):
    before = draft.grid["D"]["job_offer"]

    save(editor, draft, note="Read again")

    draft.refresh_from_db()
    assert (draft.note, draft.grid["D"]["job_offer"]) == ("Read again", before)


def test_cells_are_taken_away_as_json_and_handed_in_again(editor, draft):
    response = editor.get(address(PointGrid, "cells_json", draft.pk))

    save(editor, draft, upload=SimpleUploadedFile("cells.json", response.content))

    assert json.loads(response.content) == draft.grid
    assert response.headers["Content-Disposition"] == 'attachment; filename="crs-2026-11-03.json"'
    assert PointGrid.objects.get(pk=draft.pk).grid == draft.grid


@pytest.mark.parametrize("system", ["crs", "fsw", "language"])
def test_spreadsheet_goes_out_and_comes_in_the_same(publisher, system):
    row = PointGrid.objects.get(system=system)

    content = publisher.get(address(PointGrid, "cells_xlsx", row.pk)).content
    response = save(publisher, row, upload=SimpleUploadedFile("cells.xlsx", content))

    assert response.status_code == 302
    assert PointGrid.objects.get(pk=row.pk).grid == row.grid


def spreadsheet(content, **changes):
    book = load_workbook(io.BytesIO(content))
    for row in book.active.iter_rows(min_row=2):
        row[4].value = changes.get(row[0].value.replace(".", "_"), row[4].value)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("cells.xlsx", file.getvalue())


def test_spreadsheet_changes_cells(editor, draft):
    content = editor.get(address(PointGrid, "cells_xlsx", draft.pk)).content

    save(editor, draft, upload=spreadsheet(content, D_sibling_in_canada_points=20))

    assert points(draft) == 20


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("=1+1", "column E: “=1+1” is a formula or an error"),
        ("lots", "Brother or sister in Canada: “lots” is not a number."),
        (15.5, "15.5 is not of type 'integer'"),
    ],
)
def test_spreadsheet_with_a_faulty_value_is_refused(editor, draft, value, words):
    content = editor.get(address(PointGrid, "cells_xlsx", draft.pk)).content

    response = save(editor, draft, upload=spreadsheet(content, D_sibling_in_canada_points=value))

    assert words in said(response)[0]


def test_spreadsheet_that_is_none_is_refused(editor, draft):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)

    for content, words in [(b"PK\3\4 broken", "no workbook that can be read"), (bomb.getvalue(), "holds much more")]:
        response = save(editor, draft, upload=SimpleUploadedFile("cells.xlsx", content))

        assert words in said(response)[0]


def test_who_may_only_look_sees_the_tables(sign_in, draft):
    client = sign_in("staff")
    client.user.user_permissions.add(Permission.objects.get(codename="view_pointgrid"))

    text = client.get(address(PointGrid, "change", draft.pk)).content.decode()

    assert "Additional points" in text
    assert 'name="cells-' not in text
