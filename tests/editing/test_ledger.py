"""The ledger has what the public saw at every moment, whatever way a change came in."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from draws.models import Correction, Discrepancy, Draw, PoolSnapshot
from editing.ledger import read
from editing.models import DataVersion, LedgerEntry
from editing.preview import never_seen
from occupations.models import Category, Edition, Listing, Occupation
from programs.models import OccupationRule, Program
from tests.draws.feed_rows import row
from tests.draws.importers import begin, save_all
from tests.editing.ledger import changed, missing, now, seen

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_every_public_row_is_there_from_the_loading_on():
    [moment] = {*LedgerEntry.objects.values_list("known_from", flat=True)}

    assert missing() == []
    assert (moment, moment.microsecond) == (read.first_moment(), 0)
    assert len(read.state("draw", moment)) == Draw.objects.published().count() == 448
    assert len(read.state("listing", moment, within="stem/2023/")) == 24
    assert read.state("draw", moment - timedelta(seconds=1)) == {}


def test_facts_name_other_rows_by_their_keys():
    facts = seen("draw", "254")

    assert (facts["edition"], facts["pool"], facts["programs"]) == ("stem/2023", "2023-07-04", ["CEC", "FST", "FSW"])
    assert (facts["cutoff"], facts["date"], facts["tie_break"]) == (486, "2023-07-05", "2022-11-23T00:01:29Z")
    assert not {"id", "status", "publish_at", "sequence"} & facts.keys()


def test_change_is_an_entry_and_what_was_before_stays(clock):
    before, draw = now(), Draw.objects.get(number="254")
    draw.cutoff, draw._change_reason = 487, "Misread"
    at = clock(seconds=5)

    draw.save()

    [entry] = read.changes(after=before)
    assert (entry.known_from, entry.reason, entry.cause, entry.only_wording) == (at, "Misread", "", False)
    assert (entry.facts_before["cutoff"], entry.facts["cutoff"]) == (486, 487)
    assert (seen("draw", "254", before)["cutoff"], seen("draw", "254", at)["cutoff"]) == (486, 487)
    assert (read.last_change(), read.last_change("listing")) == (at, read.first_moment())


def test_saving_the_same_is_no_change(clock):
    before = LedgerEntry.objects.count()
    clock(seconds=5)

    Draw.objects.get(number="254").save()
    DataVersion.bump()

    assert LedgerEntry.objects.count() == before


def test_other_words_are_told_from_other_facts(clock):
    draw = Draw.objects.get(number="254")
    clock(seconds=5)
    draw.name_en = "STEM"
    draw.save()
    clock(seconds=5)
    draw.name_en, draw.cutoff = "S.T.E.M.", 487
    draw.save()

    assert [one.only_wording for one in read.changes("draw")[:2]] == [False, True]


def test_programs_of_a_draw_are_facts_of_the_draw(clock):
    draw = Draw.objects.get(number="254")
    clock(seconds=5)

    draw.programs.set([Program.objects.get(code="PNP")])

    [entry] = read.changes(after=now() - timedelta(seconds=1))
    assert (entry.facts_before["programs"], entry.facts["programs"]) == (["CEC", "FST", "FSW"], ["PNP"])
    assert missing() == []


@pytest.mark.parametrize("name", ["add", "clear"])
def test_draws_of_a_program_are_followed_from_its_side(clock, name):
    cec, clear = Program.objects.get(code="CEC"), name == "clear"
    clock(seconds=5)

    cec.draws.clear() if clear else cec.draws.add(Draw.objects.get(number="447"))

    assert ("CEC" in seen("draw", "254")["programs"]) is not clear
    assert missing() == []


def test_last_of_several_changes_in_one_second_counts(clock):
    before, draw = now(), Draw.objects.get(number="254")
    clock(seconds=5)
    for cutoff in (490, 491, 487):
        draw.cutoff = cutoff
        draw.save()

    [entry] = read.changes(after=before)

    assert (entry.facts["cutoff"], entry.facts_before["cutoff"]) == (487, 486)


def test_what_was_taken_back_in_the_same_second_is_no_change(clock):
    before, draw = now(), Draw.objects.get(number="254")
    clock(seconds=5)
    for cutoff in (490, 486):
        draw.cutoff = cutoff
        draw.save()

    assert (list(read.changes(after=before)), seen("draw", "254")["cutoff"]) == ([], 486)


def test_deleted_row_leaves_and_what_it_carried_too(clock):
    before, draw = now(), Draw.objects.filter(discrepancies__isnull=False).first()
    at = clock(seconds=5)

    draw.delete()

    gone = changed(before)
    assert {table for table, _key in gone} == {"draw", "discrepancy"}
    assert (seen("draw", draw.number), seen("draw", draw.number, before) is None) == (None, False)
    assert ({one.known_from for one in read.changes(after=before)}, missing()) == ({at}, [])


def test_withdrawn_draw_takes_what_is_about_it_along(clock):
    before, draw = now(), Draw.objects.filter(corrections__isnull=False).first()
    clock(seconds=5)
    draw.status = "draft"
    draw.save()

    assert {table for table, _key in changed(before)} >= {"draw", "correction"}
    assert missing() == []


def test_import_is_one_change_of_the_official_side(make_edition, clock):
    make_edition("stem", "2023", ["21231"], effective_to=date(2024, 1, 1))
    save_all(begin(row()))
    start = clock(seconds=5)
    clock(seconds=5)

    save_all(begin(row(drawCRS="487")))

    [entry] = read.changes("draw", after=start)
    assert (entry.facts["cutoff"], entry.cause, entry.reason) == (487, "official", "Imported: IRCC feed of a test")
    assert {table for table, _key in changed(start)} == {"draw", "correction"}


def test_what_was_changed_behind_it_is_found_by_the_next_loading(clock):
    Draw.objects.filter(number="254").update(cutoff=487)
    start = now()
    clock(seconds=5)
    found = missing()

    DataVersion.bump(reason="Loaded with the record")

    assert ([entry.key for entry in found], changed(start)) == (["254"], [("draw", "254")])
    assert read.changes(after=start).get().reason == "Loaded with the record"


def test_preview_leaves_nothing(clock):
    before = LedgerEntry.objects.count()
    clock(seconds=5)
    with never_seen():
        Draw.objects.get(number="254").delete()
        inside = LedgerEntry.objects.count()

    assert (inside > before, LedgerEntry.objects.count()) == (True, before)


def test_change_that_is_undone_with_its_transaction_leaves_nothing(clock):
    before, draw = LedgerEntry.objects.count(), Draw.objects.get(number="254")
    clock(seconds=5)
    with transaction.atomic():
        draw.delete()
        transaction.set_rollback(True)

    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (PoolSnapshot, {"status": "draft"}),
        (Discrepancy, {"value_here": "1"}),
        (Correction, {"new_value": "1"}),
        (Category, {"name_en": "Another"}),
        (Edition, {"minimum_nclc": 5}),
        (Listing, {"note": "Another"}),
        (Occupation, {"title_en": "Another"}),
        (OccupationRule, {"counts": False}),
        (Program, {"summary_en": "Another"}),
    ],
)
def test_every_table_is_followed(clock, model, values):
    start, one = now(), model.objects.last()
    clock(seconds=5)
    for name, value in values.items():
        setattr(one, name, value)

    one.save()

    assert {table for table, _key in changed(start)} >= {model._meta.model_name}
    assert missing() == []


def test_clock_that_goes_back_does_not_turn_the_order(clock):
    draw = Draw.objects.get(number="254")
    at = clock(seconds=5)
    draw.cutoff = 487
    draw.save()
    clock(seconds=-3)
    draw.cutoff = 488
    draw.save()
    clock(seconds=3)

    assert (LedgerEntry.objects.of("draw", "254").last().known_from, seen("draw", "254", at)["cutoff"]) == (at, 488)


def test_ledger_comes_back_with_a_backup(tmp_path, clock):
    Draw.objects.get(number="254").delete()
    entries, version = list(LedgerEntry.objects.values()), DataVersion.objects.get().number
    call_command("backup", tmp_path / "site.gz", verbosity=0)
    Draw.objects.get(number="255").delete()

    call_command("restore", tmp_path / "site.gz", replace=True, verbosity=0)

    assert list(LedgerEntry.objects.values()) == entries
    assert DataVersion.objects.get().number == version + 1
