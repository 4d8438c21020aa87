from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from programs.models import Amount, Milestone, PointGrid, Program, Requirement

pytestmark = pytest.mark.both_databases

SOURCED = {"evidence": "official", "source": "A test", "checked_on": date(2026, 10, 9), "status": "published"}
MAY, JUNE = date(2024, 5, 1), date(2024, 6, 1)


def make_requirement(**fields):
    given = {"program": Program.objects.get(code="CEC"), "key": "test", "topic": "language", "in_short_en": "CLB 7"}
    given |= {"text_en": "CLB 7", "valid_from": MAY, "known_true_on": JUNE, "position": 1}
    return Requirement.objects.create(**given | SOURCED | fields)


def make_amount(**fields):
    given = {"table": "fees", "item": "test", "label_en": "Test", "dollars": 950, "valid_from": MAY, "position": 1}
    return Amount.objects.create(**given | SOURCED | fields)


def make_milestone(**fields):
    given = {"date": MAY, "kind": "law", "state": "in-force", "text_en": "A test"}
    return Milestone.objects.create(**given | SOURCED | fields)


def make_grid(**fields):
    given = {"system": "crs", "valid_from": MAY, "known_true_on": JUNE, "grid": {}}
    return PointGrid.objects.create(**given | SOURCED | fields)


@pytest.mark.parametrize("field", ["code", "slug", "position"])
def test_program_is_unique(make_program, field):
    other = make_program("FSW")

    with pytest.raises(IntegrityError), transaction.atomic():
        Program.objects.filter(code="CEC").update(**{field: getattr(other, field)})


def test_amount_of_one_day_is_accepted(db):
    amount = make_amount(valid_to=MAY)

    amount.full_clean()

    assert str(amount) == "Test: $950"


def test_amounts_in_force_hold_on_both_ends(db):
    amount = make_amount(valid_to=JUNE)
    mine = Amount.objects.filter(item="test")

    found = [list(mine.in_force(day)) for day in (date(2024, 4, 30), MAY, JUNE, date(2024, 6, 2))]

    assert found == [[], [amount], [amount], []]


def test_requirement_of_unknown_start_counts_as_always(db):
    requirement = make_requirement(valid_from=None)

    assert list(Requirement.objects.filter(key="test").in_force(date(1990, 1, 1))) == [requirement]


def test_newest_started_grid_is_in_force(db):
    may, june = make_grid(system="fsw"), make_grid(system="fsw", valid_from=JUNE)

    found = [PointGrid.objects.in_force("fsw", day) for day in (MAY, JUNE, date(1990, 1, 1))]

    assert found == [may, june, None]


def test_grid_with_missing_cells_is_explained_in_the_form(db):
    grid = PointGrid.objects.get(system="crs")
    grid.grid.pop("A")

    with pytest.raises(ValidationError) as fault:
        grid.full_clean()

    assert fault.value.messages == ["grid: 'A' is a required property"]
