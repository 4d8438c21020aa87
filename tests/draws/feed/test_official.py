"""The official feed, where it is beside the project."""

import csv
from operator import itemgetter
from pathlib import Path

import pytest

from draws.feed import reader
from draws.feed.names import parse_name, parse_programs
from draws.feed.reader import Refusal
from draws.feed.values import parse_date, parse_when
from tests.draws.feed_rows import FEEDS, FOUR, NAMES, POOL, THREE, pool_of, read

OFFICIAL = Path(__file__).parents[4] / "shared/data/rounds"


needs_official = pytest.mark.skipif(not OFFICIAL.exists(), reason="the official feed is not beside the project")


def test_english_feed_reads_in_full():
    found = read((FEEDS / "english.json").read_bytes())

    assert found.refused == []
    assert [*map(itemgetter("number", "date", "invitations", "cutoff", "tie_break", "drawn_at"), found.records)] == [
        ("76", "2017-11-01", 290, 673, None, "2017-11-01T12:55:44Z"),
        ("91a", "2018-05-30", 500, 902, "2018-05-24T10:11:12Z", "2018-05-30T13:52:04Z"),
        ("91b", "2018-05-30", 200, 288, "2018-03-13T12:34:56Z", "2018-05-30T13:52:04Z"),
        ("176", "2021-02-13", 27332, 75, "2020-09-12T15:31:40Z", "2021-02-13T11:27:49Z"),
        ("208", "2021-10-27", 681, 744, "2021-10-07T16:38:21Z", "2021-10-27T13:00:51Z"),
        ("237", "2023-01-11", 5500, 507, "2022-08-10T16:03:32Z", "2023-01-11T17:02:28Z"),
        ("247", "2023-04-26", 3500, 483, "2022-12-24T12:02:19Z", "2023-04-26T18:10:04Z"),
        ("253", "2023-07-04", 700, 511, "2022-11-23T02:41:26Z", "2023-07-04T16:04:21Z"),
        ("270", "2023-10-25", 300, 486, "2023-09-30T04:22:17Z", "2023-10-25T15:48:39Z"),
        ("274", "2023-12-08", 5900, 481, "2023-11-05T05:48:41Z", "2023-12-08T03:02:52Z"),
        ("311", "2024-08-15", 3200, 509, "2024-03-02T01:58:34Z", "2024-08-15T15:11:54Z"),
        ("430", "2026-07-23", 4, 368, "2026-07-03T21:35:13Z", "2026-07-23T12:00:30Z"),
        ("447", "2026-10-01", 3500, 476, "2026-05-28T16:55:23Z", "2026-10-01T12:35:37Z"),
    ]


def test_english_feed_gives_types_programs_and_pools():
    found = read((FEEDS / "english.json").read_bytes())

    assert {r["number"]: itemgetter("kind", "programs", "category", "label")(r) for r in found.records} == {
        "76": ("program", ["PNP"], None, None),
        "91a": ("program", ["PNP"], None, None),
        "91b": ("program", ["FST"], None, None),
        "176": ("program", ["CEC"], None, None),
        "208": ("program", ["PNP"], None, None),
        "237": ("general", FOUR, None, None),
        "247": ("general", FOUR, None, None),
        "253": ("general", FOUR, None, None),
        "270": ("category", THREE, "french", "2023-1"),
        "274": ("category", THREE, "stem", "Version 1"),
        "311": ("program", ["CEC"], None, None),
        "430": ("category", THREE, "military", "2026-Version 1"),
        "447": ("category", THREE, "trade", "2026-Version 3"),
    }
    assert {r["number"] for r in found.records if r["pool"] is None} == {"76", "91a", "91b", "176", "208"}
    assert unallocated(found) == {"247": 180}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_french_feed_reads_in_either_encoding(encoding):
    text = (FEEDS / "french.json").read_text(encoding="utf-8")

    found = read(text.encode(encoding))

    assert found.refused == []
    assert [
        *map(itemgetter("number", "date", "kind", "programs", "category", "label", "invitations"), found.records)
    ] == [
        ("250", "2023-06-08", "general", FOUR, None, None, 4800),
        ("261", "2023-08-03", "category", THREE, "trade", "Version 1", 1500),
        ("437", "2026-08-19", "category", THREE, "french", "2026-Version 2", 5000),
        ("444", "2026-09-16", "category", THREE, "senior-managers", "2026-Version 1", 250),
    ]
    assert [*map(itemgetter("tie_break", "drawn_at", "pool"), found.records)] == [
        ("2023-02-22T17:14:17Z", "2023-06-08T13:14:15Z", pool_of(POOL, "2023-06-06")),
        ("2022-12-19T06:41:05Z", "2023-08-03T13:14:15Z", pool_of(POOL, "2023-08-01")),
        ("2026-03-01T18:34:05Z", "2026-08-19T14:05:11Z", pool_of(POOL, "2026-08-16")),
        ("2026-09-01T23:05:13Z", "2026-09-16T12:44:28Z", pool_of(POOL, "2026-09-13")),
    ]


def test_french_name_is_kept_as_published():
    found = read((FEEDS / "french.json").read_bytes())

    assert found.records[2]["name"] == "Compétence linguistique en français 2026-Version 2"


def test_partial_copy_derives_programs_from_round_type_only():
    found = read((FEEDS / "partial.json").read_bytes())

    assert [*map(itemgetter("number", "programs", "drawn_at", "instruction_url", "pool"), found.records)] == [
        ("440", THREE, None, "", pool_of(POOL, "2026-08-30")),
        ("446", ["CEC"], None, "", None),
    ]
    assert found.refused == [Refusal("438", "drawText2", "", reader.MISSING)]


@needs_official
def test_official_feed_equals_the_cleaned_table():
    with (OFFICIAL / "rounds.csv").open(encoding="utf-8") as file:
        rows = {line["number"]: line for line in csv.DictReader(file)}

    found = read((OFFICIAL / "ircc_rounds_en.json").read_bytes())

    assert (len(found.records), found.refused) == (438, [])
    differing = [r["number"] for r in map(cells, found.records) if r != {key: rows[r["number"]][key] for key in r}]
    assert differing == ["357"]  # its draw time is corrected in the table; the feed is read as it is


def cells(record):
    """A record as rounds.csv writes it."""
    same = {name: record[name] or "" for name in ("number", "date", "name", "tie_break", "drawn_at")}
    return same | {
        "round_type": record["kind"],
        "programs": ";".join(record["programs"]),
        "category": record["category"] or "",
        "category_version": record["label"] or "",
        "invitations": str(record["invitations"]),
        "crs_cutoff": str(record["cutoff"]),
    }


@needs_official
def test_official_feed_equals_the_pool_table():
    with (OFFICIAL / "pool_distribution.csv").open(encoding="utf-8") as file:
        rows = {line["number"]: line for line in csv.DictReader(file)}

    found = read((OFFICIAL / "ircc_rounds_en.json").read_bytes())

    pools = {r["number"]: r["pool"] for r in found.records if r["pool"]}
    assert set(pools) == {number for number in rows if int(number) <= 437}
    for number, pool in pools.items():
        counts = {name: int(rows[number][name]) for name in reader.POOL_FIELDS}
        assert pool == pool_of(counts, rows[number]["as_on"], pool["unallocated_451_500"])
    assert unallocated(found) == {"247": 180}


def unallocated(found):
    pools = {r["number"]: r["pool"]["unallocated_451_500"] for r in found.records if r["pool"]}
    return {number: count for number, count in pools.items() if count}


@needs_official
def test_official_names_mean_the_same_in_both_languages():
    with (OFFICIAL / "round_names_fr.csv").open(encoding="utf-8") as file:
        pairs = [(line["name_en"], line["name_fr"]) for line in csv.DictReader(file)]

    assert len(pairs) == 23
    assert [parse_name(en, NAMES)._replace(language="fr") for en, fr in pairs if fr] == [
        parse_name(fr, NAMES) for _, fr in pairs if fr
    ]


@needs_official
def test_official_revisions_tell_meaning_from_spelling():
    parsers = {
        "drawCutOff": parse_when,
        "drawDateTime": parse_when,
        "drawDate": parse_date,
        "drawName": lambda text: parse_name(text, NAMES).category,
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
