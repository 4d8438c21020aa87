from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from expressentry.checking import reader
from expressentry.checking.answers import Checker, Successor
from expressentry.checking.past import Past, Said
from expressentry.checking.reader import Asked

BEGAN = datetime(2026, 11, 1, 12, tzinfo=timezone.utc)
LATER = BEGAN + timedelta(days=10)
NOW = BEGAN + timedelta(days=25)
TODAY = date(2026, 11, 26)
DAY = date(2024, 1, 15)


def edition(key, start, end=None, at=BEGAN, **facts):
    return Said("edition", key, at, {"effective_from": start, "effective_to": end, "name_en": key} | facts)


def listing(key, at=BEGAN, facts=True, **said):
    return Said("listing", key, at, {"title_as_published_en": key} if facts else None, **said)


def rule(key, at=BEGAN, **facts):
    program, prefix, state, start = key.split("/")
    usual = {"program": program, "prefix": prefix, "state": state, "counts": True}
    return Said("occupationrule", key, at, usual | {"valid_from": start or None, "valid_to": None} | facts)


def draw(number, at=BEGAN, **facts):
    usual = {"cutoff": 500, "kind": "program", "programs": ["CEC"], "edition": None, "name_en": "CEC"}
    return Said("draw", number, at, usual | {"date": "2023-07-05"} | facts)


RECORD = [
    edition("stem/2023", "2023-05-31", "2025-02-26"),
    edition("stem/2025", "2025-02-27"),
    edition("trade/2023", "2023-05-31"),
    *(listing(f"stem/2023/{code}") for code in ("21220", "21231")),
    *(listing(f"stem/2025/{code}") for code in ("21220", "21321")),
    listing("trade/2023/72106"),
    *(Said("occupation", code, BEGAN, {}) for code in ("21220", "21231", "21321", "72106", "63200")),
    Said("program", "CEC", BEGAN, {"slug": "canadian-experience-class"}),
    rule("CEC/x1/in-force/"),
    Said("requirement", "CEC/language/in-force/", BEGAN,
         {"program": "CEC", "state": "in-force", "text_en": "CLB 7", "valid_from": None, "valid_to": None}),
    draw("254"),
    draw("252", kind="category", edition="stem/2023", programs=["FSW", "CEC"]),
    draw("253", kind="general", programs=["FSW", "CEC"]),
    Said("poolsnapshot", "2026-08-16", BEGAN, {"total": 230000}),
]  # fmt: skip


def check(page, *more, names=None, **asked):
    is_wording = lambda _table, name: name.endswith(("_en", "_fr")) and name != "text_en"  # noqa: E731
    checker = Checker(Past([*RECORD, *more], BEGAN), NOW, TODAY, is_wording)
    return checker.answer(Asked(page, page, page=page, names=names or {}, **asked))


def shortlist(*codes, **asked):
    return {"page": "shortlist", "codes": codes, "on": DAY} | asked


STEM_2023 = {"slug": "stem", "version": "2023"}
DRAW = {"names": {"number": "254"}}


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("draws:detail", DRAW),
        ("categories:edition", {"names": {"slug": "stem", "version": "2025"}}),
        ("categories:compare", {"names": {"slug": "stem", "old": "2023", "new": "2025"}}),
        ("categories:detail", {"names": {"slug": "trade"}, "on": DAY}),
        ("categories:detail", {"names": {"slug": "stem"}}),
        ("categories:list", {}),
        ("occupations:detail", {"names": {"code": "21220"}, "on": DAY}),
        ("shortlist", {"codes": ("21220", "63200"), "on": DAY}),
        ("programs:list", {}),
        ("programs:detail", {"names": {"slug": "canadian-experience-class"}}),
        ("pool:current", {"known": BEGAN}),
        ("pool:detail", {"names": {"day": "2026-08-16"}}),
        ("draws:stream", {"names": {"slug": "stem"}, "known": BEGAN}),
        ("draws:stream", {"names": {"slug": "general"}}),
    ],
)
def test_page_of_which_nothing_changed_is_unchanged(page, asked):
    answer = check(page, **asked)

    assert (answer.state, answer.corrections, answer.successors, answer.newer) == ("unchanged", [], [], 0)
    assert answer.since == BEGAN


@pytest.mark.parametrize("known", [None, BEGAN, BEGAN - timedelta(days=9)])
def test_occupation_added_to_a_list_corrects_every_link_that_shows_it(known):
    said = listing("stem/2023/21300", LATER, reason="Overlooked", cause="ours")
    pages = [
        ("categories:edition", {"names": STEM_2023}),
        ("categories:compare", {"names": {"slug": "stem", "old": "2023", "new": "2025"}}),
        ("categories:detail", {"names": {"slug": "stem"}, "on": DAY}),
        ("draws:detail", {"names": {"number": "252"}}),
        ("shortlist", {"codes": ("21300",), "on": DAY}),
        ("occupations:detail", {"names": {"code": "21300"}, "on": DAY}),
    ]

    found = [check(page, said, Said("occupation", "21300", BEGAN, {}), known=known, **asked) for page, asked in pages]

    assert [answer.state for answer in found] == ["corrected"] * 6
    assert [(one.kind, one.row, one.said) for answer in found for one in answer.corrections] == [
        ("added", ("listing", "stem/2023/21300"), said)
    ] * 6


def test_link_made_after_a_correction_is_unchanged_by_it():
    said = listing("stem/2023/21231", LATER, facts=False)

    before, after = (check("shortlist", said, codes=("21231",), on=DAY, known=known) for known in (BEGAN, LATER))

    assert (before.state, [one.kind for one in before.corrections]) == ("corrected", ["removed"])
    assert (after.state, after.corrections, after.since) == ("unchanged", [], LATER)


def test_figure_of_a_draw_that_changed_is_told_with_both_values():
    said = replace(draw("254", LATER, cutoff=510), reason="Read wrongly", cause="ours")

    [correction] = check("draws:detail", said, **DRAW).corrections

    assert (correction.kind, correction.before["cutoff"], correction.after["cutoff"]) == ("changed", 500, 510)
    assert correction.said == said


def test_change_that_was_taken_back_is_none():
    assert check("draws:detail", draw("254", LATER, cutoff=510), draw("254", NOW), **DRAW).state == "unchanged"


@pytest.mark.parametrize(
    "said",
    [
        draw("254", LATER, name_en="Canadian Experience Class"),
        draw("254", LATER, evidence="third-party"),
        draw("255", LATER),
    ],
)
def test_wording_evidence_and_other_rows_change_no_link(said):
    assert check("draws:detail", said, **DRAW).state == "unchanged"


def test_draw_published_after_the_record_began_is_held_against_its_own_first_moment():
    assert check("draws:detail", draw("255", LATER), names={"number": "255"}).since == LATER


def test_row_that_was_withdrawn_is_told():
    answer = check("draws:detail", Said("draw", "254", LATER, None, "Published by mistake", "ours"), **DRAW)

    assert (answer.state, [one.kind for one in answer.corrections]) == ("corrected", ["removed"])


def test_list_that_appeared_as_a_whole_is_one_change():
    added = [edition("health/2023", "2023-06-28", at=LATER), listing("health/2023/31301", LATER)]

    answer = check("categories:list", *added, on=DAY, known=BEGAN)

    assert [one.row for one in answer.corrections] == [("edition", "health/2023")]


def test_other_dates_of_a_list_correct_a_shortlist():
    said = edition("trade/2023", "2024-02-01", at=LATER)

    [correction] = check("shortlist", said, codes=("72106",), on=DAY).corrections

    assert (correction.kind, correction.row, correction.said) == ("removed", ("listing", "trade/2023/72106"), said)


def test_draw_that_was_given_another_list_says_so_once():
    said = draw("252", LATER, kind="category", edition="stem/2025", programs=["FSW", "CEC"])

    assert [one.row for one in check("draws:detail", said, names={"number": "252"}).corrections] == [("draw", "252")]


def test_end_of_a_list_supersedes_it_and_another_start_corrects_it():
    ended = edition("trade/2023", "2023-05-31", "2026-11-20", at=LATER)
    begun = edition("trade/2023", "2023-06-01", at=LATER)
    asked = {"names": {"slug": "trade", "version": "2023"}}

    states = [check("categories:edition", one, **asked) for one in (ended, begun)]

    assert [one.state for one in states] == ["superseded", "corrected"]
    assert states[0].successors == [Successor("trade", "trade/2023", None, date(2026, 11, 21), [], ["72106"])]


def test_edition_is_superseded_by_the_one_in_force_today():
    answer = check("categories:edition", names=STEM_2023)

    assert answer.state == "superseded"
    assert answer.successors == [Successor("stem", "stem/2023", "stem/2025", date(2025, 2, 27), ["21321"], ["21231"])]


@pytest.mark.parametrize("slug", ["trade", "senior"])  # after another one, and as the first
def test_edition_that_is_yet_to_come_is_not_superseded(slug):
    coming, names = edition(f"{slug}/2027", "2027-01-01"), {"slug": slug, "version": "2027"}

    assert check("categories:edition", coming, names=names, known=NOW).state == "unchanged"


def test_category_without_a_list_that_day_has_one_today():
    answer = check("categories:detail", names={"slug": "stem"}, on=date(2020, 1, 1))

    assert answer.successors == [Successor("stem", None, "stem/2025", date(2023, 5, 31), ["21220", "21321"], [])]


def test_shortlist_names_only_its_own_occupations():
    answer = check("shortlist", codes=("21220", "21231", "21321", "63200"), on=DAY)

    assert answer.successors == [Successor("stem", "stem/2023", "stem/2025", date(2025, 2, 27), ["21321"], ["21231"])]


def test_shortlist_tells_of_a_category_that_ended():
    ended = edition("trade/2023", "2023-05-31", "2026-11-20", at=LATER)

    answer = check("shortlist", ended, codes=("72106",), on=DAY)

    assert answer.successors == [Successor("trade", "trade/2023", None, date(2026, 11, 21), [], ["72106"])]


def test_moves_are_dated_by_the_list_that_made_them():
    ended, newest = edition("stem/2025", "2025-02-27", "2026-02-17"), edition("stem/2026", "2026-02-18")
    lists = [listing(f"stem/2026/{code}") for code in ("21220", "21231", "72106")]

    found = [check(*one, ended, newest, *lists, **asked).successors
             for *one, asked in (("categories:edition", {"names": STEM_2023}),
                                 ("shortlist", {"codes": ("21231", "21321", "72106"), "on": DAY}),
                                 ("shortlist", {"codes": ("21231", "21321"), "on": date(2025, 3, 1)}))]  # fmt: skip

    assert found[0] == [Successor("stem", "stem/2023", "stem/2026", date(2025, 2, 27), ["72106"], [])]
    assert found[1] == [Successor("stem", "stem/2025", "stem/2026", date(2026, 2, 18), ["72106"], [])]
    assert found[2] == [Successor("stem", "stem/2025", "stem/2026", date(2026, 2, 18), ["21231"], ["21321"])]


def test_occupation_listed_later_in_an_open_list_has_no_first_day_but_its_correction():
    said = listing("trade/2023/63200", LATER)

    answer = check("shortlist", said, codes=("63200",), on=DAY)

    assert (answer.state, answer.successors) == ("corrected", [])


def test_rule_of_a_program_corrects_links_to_its_occupations():
    said = rule("CEC/x1/in-force/", LATER, counts=False)

    found = [check("shortlist", said, codes=(code,), on=DAY).state for code in ("21220", "72106")]

    assert found == ["corrected", "unchanged"]
    assert check("programs:list", said).state == "corrected"


def test_proposed_rule_changes_nothing():
    assert check("programs:list", rule("CEC/x2/proposed/", LATER)).state == "unchanged"


@pytest.mark.parametrize(
    ("page", "said", "names"),
    [
        ("draws:stream", draw("255", LATER), {"slug": "cec"}),
        ("pool:current", Said("poolsnapshot", "2026-11-15", LATER, {"total": 1}), {}),
    ],
)
def test_page_that_shows_the_latest_says_how_many_came_since(page, said, names):
    answer = check(page, said, names=names, known=BEGAN)

    assert (answer.state, answer.newer) == ("superseded", 1)


def test_page_that_shows_the_latest_is_unchanged_where_the_link_names_no_moment():
    assert check("pool:current", Said("poolsnapshot", "2026-11-15", LATER, {"total": 1})).state == "unchanged"


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("draws:detail", {"names": {"number": "999"}}),
        ("categories:edition", {"names": {"slug": "stem", "version": "1999"}}),
        ("categories:detail", {"names": {"slug": "quokka"}}),
        ("occupations:detail", {"names": {"code": "99999"}}),
        ("shortlist", {"codes": ("21231", "99999"), "on": DAY}),
        ("programs:detail", {"names": {"slug": "quokka"}}),
        ("pool:detail", {"names": {"day": "2026-08-17"}}),
    ],
)
def test_page_that_never_was_is_said_not_to_be_here(page, asked):
    answer = check(page, **asked)

    assert (answer.state, answer.asked.fault) == ("unreadable", "not_here")


def test_line_that_was_not_read_keeps_its_reason():
    states = [check("", fault=fault).state for fault in (reader.NOT_OURS, reader.NO_DAY)]

    assert states == ["not_ours", "unreadable"]
