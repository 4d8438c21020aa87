from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from programs.models import Amount, Milestone, PointGrid, Program, Requirement

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


FAULTS = [
    (make_requirement, "requirement_dates_in_order", {"valid_to": date(2024, 4, 30)}),
    (make_requirement, "requirement_state_known", {"state": "rumour"}),
    (make_requirement, "programs_requirement_evidence_known", {"evidence": "hearsay"}),
    (make_requirement, "programs_requirement_status_known", {"status": "hidden"}),
    (make_amount, "amount_above_zero", {"dollars": 0}),
    (make_amount, "amount_dates_in_order", {"valid_to": date(2024, 4, 30)}),
    (make_amount, "programs_amount_evidence_known", {"evidence": "hearsay"}),
    (make_amount, "programs_amount_status_known", {"status": "hidden"}),
    (make_milestone, "milestone_state_known", {"state": "rumour"}),
    (make_milestone, "programs_milestone_evidence_known", {"evidence": "hearsay"}),
    (make_milestone, "programs_milestone_status_known", {"status": "hidden"}),
    (make_grid, "pointgrid_system_known", {"system": "lottery"}),
    (make_grid, "programs_pointgrid_evidence_known", {"evidence": "hearsay"}),
    (make_grid, "programs_pointgrid_status_known", {"status": "hidden"}),
]


@pytest.mark.parametrize(("make", "rule", "fields"), FAULTS)
def test_row_is_refused(refused, make, rule, fields):
    with refused(rule):
        make(**fields)


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (make_requirement, "requirement_not_doubled"),
        (make_amount, "amount_not_doubled"),
        (make_milestone, "milestone_not_doubled"),
        (make_grid, "pointgrid_not_doubled"),
    ],
)
def test_row_is_not_doubled(refused, make, rule):
    make()

    with refused(rule):
        make()


def test_requirement_without_a_start_is_not_doubled(refused):
    make_requirement(valid_from=None)

    with refused("requirement_without_start_not_doubled"):
        make_requirement(valid_from=None)


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

    assert list(fault.value.message_dict) == ["grid"]
