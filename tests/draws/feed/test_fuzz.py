"""Whatever comes, the reader answers; what is written in the feed's spellings is read back."""

import json
import random
import re
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draws.feed import names, reader
from draws.feed.file import FeedError
from draws.feed.names import parse_name, parse_programs
from draws.feed.reader import Feed, shrunk
from draws.feed.values import (
    Unreadable,
    moment_text,
    parse_count,
    parse_date,
    parse_link,
    parse_number,
    parse_when,
)
from tests.draws.feed_rows import FEEDS, FOUR, NAMES, THREE, file_of, pool_of, pool_row, read, read_row, record, row


def check(data):
    """The reader answers with sound records or a FeedError, and nothing else."""
    try:
        found = read(data)
    except FeedError:
        return
    for held in found.records:
        sound(held)
    for refusal in found.refused:
        assert refusal.reason
        assert f"{refusal.number}{refusal.value}".isprintable()
    numbers = [held["number"] for held in found.records]
    assert len(set(numbers)) == len(numbers)
    assert shrunk(found, numbers) == []
    assert json.loads(json.dumps(found.records)) == found.records


def sound(held):
    assert re.fullmatch("[1-9][0-9]{0,3}[a-z]?", held["number"])
    assert held["name"].isprintable()
    assert held["programs"]
    assert (held["kind"] == "category") == (held["category"] is not None)
    assert held["invitations"] is None or held["invitations"] > 0
    assert held["cutoff"] is None or 1 <= held["cutoff"] <= 1200
    assert all(text is None or datetime.fromisoformat(text).tzinfo for text in (held["tie_break"], held["drawn_at"]))
    assert held["instruction_url"] == "" or held["instruction_url"].startswith("https://www.canada.ca/")
    if held["pool"] is not None:
        assert date.fromisoformat(held["pool"]["as_on"])
        assert sum(count for name, count in held["pool"].items() if name != "as_on") == 2 * held["pool"]["total"]


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data):
    check(data)


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(any_json)
def test_any_json_is_answered(value):
    check(json.dumps(value).encode())
    check(json.dumps({"rounds": value}).encode())
    check(json.dumps({"rounds": [value]}).encode())


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(row())), any_json | st.text(max_size=40), max_size=4))
def test_any_value_in_a_round_is_answered(changes):
    check(file_of(row(**changes)))


@given(st.text(alphabet="0123456789 ,.-:hminsatàUTCZJulyMarchaoûtfévrier()\u00a0\u202f", max_size=40))
def test_any_text_is_a_value_or_unreadable(text):
    for parse in (parse_count, parse_number, parse_date, parse_when, parse_name, parse_programs, parse_link):
        with suppress(Unreadable):
            parse(text)


ENGLISH = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
FRENCH = [
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
]  # fmt: skip
WHEN_SPELLINGS = [
    "{month} {d}, {y} at {h:02}:{m:02}:{s:02} UTC",
    "{month} {d:02},{y} {h:02}:{m:02}:{s:02} UTC",
    "{month} {d}th {y}, at {h}:{m:02}:{s:02}",
    "{month} {d:02}. {y} at {y}-{mo:02}-{d:02} {h:02}:{m:02}:{s:02} UTC ",
    "{d} {mois} {y} à {h:02}:{m:02}:{s:02} UTC",
    "Le {d}er {mois} {y} à {h} h {m:02} min {s:02} s UTC",
]
DATE_SPELLINGS = [
    "{y}-{mo:02}-{d:02}",
    "{d:02}-{mo:02}-{y}",
    "{month} {d}, {y}",
    "{month} {d:02} {y}",
    "{d} {mois} {y}",
]
COUNT_SPELLINGS = ["{}", "{:,}", " {:,} "]


def written(spelling, moment):
    clock = {"h": moment.hour, "m": moment.minute, "s": moment.second} if isinstance(moment, datetime) else {}
    words = {"month": ENGLISH[moment.month - 1], "mois": FRENCH[moment.month - 1]}
    return spelling.format(y=moment.year, mo=moment.month, d=moment.day, **words, **clock)


moments = st.datetimes(datetime(2015, 1, 1), datetime(2099, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=timezone.utc)
)
counts = st.integers(1, 999_999)
separators = st.sampled_from([",", " ", "\u00a0", "\u202f", ""])


@given(moments, st.sampled_from(WHEN_SPELLINGS))
def test_moment_survives_every_spelling(moment, spelling):
    assert parse_when(written(spelling, moment)) == moment


@given(st.dates(date(2015, 1, 1), date(2099, 12, 31)), st.sampled_from(DATE_SPELLINGS))
def test_date_survives_every_spelling(day, spelling):
    assert parse_date(written(spelling, day)) == day


@given(st.integers(0, 999_999_999), separators)
def test_count_survives_every_separator(count, separator):
    assert parse_count(f"{count:,}".replace(",", separator)) == count


@given(st.dates(date(2015, 1, 1), date(2099, 12, 31)), st.timedeltas(timedelta(0), timedelta(days=364)))
def test_missing_year_survives_within_a_year(day, before):
    moment = datetime(day.year, day.month, day.day, tzinfo=timezone.utc) - timedelta(days=before.days)

    assert parse_when(written("{month} {d} at {h}:{m:02}:{s:02}", moment), day) == moment


round_names = st.sampled_from([*NAMES.items()])
labels = st.sampled_from([("", None), (" (Version 1)", "Version 1"), (", 2026-Version 2", "2026-Version 2")])
days = st.dates(date(2015, 1, 1), date(2099, 12, 31)).map(str)
pools = st.lists(st.integers(0, 99_999), min_size=15, max_size=15).filter(any)


@st.composite
def records(draw):
    name, known = draw(round_names)
    words, label = draw(labels) if known.kind == "category" else ("", None)
    ranges, extra = draw(st.none() | pools), draw(st.integers(0, 200))
    return record(
        number=draw(st.from_regex(r"[1-9][0-9]{0,3}[a-z]?", fullmatch=True)),
        date=draw(days),
        name=name + words,
        language=known.language,
        kind=known.kind,
        programs=[known.program] if known.program else draw(st.sampled_from([THREE, FOUR])),
        category=known.category,
        label=label,
        invitations=draw(st.none() | counts),
        cutoff=draw(st.none() | st.integers(1, 1200)),
        tie_break=moment_text(draw(st.none() | moments)),
        drawn_at=moment_text(draw(st.none() | moments)),
        pool=ranges
        and pool_of(dict(zip(reader.POOL_FIELDS, [*ranges, sum(ranges) + extra], strict=True)), draw(days), extra),
    )


def counts_of(ranges, extra):
    return dict(zip(reader.POOL_FIELDS, [*ranges, sum(ranges) + extra], strict=True))


def row_of(held, spell):
    """A record in the feed's words; ``spell`` picks among its spellings."""
    day, pool = date.fromisoformat(held["date"]), held["pool"] or dict.fromkeys(reader.POOL_FIELDS, 0)
    as_on = date.fromisoformat(pool.get("as_on", held["date"]))
    moments = {name: held[name] and datetime.fromisoformat(held[name]) for name in ("drawn_at", "tie_break")}
    return row(
        drawNumber=held["number"],
        drawDate=written(spell(DATE_SPELLINGS), day),
        drawDateFull=written(spell(DATE_SPELLINGS), day),
        drawName=spell([held["name"], held["name"].upper(), held["name"].replace(" ", "  ")]),
        drawSize=spell(COUNT_SPELLINGS).format(held["invitations"]) if held["invitations"] else "",
        drawCRS=spell(COUNT_SPELLINGS).format(held["cutoff"]) if held["cutoff"] else "",
        drawText2=", ".join(names.PROGRAMS[code]["en"][0] for code in held["programs"]),
        drawDateTime=written(spell(WHEN_SPELLINGS), moments["drawn_at"]) if moments["drawn_at"] else "",
        drawCutOff=written(spell(WHEN_SPELLINGS), moments["tie_break"]) if moments["tie_break"] else "",
        drawDistributionAsOn=written(spell(DATE_SPELLINGS), as_on),
        **pool_row(pool),
    )


@settings(max_examples=60, deadline=None)
@given(records(), st.randoms(use_true_random=False))
def test_record_survives_the_feed(held, spelling):
    values = row_of(held, spelling.choice)

    found = read(file_of(values))

    assert found == Feed([held | {"name": " ".join(values["drawName"].split())}], [])


MUTATIONS = 400
TOKENS = [b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"<", b"0", b"\xff", b"\x00", b"UTC", b"drawSize", b"null"]


def damaged(data, chance):
    """The bytes with a few pieces cut, doubled, overwritten or added."""
    for _ in range(chance.randint(1, 4)):
        at, size = chance.randrange(len(data)), chance.choice([0, 1, 1, 2, 8, 40, 400])
        filling = chance.choice([b"", chance.choice(TOKENS), chance.randbytes(size), data[at : at + size] * 2])
        data = data[:at] + filling + data[at + size :]
    return data


@pytest.mark.parametrize("name", ["english", "french", "partial", "rounds_line_missing"])
def test_damaged_feed_is_answered(name):
    data, chance = (FEEDS / f"{name}.json").read_bytes(), random.Random(254)

    for _ in range(MUTATIONS):
        check(damaged(data, chance))


def test_damaged_value_is_read_right_or_refused():
    chance = random.Random(208)
    right, outcomes = record(), {"read": 0, "refused": 0}

    for _ in range(2 * MUTATIONS):
        key = chance.choice(["drawSize", "drawCRS", "drawCutOff", "drawDateTime", "drawDate"])
        value = row()[key]
        at = chance.randrange(len(value))
        other = chance.choice("Oxl;/~é")  # no digit: a wrong digit nobody can see
        found = read_row(**{key: value[:at] + other + value[at + 1 :]})
        assert found.records in ([], [right])
        outcomes["read" if found.records else "refused"] += 1

    assert outcomes["refused"] > MUTATIONS
