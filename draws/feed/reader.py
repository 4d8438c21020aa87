"""Reading the official feed of rounds; what can't be read without guessing is refused with a reason."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from string import ascii_lowercase
from typing import Any

from draws.feed import file
from draws.feed.names import KNOWN, Names, RoundType, parse_name, parse_programs
from draws.feed.row import RoundText, UnreadableValue
from draws.feed.values import (
    Unreadable,
    gettext_noop,
    moment_text,
    parse_count,
    parse_date,
    parse_link,
    parse_number,
    parse_when,
)

# dd3 and dd9 are subtotals of the ranges after them.
POOL_FIELDS = {
    "crs_601_1200": "dd1",
    "crs_501_600": "dd2",
    "crs_491_500": "dd4",
    "crs_481_490": "dd5",
    "crs_471_480": "dd6",
    "crs_461_470": "dd7",
    "crs_451_460": "dd8",
    "crs_441_450": "dd10",
    "crs_431_440": "dd11",
    "crs_421_430": "dd12",
    "crs_411_420": "dd13",
    "crs_401_410": "dd14",
    "crs_351_400": "dd15",
    "crs_301_350": "dd16",
    "crs_0_300": "dd17",
    "total": "dd18",
}
# Programs of a round whose name says them, for copies of the feed that leave drawText2 out.
CATEGORY_PROGRAMS = ["FSW", "FST", "CEC"]

MISSING = gettext_noop("This value is missing.")
SAME_NUMBER = gettext_noop(
    "More than one round has this number. Upload a copy with the right one alone, or with both as 91a and 91b are."
)
DATES_DIFFER = gettext_noop("The date in figures and the date in words differ.")
PROGRAMS_DIFFER = gettext_noop("The programs covered are not the one in the round type.")
NO_INVITATIONS = gettext_noop("A round with no invitations is not possible.")
NO_SCORE = gettext_noop("A CRS cut-off lies between 1 and 1200.")
POOL_OVERFULL = gettext_noop("The ranges of the pool add up to more than its total.")
POOL_INCOMPLETE = gettext_noop("Some ranges of the pool are published and others are not.")


Facts = dict[str, Any]  # of a round, in the plain values that are compared and stored; None is not published


@dataclass(frozen=True)
class Refusal:
    """One round that was not read, and why."""

    number: str
    field: str
    value: str
    reason: str


@dataclass
class Feed:
    """What was read, oldest first."""

    records: list[Facts] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def numbers(self) -> set[str]:
        """Every number that the feed holds, read or refused."""
        return {record["number"] for record in self.records} | {refusal.number for refusal in self.refused}


def read(data: bytes, names: Names = KNOWN) -> Feed:
    """Every round of the feed by these names, read or refused; a FeedError when there is no feed to read."""
    feed = Feed()
    for row in map(RoundText, file.rounds(data)):
        try:
            feed.records.append(_facts(row, names))
        except UnreadableValue as fault:
            feed.refused.append(Refusal(row.number(), **vars(fault)))
    _refuse_same_numbers(feed)
    feed.records.sort(key=lambda record: _sequence(record["number"]))
    feed.refused.sort(key=lambda refusal: _sequence(refusal.number))
    return feed


def shrunk(feed: Feed, held_numbers: Iterable[str]) -> list[str]:
    """The numbers recorded here that the feed no longer has."""
    numbers = feed.numbers
    return [number for number in held_numbers if number not in numbers]


def _facts(row: RoundText, names: Names) -> Facts:
    number = row.read("drawNumber", parse_number)
    day = _date(row)
    name = row.read("drawName", parse_name, names)
    pool = _pool(row)
    return {
        "number": number,
        "date": day.isoformat(),
        "name": row.text("drawName"),
        "language": name.language,
        "kind": name.kind,
        "programs": _programs(row, name),
        "category": name.category,
        "label": name.label,
        "invitations": row.read("drawSize", _invitations),
        "cutoff": row.read("drawCRS", _cutoff),
        "tie_break": moment_text(row.read("drawCutOff", parse_when, day)),
        "drawn_at": moment_text(row.read("drawDateTime", parse_when)),
        "instruction_url": _instruction_url(row),
        "pool": _dated(pool, row),
    }


def _date(row: RoundText) -> date:
    """The day of the round, which the feed gives in figures and again in words."""
    read = [row.read(field, parse_date) for field in ("drawDate", "drawDateFull")]
    days = {day for day in read if day}
    if not days:
        raise UnreadableValue("drawDate", "", MISSING)
    if len(days) == 2:
        raise UnreadableValue("drawDateFull", row.text("drawDateFull"), DATES_DIFFER)
    return days.pop()


def _programs(row: RoundText, name: RoundType) -> list[str]:
    """The programs covered; copies that leave them out still have the round type to tell them by."""
    programs = row.read("drawText2", parse_programs)
    named = [name.program] if name.program else CATEGORY_PROGRAMS if name.kind == "category" else []
    if not programs and not named:
        raise UnreadableValue("drawText2", "", MISSING)
    if programs and name.program and programs != named:
        raise UnreadableValue("drawText2", row.text("drawText2"), PROGRAMS_DIFFER)
    return programs or named


def _invitations(text: str) -> int | None:
    count = parse_count(text)
    if count == 0:
        raise Unreadable(NO_INVITATIONS)
    return count


def _cutoff(text: str) -> int | None:
    score = parse_count(text)
    if score is not None and not 1 <= score <= 1200:
        raise Unreadable(NO_SCORE)
    return score


def _instruction_url(row: RoundText) -> str:
    links = (row.read(field, parse_link) for field in ("DrawText1", "mitext", "drawNumberURL"))
    return next(filter(None, links), "")


def _pool(row: RoundText) -> dict[str, int] | None:
    """Candidates by range; all zero is how the feed says that the pool was not published."""
    counts = {name: row.read(field, parse_count) for name, field in POOL_FIELDS.items()}
    if not any(counts.values()):
        return None
    pool = {name: count for name, count in counts.items() if count is not None}
    if len(pool) < len(POOL_FIELDS) or not pool["total"]:
        raise UnreadableValue("dd18", row.text("dd18"), POOL_INCOMPLETE)
    unallocated = 2 * pool["total"] - sum(pool.values())  # in the total but in no range: 180 in #247
    if unallocated < 0:
        raise UnreadableValue("dd18", row.text("dd18"), POOL_OVERFULL)
    return pool | {"unallocated_451_500": unallocated}


def _dated(pool: dict[str, int] | None, row: RoundText) -> Facts | None:
    """The pool with its day; the feed gives one even where it has no pool."""
    day = row.read("drawDistributionAsOn", parse_date)
    if pool and not day:
        raise UnreadableValue("drawDistributionAsOn", "", MISSING)
    return {"as_on": str(day), **pool} if pool else None


def _refuse_same_numbers(feed: Feed) -> None:
    """Nobody can tell which of two rounds with one number is right."""
    numbers = [record["number"] for record in feed.records]
    times = Counter(numbers) + Counter(row.number for row in feed.refused)
    feed.refused += [Refusal(one, "drawNumber", one, SAME_NUMBER) for one in numbers if times[one] > 1]
    feed.records = [record for record in feed.records if times[record["number"]] == 1]


def _sequence(number: str) -> tuple[int, str]:
    """91a comes after 90 and before 91b; an unreadable number before all others."""
    digits = number.rstrip(ascii_lowercase)
    return (int(digits), number) if digits.isdecimal() else (0, number)
