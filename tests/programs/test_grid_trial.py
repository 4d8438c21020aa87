"""A grid is tried on every page and calculator that reads it before it is published."""

import copy
from datetime import date

import pytest

from editing.models import DataVersion
from programs.grids.trial import trial_faults
from programs.models import PointGrid

pytestmark = pytest.mark.both_databases


@pytest.fixture
def new_grid(db):
    def built(system="crs", day="2026-11-03", **facts):
        """A grid of tomorrow, not saved, with the cells of today; and those cells to change."""
        row = PointGrid.objects.get(system=system)
        row.pk, row.status, row.valid_from = None, "draft", date.fromisoformat(day)
        row.grid = copy.deepcopy(row.grid) | ({"id": day, "valid_from": day} if system == "crs" else {})
        return row, row.grid

    return built


@pytest.mark.parametrize("system", ["crs", "fsw", "language"])
def test_sound_grid_passes_and_leaves_nothing_behind(new_grid, system):
    row, _cells = new_grid(system)
    before = (PointGrid.objects.count(), DataVersion.objects.get().number)

    faults = trial_faults(row)

    assert faults == []
    assert (PointGrid.objects.count(), DataVersion.objects.get().number, row.pk) == (*before, None)


@pytest.mark.parametrize(
    ("system", "path", "page"),
    [
        ("crs", ["D", "sibling_in_canada"], "/how-it-works/crs/"),
        ("crs", ["A", "education", "cells", 3, "key"], "/how-it-works/crs/"),
        ("crs", ["C", "subgroup_caps", "foreign_work"], "/tools/crs/"),
        ("fsw", ["factors", "age", "by_age"], "/programs/federal-skilled-worker/"),
        ("language", ["tests", "pte_core", "name"], "/tools/language/"),
    ],
)
def test_grid_that_a_page_cannot_show_is_refused_naming_the_part(new_grid, system, path, page):
    row, cells = new_grid(system)
    for name in path[:-1]:
        cells = cells[name]
    del cells[path[-1]]

    (sentence,) = trial_faults(row)

    assert sentence.startswith(page)
    assert f"because of {'.'.join(map(str, path))} (KeyError" in sentence


def test_grid_that_fails_on_its_first_day_alone_is_refused(new_grid):
    """The pages show a grid from its first day on; until then they show the one before."""
    row, cells = new_grid(day="2999-01-01")
    del cells["A"]["education"]["cells"][0]["label"], cells["section_max"]["C_transferability"]

    (sentence,) = trial_faults(row)

    assert "on January 1, 2999 because of section_max.C_transferability" in sentence
