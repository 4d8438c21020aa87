"""A newer record: what nobody edited here follows it, what people wrote stays and the difference is proposed."""

import io
import json
from copy import deepcopy
from datetime import date

import pytest
from django.core.management import call_command

from draws.models import Correction, Discrepancy, Draw
from editing.models import DataVersion, LoadedRecord, ProposedChange
from expressentry import reload
from occupations.models import OccupationTitle
from tests.editing.admin.forms import SAID, address, save

pytestmark = pytest.mark.both_databases


@pytest.fixture
def record(db, monkeypatch, tmp_path):
    """A function that loads the fixtures with other values in one row; answers with what was said."""
    rows = {name: json.loads((reload.FOLDER / f"{name}.json").read_text()) for name in reload.FILES}
    for name in [*(f"{name}.json" for name in reload.FILES), *reload.TABLES]:
        (tmp_path / name).symlink_to(reload.FOLDER / name)
    monkeypatch.setattr(reload, "FOLDER", tmp_path)

    def load(name="draws", number="254", **fields):
        changed = deepcopy(rows[name])
        row = next(row for row in changed if number in (row["fields"].get("number"), *row["fields"].get("draw", [])))
        row["fields"] |= fields
        return load_rows(name, changed)

    def load_rows(name, changed):
        (tmp_path / f"{name}.json").unlink()
        (tmp_path / f"{name}.json").write_text(json.dumps(changed))
        said = io.StringIO()
        call_command("load_record", verbosity=0, stdout=said)
        return said.getvalue()

    load.rows, load.load_rows = rows, load_rows
    return load


def draw():
    return Draw.objects.get(number="254")


def test_unchanged_record_is_not_loaded_again(db, django_assert_num_queries):
    said = io.StringIO()

    with django_assert_num_queries(2):
        call_command("load_record", stdout=said)

    assert said.getvalue() == "The record is up to date.\n"


def test_row_that_nobody_edited_follows_the_record(record):
    before = DataVersion.objects.get().number

    said = record(cutoff=487, programs=[["CEC"]])

    assert said == "The record of this version was loaded: 0 new rows, 1 updated, 2877 unchanged.\n"
    assert (draw().cutoff, [program.code for program in draw().programs.all()]) == (487, ["CEC"])
    assert (Draw.history.count(), DataVersion.objects.get().number) == (0, before + 1)


def test_edited_row_stays_and_the_difference_is_proposed(publisher, record):
    save(publisher, draw(), cutoff="490")

    said = record(cutoff=487, invitations=501)

    assert "1 row stays as edited here; 1 proposal waits in the admin." in said
    assert (draw().cutoff, draw().invitations) == (490, 500)
    proposal = ProposedChange.objects.get()
    assert proposal.changes == {"cutoff": [490, 487], "invitations": [500, 501]}
    assert (str(proposal.proposer), proposal.proposed_by) == ("The record", None)


def test_only_what_the_record_changed_is_proposed(publisher, record):
    save(publisher, draw(), cutoff="490")

    record(invitations=501)

    assert ProposedChange.objects.get().changes == {"invitations": [500, 501]}


def test_programs_that_people_changed_stay(publisher, record):
    save(publisher, draw(), programs=["4"])

    record(programs=[["CEC"]])

    assert [program.pk for program in draw().programs.all()] == [4]
    assert list(ProposedChange.objects.get().changes) == ["programs"]


def test_edit_that_was_undone_is_none(publisher, record):
    save(publisher, draw(), cutoff="490")
    save(publisher, draw(), cutoff="486")

    record(cutoff=487)

    newest = draw().history.first()
    assert (draw().cutoff, newest.cutoff, newest.history_user) == (487, 487, None)
    assert newest.history_change_reason == "Loaded with the record"
    assert newest.programs.count() == draw().programs.count() > 0


def test_difference_is_proposed_once(publisher, record):
    save(publisher, draw(), cutoff="490")
    record(cutoff=487)

    record(cutoff=487, confirmed_by="Somebody else")
    record(cutoff=488, confirmed_by="Somebody else")

    assert {name: new for name, (_old, new) in ProposedChange.objects.get().changes.items()} == {
        "cutoff": 488,
        "confirmed_by": "Somebody else",
    }


def test_refused_difference_is_not_proposed_again(publisher, record):
    save(publisher, draw(), cutoff="490")
    record(cutoff=487)
    proposal = ProposedChange.objects.get()
    publisher.post(address(ProposedChange, "decide", proposal.pk), {"_refuse": "1"})

    record(cutoff=486)
    said = record(cutoff=487)

    assert "1 row stays as edited here; 0 proposals wait in the admin." in said
    assert ProposedChange.objects.get() == proposal


@pytest.mark.parametrize(("here", "record_says"), [("490", 490), ("487", 488)])
def test_proposal_that_is_out_of_date_is_gone(publisher, record, here, record_says):
    save(publisher, draw(), cutoff="490")
    record(cutoff=487)
    save(publisher, draw(), cutoff=here)

    record(cutoff=record_says)

    assert (draw().cutoff, ProposedChange.objects.count()) == (record_says, 0)


def test_proposal_of_the_record_is_accepted(publisher, record):
    save(publisher, draw(), cutoff="490")
    record(cutoff=487)
    proposal = ProposedChange.objects.get()

    page = publisher.get(address(ProposedChange, "change", proposal.pk)).content.decode()
    publisher.post(address(ProposedChange, "decide", proposal.pk), {"_accept": "1"} | SAID)

    assert "Proposed by The record on " in page
    assert draw().cutoff == 487
    assert draw().history.first().history_change_reason.startswith("Proposed by The record: ")


def test_deleted_row_does_not_come_back(publisher, record):
    draw().delete()
    Discrepancy.objects.filter(draw__number="208").first().delete()

    said = record(number="255", cutoff=479)

    assert "2 rows deleted or renamed here stay so." in said
    assert (Draw.objects.count(), Discrepancy.objects.count()) == (447, 34)


def test_new_rows_arrive(record):
    new = deepcopy(record.rows["corrections"][0])
    new["fields"]["first_seen_new"] = "2026-11-01"

    said = record.load_rows("corrections", [new, *record.rows["corrections"]])

    assert said.startswith("The record of this version was loaded: 1 new row, 0 updated, 2878 unchanged.")
    assert Correction.objects.count() == 37


def test_row_that_the_record_lost_is_named(record):
    said = record.load_rows("corrections", record.rows["corrections"][1:])

    assert "No longer in the record of this version, and still here:\n  draws.correction " in said
    assert Correction.objects.count() == 36


def test_row_that_a_rule_refuses_is_named_and_tried_again(record):
    said = record(date="1999-01-01", drawn_at=None, drawn_at_missing="not-published", tie_break="1998-12-31T00:00:00Z")

    assert "The database refused\n  draws.draw 254: The edition was not in force on the day of the draw." in said
    assert (str(draw().date), LoadedRecord.objects.get().digest) == ("2023-07-05", "")


def test_site_of_an_earlier_release_keeps_its_edits(publisher, record):
    """It did not keep the files: the first state in the history says what was loaded."""
    LoadedRecord.objects.all().delete()
    save(publisher, draw(), cutoff="490")

    record(invitations=501)

    assert ProposedChange.objects.get().changes == {"invitations": [500, 501]}
    assert ProposedChange.objects.count() == 1


def test_row_made_here_stays_under_a_row_of_the_record(publisher, record):
    row = Correction.objects.get(draw__number="262", field="tie_break", only_wording=False)
    row.pk, row.draw, row.first_seen_new, row._history_user = None, draw(), date(2026, 11, 1), publisher.user
    row.save()
    new = deepcopy(record.rows["corrections"][0])
    new["fields"] |= {"draw": ["254"], "field": "tie_break", "first_seen_new": "2026-11-01", "old_value": "3"}

    record.load_rows("corrections", [new, *record.rows["corrections"]])

    proposed = ProposedChange.objects.get().changes["old_value"]
    assert (Correction.objects.get(pk=row.pk).old_value, proposed) == (row.old_value, [row.old_value, "3"])


@pytest.mark.parametrize("change", ["delete", "rename"])
def test_job_title_that_people_took_away_does_not_come_back(record, change):
    title = OccupationTitle.objects.first()
    if change == "delete":
        title.delete()
    else:
        title.title = "another title"
        title.save()
    count = OccupationTitle.objects.count()

    record(cutoff=487)

    assert OccupationTitle.objects.count() == count
