"""The official feed, where it is beside the project."""

import csv
from datetime import date
from pathlib import Path

import pytest

from draws.feed import reader
from draws.feed.reader import Refusal, parse_date, parse_name, parse_programs, parse_when, read
from tests.draws.feed_rows import FEEDS, FOUR, POOL, THREE, utc

OFFICIAL = Path(__file__).parents[4] / "shared/data/rounds"


needs_official = pytest.mark.skipif(not OFFICIAL.exists(), reason="the official feed is not beside the project")


def test_english_feed_reads_in_full():
    found = read((FEEDS / "english.json").read_bytes())

    assert found.refused == []
    assert [(r.number, r.date, r.invitations, r.cutoff, r.tie_break, r.drawn_at) for r in found.records] == [
        ("76", date(2017, 11, 1), 290, 673, None, utc(2017, 11, 1, 12, 55, 44)),
        ("91a", date(2018, 5, 30), 500, 902, utc(2018, 5, 24, 10, 11, 12), utc(2018, 5, 30, 13, 52, 4)),
        ("91b", date(2018, 5, 30), 200, 288, utc(2018, 3, 13, 12, 34, 56), utc(2018, 5, 30, 13, 52, 4)),
        ("176", date(2021, 2, 13), 27332, 75, utc(2020, 9, 12, 15, 31, 40), utc(2021, 2, 13, 11, 27, 49)),
        ("208", date(2021, 10, 27), 681, 744, utc(2021, 10, 7, 16, 38, 21), utc(2021, 10, 27, 13, 0, 51)),
        ("237", date(2023, 1, 11), 5500, 507, utc(2022, 8, 10, 16, 3, 32), utc(2023, 1, 11, 17, 2, 28)),
        ("247", date(2023, 4, 26), 3500, 483, utc(2022, 12, 24, 12, 2, 19), utc(2023, 4, 26, 18, 10, 4)),
        ("253", date(2023, 7, 4), 700, 511, utc(2022, 11, 23, 2, 41, 26), utc(2023, 7, 4, 16, 4, 21)),
        ("270", date(2023, 10, 25), 300, 486, utc(2023, 9, 30, 4, 22, 17), utc(2023, 10, 25, 15, 48, 39)),
        ("274", date(2023, 12, 8), 5900, 481, utc(2023, 11, 5, 5, 48, 41), utc(2023, 12, 8, 3, 2, 52)),
        ("311", date(2024, 8, 15), 3200, 509, utc(2024, 3, 2, 1, 58, 34), utc(2024, 8, 15, 15, 11, 54)),
        ("430", date(2026, 7, 23), 4, 368, utc(2026, 7, 3, 21, 35, 13), utc(2026, 7, 23, 12, 0, 30)),
        ("447", date(2026, 10, 1), 3500, 476, utc(2026, 5, 28, 16, 55, 23), utc(2026, 10, 1, 12, 35, 37)),
    ]


def test_english_feed_gives_types_programs_and_pools():
    found = read((FEEDS / "english.json").read_bytes())

    assert {r.number: (r.kind, r.programs, r.category, r.label) for r in found.records} == {
        "76": ("program", ("PNP",), None, None),
        "91a": ("program", ("PNP",), None, None),
        "91b": ("program", ("FST",), None, None),
        "176": ("program", ("CEC",), None, None),
        "208": ("program", ("PNP",), None, None),
        "237": ("general", FOUR, None, None),
        "247": ("general", FOUR, None, None),
        "253": ("general", FOUR, None, None),
        "270": ("category", THREE, "french", "2023-1"),
        "274": ("category", THREE, "stem", "Version 1"),
        "311": ("program", ("CEC",), None, None),
        "430": ("category", THREE, "military", "2026-Version 1"),
        "447": ("category", THREE, "trade", "2026-Version 3"),
    }
    assert {r.number for r in found.records if r.pool is None} == {"76", "91a", "91b", "176", "208"}
    assert {r.number for r in found.records if r.pool_as_on is None} == {"76", "91a", "91b", "176", "208"}
    assert {r.number: r.pool_unallocated for r in found.records if r.pool_unallocated} == {"247": 180}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_french_feed_reads_in_either_encoding(encoding):
    text = (FEEDS / "french.json").read_text(encoding="utf-8")

    found = read(text.encode(encoding))

    assert found.refused == []
    assert [(r.number, r.date, r.kind, r.programs, r.category, r.label, r.invitations) for r in found.records] == [
        ("250", date(2023, 6, 8), "general", FOUR, None, None, 4800),
        ("261", date(2023, 8, 3), "category", THREE, "trade", "Version 1", 1500),
        ("437", date(2026, 8, 19), "category", THREE, "french", "2026-Version 2", 5000),
        ("444", date(2026, 9, 16), "category", THREE, "senior-managers", "2026-Version 1", 250),
    ]
    assert [(r.tie_break, r.drawn_at, r.pool) for r in found.records] == [
        (utc(2023, 2, 22, 17, 14, 17), utc(2023, 6, 8, 13, 14, 15), POOL),
        (utc(2022, 12, 19, 6, 41, 5), utc(2023, 8, 3, 13, 14, 15), POOL),
        (utc(2026, 3, 1, 18, 34, 5), utc(2026, 8, 19, 14, 5, 11), POOL),
        (utc(2026, 9, 1, 23, 5, 13), utc(2026, 9, 16, 12, 44, 28), POOL),
    ]


def test_french_name_is_kept_as_published():
    found = read((FEEDS / "french.json").read_bytes())

    assert found.records[2].name == "Compétence linguistique en français 2026-Version 2"


def test_partial_copy_derives_programs_from_round_type_only():
    found = read((FEEDS / "partial.json").read_bytes())

    assert [(r.number, r.programs, r.drawn_at, r.instruction_url, r.pool) for r in found.records] == [
        ("440", THREE, None, "", POOL),
        ("446", ("CEC",), None, "", None),
    ]
    assert found.refused == [Refusal("438", "drawText2", "", reader.MISSING)]


@needs_official
def test_official_feed_equals_the_cleaned_table():
    with (OFFICIAL / "rounds.csv").open(encoding="utf-8") as file:
        rows = {line["number"]: line for line in csv.DictReader(file)}

    found = read((OFFICIAL / "ircc_rounds_en.json").read_bytes())

    assert (len(found.records), found.refused) == (438, [])
    differing = [r.number for r in found.records if cells(r) != {key: rows[r.number][key] for key in cells(r)}]
    assert differing == ["357"]  # its draw time is corrected in the table; the feed is read as it is


def cells(record):
    """A record as rounds.csv writes it."""
    moments = {"tie_break": record.tie_break, "drawn_at": record.drawn_at}
    return {
        "number": record.number,
        "date": record.date.isoformat(),
        "name": record.name,
        "round_type": record.kind,
        "programs": ";".join(record.programs),
        "category": record.category or "",
        "category_version": record.label or "",
        "invitations": str(record.invitations),
        "crs_cutoff": str(record.cutoff),
        **{key: f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else "" for key, moment in moments.items()},
    }


@needs_official
def test_official_feed_equals_the_pool_table():
    with (OFFICIAL / "pool_distribution.csv").open(encoding="utf-8") as file:
        rows = {line["number"]: line for line in csv.DictReader(file)}

    found = read((OFFICIAL / "ircc_rounds_en.json").read_bytes())

    pools = {r.number: r for r in found.records if r.pool}
    assert set(pools) == {number for number in rows if int(number) <= 437}
    for number, held in pools.items():
        assert held.pool == {name: int(rows[number][name]) for name in reader.POOL_FIELDS}
        assert held.pool_as_on.isoformat() == rows[number]["as_on"]
    assert {n: held.pool_unallocated for n, held in pools.items() if held.pool_unallocated} == {"247": 180}


@needs_official
def test_official_names_mean_the_same_in_both_languages():
    with (OFFICIAL / "round_names_fr.csv").open(encoding="utf-8") as file:
        pairs = [(line["name_en"], line["name_fr"]) for line in csv.DictReader(file)]

    assert len(pairs) == 23
    assert [parse_name(en) for en, fr in pairs if fr] == [parse_name(fr) for _, fr in pairs if fr]


@needs_official
def test_official_revisions_tell_meaning_from_spelling():
    parsers = {
        "drawCutOff": parse_when,
        "drawDateTime": parse_when,
        "drawDate": parse_date,
        "drawName": lambda text: parse_name(text).category,
        "drawText2": parse_programs,
    }
    with (OFFICIAL / "feed_revisions.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))

    changed = [
        line["number"]
        for line in lines
        if parsers[line["feed_key"]](line["old_value"]) != parsers[line["feed_key"]](line["new_value"])
    ]

    assert len(lines) == 36
    assert changed == ["262", "335"]
