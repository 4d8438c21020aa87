"""The record as far as the feed can be compared with it, and a round of the feed in the same plain facts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from typing import Any

from draws.feed.names import PROGRAMS
from draws.feed.reader import Feed, Record, parse_name
from draws.feed.row import UnreadableValue
from draws.feed.values import Unreadable, gettext_noop

FRENCH = re.compile(
    r"(aucun|cadres|catégorie|compétence|générale|médecins|métiers|professions|programme|recrues|travailleurs)\b",
    re.IGNORECASE,
)
VERSION = re.compile(r"(20\d\d-)?Version \d+", re.ASCII)

NO_EDITION = gettext_noop(
    "No edition of the category “%(category)s” is in force on %(date)s. Add the edition of that day first, "
    "with its dates and its list, then import again."
)
OTHER_EDITION = gettext_noop(
    "The round type says %(label)s, but the edition in force on %(date)s is %(edition)s (%(held)s). Add the new "
    "edition first, or correct the label of the one held, then import again."
)
ONLY_FRENCH = gettext_noop("A new round needs its English name. Import the English feed first, then the French one.")
TWO_POOLS = gettext_noop("Two rounds of the feed give different counts for the pool of %(date)s.")


@dataclass(frozen=True)
class StoredDraw:
    """A draw of the record; ``elsewhere`` is what other sources say, by field."""

    facts: dict[str, Any]
    guarded: bool
    elsewhere: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class StoredEdition:
    """An edition of a category, the days on which it is in force, and its label in names of rounds."""

    category: str
    version: str
    first: date
    last: date | None
    round_label: str = ""

    @property
    def key(self) -> str:
        return f"{self.category}/{self.version}"

    @property
    def label(self) -> str | None:
        """The version in the label: "Version 1" in "STEM occupations (Version 1)"."""
        try:
            return parse_name(self.round_label).label
        except Unreadable:
            return None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass
class CurrentRecord:
    """The record; pools that only a publisher may change are ``guarded_pools``."""

    draws: dict[str, StoredDraw] = field(default_factory=dict)
    editions: list[StoredEdition] = field(default_factory=list)
    pools: dict[str, dict[str, Any]] = field(default_factory=dict)
    guarded_pools: set[str] = field(default_factory=set)

    def french_names(self) -> dict[str, str]:
        """The French name of each English one, as the newest draw has them."""
        facts = sorted((draw.facts for draw in self.draws.values()), key=lambda facts: facts["date"])
        return {row["name"]: row["name_fr"] for row in facts if row["name_fr"]}


def moment(when: datetime | None) -> str | None:
    """A time as text: 2026-10-01T12:00:00Z."""
    return when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if when else None


def in_order(codes: Iterable[str]) -> list[str]:
    """Codes of programs in the order in which the record keeps them."""
    return sorted(codes, key=[*PROGRAMS].index)


def facts_of(record: Record, ours: CurrentRecord, disputed: set[str]) -> dict[str, Any]:
    """A round of the feed as plain facts; a French one says nothing of the English name and link."""
    facts = {
        "date": record.date.isoformat(),
        "drawn_at": moment(record.drawn_at),
        "name": record.name,
        "kind": record.kind,
        "programs": in_order(record.programs),
        "edition": _edition(record, ours.editions),
        "invitations": record.invitations,
        "cutoff": record.cutoff,
        "tie_break": moment(record.tie_break),
        "pool": _pool(record, ours, disputed),
        "instruction_url": record.instruction_url,
    }
    return _french(facts, record.number in ours.draws) if FRENCH.match(record.name) else facts


def disputed_pools(feed: Feed) -> set[str]:
    """Days for which the feed itself gives more than one pool."""
    pools: dict[str, set[tuple[int, ...]]] = {}
    for record in feed.records:
        if record.pool:
            pools.setdefault(record.pool_as_on.isoformat(), set()).add(tuple(record.pool.values()))
    return {day for day, counts in pools.items() if len(counts) > 1}


def _french(facts: dict[str, Any], held: bool) -> dict[str, Any]:
    if not held:
        raise UnreadableValue("drawName", facts["name"], ONLY_FRENCH)
    facts["name_fr"] = facts.pop("name")
    del facts["instruction_url"]
    return facts


def _pool(record: Record, ours: CurrentRecord, disputed: set[str]) -> dict[str, Any] | None:
    if not record.pool:
        return None
    day = record.pool_as_on.isoformat()
    pool = {"as_on": day, **record.pool, "unallocated_451_500": record.pool_unallocated}
    if day in disputed and pool != ours.pools.get(day):
        raise UnreadableValue("drawDistributionAsOn", day, TWO_POOLS % {"date": day})
    return pool


def _edition(record: Record, editions: list[StoredEdition]) -> str | None:
    """The edition in force on the day of a category round; a label that contradicts it is refused."""
    if record.kind != "category":
        return None
    words = {"category": record.category, "date": record.date.isoformat()}
    term = next((one for one in editions if one.category == record.category and one.covers(record.date)), None)
    if term is None:
        raise UnreadableValue("drawName", record.name, NO_EDITION % words)
    if term.label and VERSION.fullmatch(record.label or "") and record.label != term.label:
        words |= {"label": record.label, "edition": term.version, "held": term.label}
        raise UnreadableValue("drawName", record.name, OTHER_EDITION % words)
    return term.key
