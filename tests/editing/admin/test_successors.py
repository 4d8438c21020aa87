"""“From a later day”: the new row begins, and the one before ends on the day before."""

from datetime import date, timedelta

import pytest

from editing.days import canadian_day
from editing.models import ProposedChange
from programs.models import Amount, OccupationRule, PointGrid, Requirement
from tests.editing.admin.forms import Form, address, said, told

pytestmark = pytest.mark.both_databases
DAY = date(canadian_day().year + 1, 1, 1)
LATER, LAST = {"valid_from": str(DAY)}, DAY - timedelta(days=1)
READ = {"evidence": "official", "source": "The page of the day", "checked_on": "2026-11-25"} | {
    "known_true_on": "2026-11-25"
}


@pytest.fixture
def fee(db):
    return Amount.objects.filter(table="fees", valid_to=None).first()


def follow(client, row, button="_save", **changes):
    """Press the button of the row, change the form, save it."""
    page = client.get(address(type(row), "change", row.pk)).content.decode()
    where = f"{address(type(row), 'add')}?follows={row.pk}"
    assert f'<a href="{where}">From a later day</a>' in page
    values = Form(client.get(where).content.decode()).values
    assert (values.get("source"), values.get("evidence", "")) == ("", "")
    return client.post(where, values | READ | LATER | changes | {button: "1"}, follow=True)


@pytest.mark.parametrize("model", [Amount, Requirement, OccupationRule])
def test_publisher_makes_the_successor_and_ends_the_row_before(publisher, model):
    row = model.objects.filter(valid_to=None, status="published").exclude(valid_from=None).first()

    response = follow(publisher, row, "_publish")

    new = model.objects.get(valid_from=DAY)
    row.refresh_from_db()
    assert (new.status, new.source, new.valid_to) == ("published", "The page of the day", None)
    assert (row.valid_to, row.status) == (LAST, "published")
    assert f"{row} ends on {LAST}." in told(response)
    assert row.history.first().history_change_reason == f"Followed by {new}"


def test_editors_successor_is_a_draft_and_the_end_a_proposal(editor, publisher, fee):
    follow(editor, fee, dollars="1005")

    new = Amount.objects.get(valid_from=DAY)
    fee.refresh_from_db()
    assert (new.status, new.dollars, fee.valid_to) == ("draft", 1005, None)
    assert ProposedChange.objects.get().changes == {"valid_to": [None, str(LAST)]}

    publisher.post(address(Amount, "changelist"), {"action": "publish", "_selected_action": [new.pk]})

    fee.refresh_from_db()
    new.refresh_from_db()
    assert (new.status, fee.valid_to, ProposedChange.objects.get().state) == (
        "published",
        LAST,
        "accepted",
    )


@pytest.mark.parametrize("day", ["", "1999-01-01"])
def test_successor_begins_after_the_row_before(publisher, fee, day):
    response = follow(publisher, fee, "_publish", valid_from=day)

    fee.refresh_from_db()
    assert said(response) != []
    assert (fee.valid_to, Amount.objects.filter(source="").count()) == (None, 0)


def test_successor_is_of_the_same_amount(publisher, fee):
    response = follow(publisher, fee, "_publish", item="another-item")

    fee.refresh_from_db()
    assert said(response) == [f"It follows {fee}: this stays the same."]
    assert fee.valid_to is None


def test_successor_on_a_day_that_is_taken_changes_nothing(publisher, fee):
    follow(publisher, fee, "_publish")
    before = list(Amount.objects.order_by("pk").values())

    response = follow(publisher, Amount.objects.get(pk=fee.pk), "_publish")

    assert said(response) != []
    assert list(Amount.objects.order_by("pk").values()) == before


def test_grid_from_a_later_day_has_the_cells_of_the_one_before(editor):
    row = PointGrid.objects.get(system="crs")

    follow(editor, row)

    new = PointGrid.objects.get(valid_from=DAY)
    assert new.grid == row.grid | {"id": str(DAY)} | LATER


def test_row_that_does_not_exist_is_followed_by_none(editor):
    for key in ("0", "x", "9" * 30):
        assert editor.get(f"{address(Amount, 'add')}?follows={key}").status_code == 200
