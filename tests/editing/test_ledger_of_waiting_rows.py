"""Rows that wait, rows that carry others, and rows with another address, in the ledger."""

from datetime import timedelta

import pytest

from editing.ledger import read
from tests.editing.ledger import changed, missing, now, seen

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_row_in_review_is_not_there(make_draw):
    make_draw("999", status="review")

    assert (seen("draw", "999"), [one for one in missing() if one.facts]) == (None, [])


def test_row_that_waits_is_public_from_its_moment(make_draw, clock):
    due = now() + timedelta(hours=1)
    make_draw("999", publish_at=due + timedelta(microseconds=9))

    before = (seen("draw", "999"), read.last_change() < due)
    clock(hours=1)

    assert before == (None, True)
    assert (seen("draw", "999")["cutoff"], read.last_change()) == (500, due)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"status": "draft"}, []),
        ({"publish_at": None}, [0]),
        ({"publish_at": 2}, [2]),
        ({"cutoff": 499}, [1]),
    ],
)
def test_row_changed_while_it_waits_is_public_as_it_then_is(make_draw, clock, change, found):
    start, draw = now(), make_draw("999", publish_at=now() + timedelta(hours=1))
    for name, value in change.items():
        setattr(draw, name, start + timedelta(hours=value) if type(value) is int and name == "publish_at" else value)
    draw.save()
    clock(hours=3)

    moments = [one.known_from for one in read.changes("draw").filter(key="999")]

    assert [round((moment - start).total_seconds()) for moment in moments] == [3600 * hours for hours in found]
    assert (seen("draw", "999") or {}).get("cutoff") == (change.get("cutoff", 500) if found else None)


def test_edition_shows_its_category_and_its_list(make_edition, clock):
    edition = make_edition("new", "2026", ["21231", "21232"], status="draft")
    before = [seen("category", "new"), read.state("listing", now(), within="new/")]
    start = now()
    clock(seconds=5)

    edition.status = "published"
    edition.save()

    assert before == [None, {}]
    assert {*changed(start)} == {
        ("category", "new"), ("edition", "new/2026"), ("listing", "new/2026/21231"), ("listing", "new/2026/21232"),
    }  # fmt: skip


def test_another_address_is_another_row(make_draw, clock):
    draw = make_draw("999")
    clock(seconds=5)

    draw.number = "998"
    draw.save()

    assert (seen("draw", "999"), seen("draw", "998") is None) == (None, False)
    assert missing() == []
