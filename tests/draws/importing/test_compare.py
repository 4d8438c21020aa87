"""How the feed differs from the record: what is found, refused and told."""

from datetime import date

import pytest

from draws.feed.file import FeedError
from draws.feed.names import UNKNOWN_NAME
from draws.importing import runs
from draws.importing.models import Outcome
from draws.importing.wording import lines, spans
from draws.models import Draw
from tests.draws.feed_rows import POOL, SITE, file_of, row
from tests.draws.importers import OFFICIAL, begin, differences

LINK = f"{SITE}/en/immigration-refugees-citizenship/express-entry-rounds/invitations.html?q=254"


def reasons(new):
    return [(one.number, one.reason) for one in new.difference.refused]


def test_new_draw_has_all_its_facts(stem):
    new = begin(row())

    [found] = new.difference.rows
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
    assert new.difference.missing == {name: ["254"] for name in ("drawn_at", "tie_break", "pool", "instruction_url")}


def test_difference_that_a_discrepancy_explains_is_known(held, make_discrepancy):
    make_discrepancy(held, field="cutoff", value_here="486", value_elsewhere="487")

    new = begin(row(drawCRS="487"))

    assert (new.outcome, str(new.summary)) == (Outcome.UNCHANGED, "added 0, changed 0, unchanged 1, refused 0")
    assert [(one.field, one.here, one.feed) for one in new.difference.known] == [("cutoff", 486, 487)]


def test_discrepancy_that_is_a_draft_explains_nothing(held, make_discrepancy):
    make_discrepancy(held, field="cutoff", value_here="486", value_elsewhere="487", status="draft")

    assert differences(begin(row(drawCRS="487"))) == [("cutoff", 486, 487)]


def test_draw_that_is_gone_from_the_feed_is_told_and_kept(held, make_draw):
    make_draw("255")

    new = begin(row())

    assert (new.difference.vanished, Draw.objects.count()) == (["255"], 2)


def test_rewritten_name_is_only_wording(held):
    new = begin(row(drawName="STEM Occupations, (Version 1)"))

    [found] = new.difference.rows
    assert [(one.field, one.new, one.wording) for one in found.differences] == [
        ("name", "STEM Occupations, (Version 1)", True)
    ]


def test_other_kind_under_a_new_name_is_no_wording(held):
    new = begin(row(drawName="General"))

    assert [(one.field, one.old, one.new, one.wording) for one in new.difference.rows[0].differences] == [
        ("name", "STEM occupations (Version 1)", "General", False),
        ("kind", "category", "general", False),
        ("edition", "stem/2023", None, False),
    ]


def test_french_name_comes_from_a_pair_that_the_record_knows(stem, make_draw):
    make_draw("253", edition=stem, name_en="STEM occupations (Version 1)", name_fr="Professions des STIM (Version 1)")

    new = begin(row())

    assert new.difference.rows[0].values["name_fr"] == "Professions des STIM (Version 1)"


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


@pytest.mark.parametrize(
    ("label", "edition"), [("", "stem/2023"), ("Version 1", "stem/2023"), ("Version 2", "stem/next")]
)
def test_draft_of_the_next_edition_takes_only_rounds_of_its_version(stem, make_edition, label, edition):
    labels = {"round_label": "STEM occupations (Version 2)"}
    make_edition("stem", "next", effective_from=date(2023, 7, 1), status="draft", **labels)

    new = begin(row(drawName=f"STEM occupations ({label})" if label else "STEM occupations"))

    assert new.difference.rows[0].values["edition"] == edition


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

    assert (reasons(new), new.difference.rows) == ([("254", sentence)], [])


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
    new, rounds = runs.begin(content, OFFICIAL)

    assert (new.outcome, rounds, Draw.objects.count()) == (Outcome.FAILED, None, 0)
    assert len(new.fault) > 20


def test_feed_of_unreadable_rounds_alone_cannot_be_read(db):
    with pytest.raises(FeedError, match="Not one of the 1 rounds in the feed could be read"):
        runs.read_feed(file_of(row(drawName="Unheard of")))


# In words


def test_lines_say_everything(held, make_draw):
    make_draw("256")
    make_draw("257")
    new = begin(row(drawCRS="487", drawCutOff=""), row(drawNumber="255", drawName="Unheard of"))

    assert list(lines(new.difference)) == [
        "Draw 254: changed",
        "  CRS score of lowest-ranked candidate invited: 486 → 487",
        "Draw 255: refused, drawName “Unheard of”: " + UNKNOWN_NAME,
        "Missing in the feed and kept here, tie-breaking rule (UTC): 254",
        "Recorded here and not in this feed: 256–257",
    ]


def test_numbers_in_a_row_are_a_span():
    assert spans(["90", "91a", "91b", "92", "93", "94", "96"]) == "90, 91a, 91b, 92–94, 96"
