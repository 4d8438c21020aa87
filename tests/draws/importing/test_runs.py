"""Imports that wait, are come back to, and make the record complete to a day; the real feed."""

import json
from datetime import date
from pathlib import Path

import pytest

from draws.importing import runs
from draws.importing.differences import ImportDifference, RoundDifference, ValueDifference
from draws.importing.models import Import, Outcome
from draws.models import Correction, Discrepancy, Draw, FeedCheck
from editing.models import DataVersion
from tests.draws.feed_rows import row, utc
from tests.draws.importers import OFFICIAL, begin, differences, save_all

pytestmark = pytest.mark.both_databases

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "rounds" / "ircc_rounds_en.json"
LAST_CHECK = date(2026, 10, 12)


# Coming back to an import


def test_saving_twice_saves_once(stem):
    new = begin(row(), row(drawNumber="255"))
    runs.save_rows(new, ["254"], publish=True)

    assert runs.save_rows(new, ["254"], publish=True) == 0
    assert (Draw.objects.count(), new.outcome, list(new.difference.open)) == (1, "waiting", ["255"])
    assert Draw.objects.get().history.count() == 1


def test_row_that_somebody_changed_meanwhile_is_not_overwritten(held):
    new = begin(row(drawCRS="487", drawSize="501"))
    Draw.objects.filter(pk=held.pk).update(cutoff=490)

    with pytest.raises(runs.Stale) as stale:
        save_all(new)

    assert (stale.value.numbers, Draw.objects.get(pk=held.pk).cutoff) == (["254"], 490)


def test_comparing_again_shows_the_record_as_it_is_now(held):
    new = begin(row(drawCRS="487", drawSize="501"))
    Draw.objects.filter(pk=held.pk).update(cutoff=490)

    runs.compare_again(new)

    assert differences(Import.objects.get(pk=new.pk)) == [("invitations", 500, 501), ("cutoff", 490, 487)]


def test_comparing_again_finishes_what_somebody_else_did(held):
    new = begin(row(drawCRS="487"))
    Draw.objects.filter(pk=held.pk).update(cutoff=487)

    runs.compare_again(new)

    assert (new.outcome, new.packed) == (Outcome.UNCHANGED, None)


def test_stored_findings_are_read_as_they_were(held):
    new = begin(row(drawCRS="487"), row(drawNumber="255"), row(drawNumber="x"))

    assert Import.objects.get(pk=new.pk).difference == new.difference
    assert ImportDifference.from_json(json.loads(json.dumps(new.found))) == new.difference


def test_newer_import_of_the_command_replaces_one_that_waits(held):
    older = begin(row(drawCRS="487"))

    newer = runs.supersede_older(begin(row(drawCRS="488")))

    older.refresh_from_db()
    assert (older.outcome, older.packed, newer.outcome) == (Outcome.REPLACED, None, Outcome.WAITING)


def test_same_findings_keep_the_import_that_waits(held):
    older = begin(row(drawCRS="487"))

    assert runs.supersede_older(begin(row(drawCRS="487"))) == older
    assert Import.objects.filter(outcome=Outcome.WAITING).count() == 1


# The day to which the record is complete


def test_official_feed_makes_the_record_complete_to_its_day(held):
    FeedCheck.objects.all().delete()

    begin(row(), complete_to=date(2026, 10, 12))

    check = FeedCheck.objects.get()
    assert (check.checked_on, check.newest_number, check.records) == (date(2026, 10, 12), "254", 1)


def test_same_check_on_the_same_day_leaves_the_pages_alone(held):
    begin(row(), complete_to=LAST_CHECK)
    before = DataVersion.objects.get().number

    begin(row(), complete_to=LAST_CHECK)

    assert DataVersion.objects.get().number == before


@pytest.mark.parametrize(
    ("rows", "publish"),
    [([row(), row(drawNumber="255")], False), ([row(drawCRS="487")], False), ([row(), row(drawNumber="x1")], True)],
)
def test_feed_of_which_something_is_not_public_completes_nothing(held, rows, publish):
    FeedCheck.objects.all().delete()
    new = begin(*rows, complete_to=LAST_CHECK)

    if new.outcome == Outcome.WAITING:
        save_all(new, publish)

    assert list(FeedCheck.objects.all()) == []


def test_feed_without_the_newest_draw_completes_nothing(held, make_draw):
    make_draw("300", date=date(2024, 1, 5))
    FeedCheck.objects.all().delete()

    begin(row(), complete_to=date(2024, 1, 4))
    begin(row(), complete_to=date(2024, 1, 6))

    assert [check.checked_on for check in FeedCheck.objects.all()] == [date(2024, 1, 4)]


def test_any_other_file_completes_nothing(held):
    FeedCheck.objects.all().delete()

    begin(row())

    assert list(FeedCheck.objects.all()) == []


# The real record and the real feed


@pytest.mark.skipif(not REAL.exists(), reason="the real feed is not beside the project")
def test_real_feed_over_the_real_record_changes_nothing(db):
    new, _rounds = runs.begin(REAL.read_bytes(), OFFICIAL)

    assert (new.outcome, str(new.summary)) == (
        Outcome.UNCHANGED, "added 0, changed 0, unchanged 438, refused 0",
    )  # fmt: skip
    assert [(one.number, one.field) for one in new.difference.known] == [("357", "drawn_at")]
    assert new.difference.vanished == [str(number) for number in range(438, 448)]


@pytest.mark.skipif(not REAL.exists(), reason="the real feed is not beside the project")
def test_newer_real_feed_adds_what_is_new_and_changes_what_was_rewritten(db):
    """The record up to 434 with three values as they once were, then the feed up to 437."""
    Discrepancy.objects.filter(draw__number="262").delete()
    Draw.objects.filter(sequence__gt=434 * 32).delete()
    Draw.objects.filter(number="252").update(name_en="Healthcare occupations (2023-1)")
    Draw.objects.filter(number="262").update(tie_break=utc(2023, 8, 1, 12, 59, 52))
    Draw.objects.filter(number="300").update(invitations=1)
    Correction.objects.all().delete()

    new, _rounds = runs.begin(REAL.read_bytes(), OFFICIAL)
    save_all(new)

    assert str(new.summary) == "added 3, changed 3, unchanged 432, refused 0"
    assert [row.number for row in new.difference.new] == ["435", "436", "437"]
    assert sorted(Correction.objects.values_list("draw__number", "field", "only_wording")) == [
        ("252", "name", True), ("262", "tie_break", False), ("300", "invitations", False),
    ]  # fmt: skip
    again, _rounds = runs.begin(REAL.read_bytes(), OFFICIAL)
    assert str(again.summary) == "added 0, changed 0, unchanged 438, refused 0"


def test_row_and_difference_are_plain_values():
    found = ImportDifference(rows=[RoundDifference("1", True, False, (ValueDifference("cutoff", 1, 2),))])

    assert ImportDifference.from_json(json.loads(json.dumps(found.as_json()))) == found


def test_runs_that_found_nothing_leave_one_import(held):
    first = runs.supersede_older(begin(row()))

    second = runs.supersede_older(begin(row()))

    unchanged = Import.objects.filter(outcome=Outcome.UNCHANGED)
    assert (first != second, list(unchanged)) == (True, [second])
