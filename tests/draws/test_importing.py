"""The feed against the record: what is found, and what saving it does."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from draws import importing
from draws.feed import FeedError
from draws.findings import Difference, Findings, Row
from draws.import_models import Import, Outcome
from draws.import_words import lines, spans
from draws.models import Correction, Discrepancy, Draw, FeedCheck, PoolSnapshot
from expressentry.models import DataVersion
from programs.models import Program
from tests.draws.feed_rows import POOL, SITE, file_of, row, utc

OFFICIAL = {"source": "IRCC feed of a test", "source_url": f"{SITE}/feed.json", "evidence": "official"}
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "rounds" / "ircc_rounds_en.json"
TODAY = timezone.localdate()
LINK = f"{SITE}/en/immigration-refugees-citizenship/express-entry-rounds/invitations.html?q=254"


def begin(*rows, **given):
    return importing.begin(file_of(*rows), OFFICIAL, **given)[0]


def save_all(new, publish=True, **given):
    return importing.save_rows(new, list(new.findings.open), publish, **given)


@pytest.fixture
def stem(make_edition):
    label = {"round_label": "STEM occupations (Version 1)"}
    return make_edition("stem", "2023", effective_from=date(2023, 5, 31), effective_to=date(2025, 2, 26), **label)


@pytest.fixture
def held(stem):
    """Draw 254 as the feed row of ``feed_rows`` has it, published."""
    save_all(begin(row()))
    return Draw.objects.get(number="254")


def differences(new):
    return [(one.field, one.old, one.new) for found in new.findings.rows for one in found.differences]


def reasons(new):
    return [(one.number, one.reason) for one in new.findings.refused]


# What is found


def test_new_draw_has_all_its_facts(stem):
    new = begin(row())

    [found] = new.findings.rows
    pool = {"as_on": "2023-07-04", **POOL, "unallocated_451_500": 0}
    assert (found.number, found.held, found.guarded) == ("254", False, False)
    assert found.values == {
        "date": "2023-07-05",
        "drawn_at": "2023-07-05T13:22:37Z",
        "name": "STEM occupations (Version 1)",
        "kind": "category",
        "programs": ["FSW", "FST", "CEC"],
        "edition": "stem/2023",
        "invitations": 500,
        "cutoff": 486,
        "tie_break": "2022-11-23T01:01:34Z",
        "pool": pool,
        "instruction_url": LINK,
    }
    assert (new.outcome, str(new.summary)) == (Outcome.WAITING, "added 1, changed 0, unchanged 0, refused 0")


def test_same_feed_again_has_nothing_to_save(held):
    new = begin(row())

    assert (new.outcome, str(new.summary)) == (Outcome.UNCHANGED, "added 0, changed 0, unchanged 1, refused 0")
    assert bytes(new.packed or b"") == b""


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ({"drawDate": "2023-07-06", "drawDateFull": "July 6, 2023", "drawDateTime": "July 6, 2023 at 13:22:37 UTC"},
         [("date", "2023-07-05", "2023-07-06"), ("drawn_at", "2023-07-05T13:22:37Z", "2023-07-06T13:22:37Z")]),
        ({"drawSize": "501"}, [("invitations", 500, 501)]),
        ({"drawCRS": "487"}, [("cutoff", 486, 487)]),
        ({"drawCutOff": "November 24, 2022 at 01:01:34 UTC"},
         [("tie_break", "2022-11-23T01:01:34Z", "2022-11-24T01:01:34Z")]),
        ({"drawText2": "Canadian Experience Class"}, [("programs", ["FSW", "FST", "CEC"], ["CEC"])]),
        ({"DrawText1": "<a href='/en/invitations.html?q=254'>Text</a>"},
         [("instruction_url", LINK, f"{SITE}/en/invitations.html?q=254")]),
    ],
)  # fmt: skip
def test_each_fact_that_differs_is_found(held, change, difference):
    assert differences(begin(row(**change))) == difference


def test_pool_of_the_same_day_with_other_counts_is_a_difference(held):
    new = begin(row(dd1="121", dd18="64,851"))

    [(field, old, changed)] = differences(new)
    assert (field, old["crs_601_1200"], changed["crs_601_1200"]) == ("pool", 120, 121)


def test_value_missing_in_the_feed_stays_and_is_told(held):
    new = begin(row(drawDateTime="", drawCutOff=..., DrawText1="", **{f"dd{count}": "0" for count in range(1, 19)}))

    assert new.outcome == Outcome.UNCHANGED
    assert new.findings.missing == {name: ["254"] for name in ("drawn_at", "tie_break", "pool", "instruction_url")}


def test_difference_that_a_discrepancy_explains_is_known(held, make_discrepancy):
    make_discrepancy(held, field="cutoff", value_here="486", value_elsewhere="487")

    new = begin(row(drawCRS="487"))

    assert (new.outcome, str(new.summary)) == (Outcome.UNCHANGED, "added 0, changed 0, unchanged 1, refused 0")
    assert [(one.field, one.here, one.feed) for one in new.findings.known] == [("cutoff", 486, 487)]


def test_discrepancy_that_is_a_draft_explains_nothing(held, make_discrepancy):
    make_discrepancy(held, field="cutoff", value_here="486", value_elsewhere="487", status="draft")

    assert differences(begin(row(drawCRS="487"))) == [("cutoff", 486, 487)]


def test_draw_that_is_gone_from_the_feed_is_told_and_kept(held, make_draw):
    make_draw("255")

    new = begin(row())

    assert (new.findings.vanished, Draw.objects.count()) == (["255"], 2)


def test_rewritten_name_is_only_wording(held):
    new = begin(row(drawName="STEM Occupations, (Version 1)"))

    [found] = new.findings.rows
    assert [(one.field, one.new, one.wording) for one in found.differences] == [
        ("name", "STEM Occupations, (Version 1)", True)
    ]


def test_other_kind_under_a_new_name_is_no_wording(held):
    new = begin(row(drawName="General"))

    assert [(one.field, one.old, one.new, one.wording) for one in new.findings.rows[0].differences] == [
        ("name", "STEM occupations (Version 1)", "General", False),
        ("kind", "category", "general", False),
        ("edition", "stem/2023", None, False),
    ]


def test_french_name_comes_from_a_pair_that_the_record_knows(stem, make_draw):
    make_draw("253", edition=stem, name_en="STEM occupations (Version 1)", name_fr="Professions des STIM (Version 1)")

    new = begin(row())

    assert new.findings.rows[0].values["name_fr"] == "Professions des STIM (Version 1)"


def test_french_feed_gives_french_names_only(held):
    new = begin(row(drawName="Professions des STIM (Version 1)", DrawText1="<a href='/fr/rondes.html?q=254'>T</a>"))

    assert differences(new) == [("name_fr", "", "Professions des STIM (Version 1)")]


def test_new_draw_in_french_is_refused(stem):
    new = begin(row(drawName="Professions des STIM (Version 1)"))

    assert reasons(new) == [
        ("254", "A new round needs its English name. Import the English feed first, then the French one.")
    ]


# What is refused before anything is saved


def test_draw_without_an_edition_says_what_to_do(empty):
    assert reasons(begin(row())) == [
        ("254", "No edition of the category “stem” is in force on 2023-07-05. Add the edition of that day first, "
                "with its dates and its list, then import again.")
    ]  # fmt: skip


def test_draw_with_another_version_than_its_edition_is_refused(stem):
    [(number, reason)] = reasons(begin(row(drawName="STEM occupations (Version 2)")))

    assert (number, reason.startswith("The round type says Version 2, but the edition in force")) == ("254", True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"drawDateTime": "July 15, 2023 at 13:22:37 UTC"},
         "The time (UTC) is not on the date of the draw, nor in the night after it. Correct one of the two."),
        ({"drawCutOff": "July 5, 2023 at 13:22:38 UTC"}, "The tie-break lies before the draw, not after it."),
        ({"drawCutOff": "July 7, 2023 at 00:00:00 UTC", "drawDateTime": ""},
         "The tie-break lies after the day of the draw. "
         "Profiles submitted before it were invited, so it lies before."),
    ],
)  # fmt: skip
def test_what_the_database_would_refuse_is_refused_in_its_words(stem, change, sentence):
    new = begin(row(**change))

    assert (reasons(new), new.findings.rows) == ([("254", sentence)], [])


def test_change_that_breaks_a_rule_with_the_value_held_is_refused(held):
    new = begin(row(drawDate="2023-07-01", drawDateFull="", drawDateTime=""))

    assert reasons(new) == [
        ("254", "The time (UTC) is not on the date of the draw, nor in the night after it. Correct one of the two.")
    ]


def test_two_pools_for_one_day_are_refused(stem):
    other = row(drawNumber="255", dd1="121", dd18="64,851")

    new = begin(row(), other)

    assert reasons(new) == [
        (number, "Two rounds of the feed give different counts for the pool of 2023-07-04.")
        for number in ("254", "255")
    ]


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b'{"rounds": []}', b'{"rounds": [{}]}', b"\xff\x81"])
def test_feed_that_cannot_be_read_is_an_import_that_says_why(empty, content):
    new, rounds = importing.begin(content, OFFICIAL)

    assert (new.outcome, rounds, Draw.objects.count()) == (Outcome.FAILED, None, 0)
    assert len(new.fault) > 20


def test_feed_of_unreadable_rounds_alone_cannot_be_read():
    with pytest.raises(FeedError, match="Not one of the 1 rounds in the feed could be read"):
        importing.read(file_of(row(drawName="Unheard of")))


# What saving does


def test_draft_is_saved_with_everything(stem, django_user_model):
    user = django_user_model.objects.create(username="editor")
    new = begin(row(drawCutOff=""), user=user)

    assert save_all(new, publish=False, user=user) == 1

    draw = Draw.objects.get(number="254")
    assert (draw.status, draw.pool.status, draw.edition) == ("draft", "draft", stem)
    assert (draw.drawn_at, draw.tie_break, draw.tie_break_missing) == (
        utc(2023, 7, 5, 13, 22, 37), None, "not-published",
    )  # fmt: skip
    assert sorted(draw.programs.values_list("code", flat=True)) == ["CEC", "FST", "FSW"]
    assert (draw.evidence, draw.source, draw.source_url, draw.checked_on) == (*by_source(), TODAY)
    draw.full_clean()
    assert (new.outcome, new.finished_by, new.packed) == (Outcome.SAVED, user, None)


def by_source():
    return "official", OFFICIAL["source"], OFFICIAL["source_url"]


def test_new_draw_and_its_pool_are_public_when_published(held):
    assert (held.is_public(), held.pool.is_public()) == (True, True)


def test_saved_rows_have_one_record_of_history(held):
    [record] = held.history.all()
    assert (record.history_type, record.history_change_reason) == ("+", "Imported: IRCC feed of a test")
    assert record.programs.count() == 3
    assert held.pool.history.count() == 1


def test_changed_draw_that_was_loaded_keeps_its_first_state(make_draw):
    draw = make_draw("254", date=date(2023, 7, 5), drawn_at=utc(2023, 7, 5, 13), tie_break=utc(2023, 1, 1))
    draw.history.all().delete()
    general = row(drawName="General", drawDateTime="July 5, 2023 at 13:00:00 UTC")

    save_all(begin(general | {"drawText2": "Canadian Experience Class"}))

    newest, first = draw.history.all()
    assert (first.history_type, first.cutoff, first.programs.count()) == ("+", 500, 4)
    assert (newest.history_type, newest.cutoff, newest.programs.count()) == ("~", 486, 1)


def test_changed_value_of_a_public_draw_becomes_a_correction(held):
    FeedCheck.objects.all().delete()
    Draw.objects.filter(pk=held.pk).update(checked_on=TODAY - timedelta(days=9))

    save_all(begin(row(drawCRS="487")))

    [correction] = Correction.objects.published()
    assert (correction.draw, correction.field, correction.old_value, correction.new_value) == (
        held, "cutoff", "486", "487",
    )  # fmt: skip
    assert (correction.last_seen_old, correction.first_seen_new) == (TODAY - timedelta(days=9), TODAY)
    assert (correction.only_wording, Draw.objects.get(pk=held.pk).cutoff) == (False, 487)
    assert correction.history.count() == 1


def test_old_value_was_last_seen_at_the_last_check(held):
    FeedCheck.objects.all().delete()
    Draw.objects.filter(pk=held.pk).update(checked_on=TODAY - timedelta(days=9))
    told = {"newest_number": "254", "records": 1, "evidence": "official", "source": "A test"}
    FeedCheck.objects.create(checked_on=TODAY - timedelta(days=2), **told)

    save_all(begin(row(drawCRS="487")))

    assert Correction.objects.get().last_seen_old == TODAY - timedelta(days=2)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"drawName": "STEM Occupations (Version 1)"},
         ("name", "STEM occupations (Version 1)", "STEM Occupations (Version 1)", True)),
        ({"drawText2": "Canadian Experience Class"},
         ("programs", "Federal Skilled Worker, Federal Skilled Trades, Canadian Experience Class",
          "Canadian Experience Class", False)),
        ({"dd1": "121", "dd18": "64,851"},
         ("pool", "601–1200: 120; total: 64850", "601–1200: 121; total: 64851", False)),
        ({"drawDistributionAsOn": "July 3, 2023"}, ("pool_date", "2023-07-04", "2023-07-03", False)),
    ],
)  # fmt: skip
def test_correction_says_what_changed(held, change, told):
    names = {"FSW": "Federal Skilled Worker", "FST": "Federal Skilled Trades", "CEC": "Canadian Experience Class"}
    for code, name in names.items():
        Program.objects.filter(code=code).update(name_en=name)

    save_all(begin(row(**change)))

    assert list(Correction.objects.values_list("field", "old_value", "new_value", "only_wording")) == [told]


@pytest.mark.parametrize(
    "given",
    [{"DrawText1": "<a href='/en/invitations.html?q=254'>Text</a>"}, {"drawName": "Professions des STIM (Version 1)"}],
)
def test_link_and_missing_french_name_need_no_correction(held, given):
    save_all(begin(row(**given)))

    assert list(Correction.objects.all()) == []


def test_value_that_was_not_held_needs_no_correction(held):
    Draw.objects.filter(pk=held.pk).update(drawn_at=None, drawn_at_missing="not-held")

    save_all(begin(row()))

    draw = Draw.objects.get(pk=held.pk)
    assert (draw.drawn_at, draw.drawn_at_missing) == (utc(2023, 7, 5, 13, 22, 37), "")
    assert list(Correction.objects.all()) == []


def test_value_that_changes_twice_in_a_day_is_one_correction(held):
    save_all(begin(row(drawCRS="487")))
    save_all(begin(row(drawCRS="488")))

    assert list(Correction.objects.values_list("old_value", "new_value")) == [("486", "488")]


def test_value_that_changes_back_in_a_day_is_no_correction(held):
    save_all(begin(row(drawCRS="487")))
    save_all(begin(row()))

    assert list(Correction.objects.all()) == []


def test_changed_draft_is_changed_without_a_correction(stem):
    save_all(begin(row()), publish=False)

    assert save_all(begin(row(drawCRS="487")), publish=False) == 1

    draw = Draw.objects.get(number="254")
    assert (draw.cutoff, draw.status, Correction.objects.count()) == (487, "draft", 0)


def test_change_of_a_published_draw_waits_for_a_publisher(held):
    new = begin(row(drawCRS="487"))

    assert save_all(new, publish=False) == 0
    assert (Draw.objects.get(pk=held.pk).cutoff, new.outcome, new.findings.rows[0].guarded) == (486, "waiting", True)


def test_new_draw_that_rewrites_a_published_pool_waits_for_a_publisher(held):
    other = row(drawNumber="255", dd1="121", dd18="64,851")

    new = begin(other)

    assert [(found.number, found.held, found.guarded) for found in new.findings.rows] == [("255", False, True)]


def test_draws_of_one_week_share_a_snapshot(stem):
    save_all(begin(row(), row(drawNumber="255")))

    assert PoolSnapshot.objects.count() == 1
    assert Draw.objects.filter(pool__as_on=date(2023, 7, 4)).count() == 2


def test_publishing_on_an_edition_that_is_a_draft_is_refused(stem):
    type(stem).objects.update(status="draft")

    with pytest.raises(ValidationError, match="publish that first"):
        save_all(begin(row()))
    assert Draw.objects.count() == 0


# Coming back to an import


def test_saving_twice_saves_once(stem):
    new = begin(row(), row(drawNumber="255"))
    importing.save_rows(new, ["254"], publish=True)

    assert importing.save_rows(new, ["254"], publish=True) == 0
    assert (Draw.objects.count(), new.outcome, list(new.findings.open)) == (1, "waiting", ["255"])
    assert Draw.objects.get().history.count() == 1


def test_row_that_somebody_changed_meanwhile_is_not_overwritten(held):
    new = begin(row(drawCRS="487", drawSize="501"))
    Draw.objects.filter(pk=held.pk).update(cutoff=490)

    with pytest.raises(importing.Stale) as stale:
        save_all(new)

    assert (stale.value.numbers, Draw.objects.get(pk=held.pk).cutoff) == (["254"], 490)


def test_comparing_again_shows_the_record_as_it_is_now(held):
    new = begin(row(drawCRS="487", drawSize="501"))
    Draw.objects.filter(pk=held.pk).update(cutoff=490)

    importing.compare_again(new)

    assert differences(Import.objects.get(pk=new.pk)) == [("invitations", 500, 501), ("cutoff", 490, 487)]


def test_comparing_again_finishes_what_somebody_else_did(held):
    new = begin(row(drawCRS="487"))
    Draw.objects.filter(pk=held.pk).update(cutoff=487)

    importing.compare_again(new)

    assert (new.outcome, new.packed) == (Outcome.UNCHANGED, None)


def test_stored_findings_are_read_as_they_were(held):
    new = begin(row(drawCRS="487"), row(drawNumber="255"), row(drawNumber="x"))

    assert Import.objects.get(pk=new.pk).findings == new.findings
    assert Findings.from_json(json.loads(json.dumps(new.found))) == new.findings


def test_newer_import_of_the_command_replaces_one_that_waits(held):
    older = begin(row(drawCRS="487"))

    newer = importing.tidied(begin(row(drawCRS="488")))

    older.refresh_from_db()
    assert (older.outcome, older.packed, newer.outcome) == (Outcome.REPLACED, None, Outcome.WAITING)


def test_same_findings_keep_the_import_that_waits(held):
    older = begin(row(drawCRS="487"))

    assert importing.tidied(begin(row(drawCRS="487"))) == older
    assert Import.objects.filter(outcome=Outcome.WAITING).count() == 1


# The day to which the record is complete


def test_official_feed_makes_the_record_complete_to_its_day(held):
    FeedCheck.objects.all().delete()

    begin(row(), complete_to=date(2026, 10, 12))

    check = FeedCheck.objects.get()
    assert (check.checked_on, check.newest_number, check.records) == (date(2026, 10, 12), "254", 1)


def test_same_check_on_the_same_day_leaves_the_pages_alone(held):
    begin(row(), complete_to=TODAY)
    before = DataVersion.objects.get().number

    begin(row(), complete_to=TODAY)

    assert DataVersion.objects.get().number == before


@pytest.mark.parametrize(
    ("rows", "publish"),
    [([row(), row(drawNumber="255")], False), ([row(drawCRS="487")], False), ([row(), row(drawNumber="x1")], True)],
)
def test_feed_of_which_something_is_not_public_completes_nothing(held, rows, publish):
    FeedCheck.objects.all().delete()
    new = begin(*rows, complete_to=TODAY)

    if new.outcome == Outcome.WAITING:
        save_all(new, publish)

    assert list(FeedCheck.objects.all()) == []


def test_any_other_file_completes_nothing(held):
    FeedCheck.objects.all().delete()

    begin(row())

    assert list(FeedCheck.objects.all()) == []


# Size


@pytest.mark.parametrize("count", [1, 20])
def test_queries_do_not_grow_with_the_rows(stem, count, django_assert_max_num_queries):
    numbers = range(300, 300 + count)
    save_all(begin(*[row(drawNumber=str(number)) for number in numbers], row(drawNumber="254")))
    rows = [row(drawNumber=str(number), drawCRS="487") for number in numbers]
    rows += [row(drawNumber=str(number + 100)) for number in numbers]

    with django_assert_max_num_queries(50):
        save_all(begin(*rows))

    assert Draw.objects.count() == 2 * count + 1


# In words


def test_lines_say_everything(held, make_draw):
    make_draw("256")
    make_draw("257")
    new = begin(row(drawCRS="487", drawCutOff=""), row(drawNumber="255", drawName="Unheard of"))

    assert list(lines(new.findings)) == [
        "Draw 254: changed",
        "  CRS score of lowest-ranked candidate invited: 486 → 487",
        "Draw 255: refused, drawName “Unheard of”: This round type is not known here.",
        "Missing in the feed and kept here, tie-breaking rule (UTC): 254",
        "Held here and not in this feed: 256–257",
    ]


def test_numbers_in_a_row_are_a_span():
    assert spans(["90", "91a", "91b", "92", "93", "94", "96"]) == "90, 91a, 91b, 92–94, 96"


# The real record and the real feed


@pytest.mark.skipif(not REAL.exists(), reason="the real feed is not beside the project")
def test_real_feed_over_the_real_record_changes_nothing(db):
    new, _rounds = importing.begin(REAL.read_bytes(), OFFICIAL)

    assert (new.outcome, str(new.summary)) == (
        Outcome.UNCHANGED, "added 0, changed 0, unchanged 438, refused 0",
    )  # fmt: skip
    assert [(one.number, one.field) for one in new.findings.known] == [("357", "drawn_at")]
    assert new.findings.vanished == [str(number) for number in range(438, 448)]


@pytest.mark.skipif(not REAL.exists(), reason="the real feed is not beside the project")
def test_newer_real_feed_adds_what_is_new_and_changes_what_was_rewritten(db):
    """The record up to 434 with three values as they once were, then the feed up to 437."""
    Discrepancy.objects.filter(draw__number="262").delete()
    Draw.objects.filter(sequence__gt=434 * 32).delete()
    Draw.objects.filter(number="252").update(name_en="Healthcare occupations (2023-1)")
    Draw.objects.filter(number="262").update(tie_break=utc(2023, 8, 1, 12, 59, 52))
    Draw.objects.filter(number="300").update(invitations=1)
    Correction.objects.all().delete()

    new, _rounds = importing.begin(REAL.read_bytes(), OFFICIAL)
    save_all(new)

    assert str(new.summary) == "added 3, changed 3, unchanged 432, refused 0"
    assert [row.number for row in new.findings.new] == ["435", "436", "437"]
    assert sorted(Correction.objects.values_list("draw__number", "field", "only_wording")) == [
        ("252", "name", True), ("262", "tie_break", False), ("300", "invitations", False),
    ]  # fmt: skip
    again, _rounds = importing.begin(REAL.read_bytes(), OFFICIAL)
    assert str(again.summary) == "added 0, changed 0, unchanged 438, refused 0"


def test_row_and_difference_are_plain_values():
    found = Findings(rows=[Row("1", True, False, (Difference("cutoff", 1, 2),))])

    assert Findings.from_json(json.loads(json.dumps(found.as_json()))) == found
