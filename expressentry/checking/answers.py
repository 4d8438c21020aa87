"""Whether what a link showed is still so: corrected since, superseded by a newer list, or unchanged. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from editing.days import canadian_day

from .past import Facts, Moment, Past, Row, Said
from .reader import NOT_OURS, Asked
from .shown import rows_shown

UNCHANGED, CORRECTED, SUPERSEDED, UNREADABLE = "unchanged", "corrected", "superseded", "unreadable"
CHANGED = (CORRECTED, SUPERSEDED)
NOT_HERE = "not_here"
ADDED, REMOVED = "added", "removed"
DAY = timedelta(days=1)
# Where a fact was read or is told: a link that showed it says no less.
BESIDE = {"evidence", "list_url", "instruction_url", "round_label"}


@dataclass(frozen=True, slots=True)
class Correction:
    """A row that the link showed, as it was and as it is; nothing where it was not there."""

    row: Row
    before: Facts | None
    after: Facts | None
    said: Said  # when it changed, why, and whose doing it was

    @property
    def kind(self) -> str:
        return ADDED if self.before is None else REMOVED if self.after is None else "changed"


@dataclass(frozen=True, slots=True)
class Successor:
    """What took the place of a list: another edition, or none; and who joined and left."""

    category: str
    old: str | None  # the keys of the editions
    new: str | None
    since: date  # the first day
    joined: list[str]
    left: list[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of the page that a line asks about."""

    asked: Asked
    state: str
    since: datetime | None = None  # the moment that it was compared with
    day: date | None = None
    corrections: list[Correction] = field(default_factory=list)
    successors: list[Successor] = field(default_factory=list)
    newer: int = 0  # draws of a stream, or counts of the pool

    @property
    def has_changed(self) -> bool:
        return self.state in CHANGED


@dataclass(frozen=True)
class Checker:
    """Holds each line against the past as it is known ``now``, on ``today``."""

    past: Past
    now: datetime
    today: date
    is_wording: Callable[[str, str], bool]  # of a field of a table

    def answer(self, asked: Asked) -> Answer:
        if asked.fault:
            return Answer(asked, NOT_OURS if asked.fault == NOT_OURS else UNREADABLE)
        since = max(min(asked.known or self.past.began, self.now), self.past.began)
        day = asked.on or (canadian_day(asked.known) if asked.known else self.today)
        return self.compared(asked, since, day)

    def compared(self, asked: Asked, since: datetime, day: date) -> Answer:
        then, now = self.past.at(self.first_shown(asked, since, day)), self.past.at(self.now)
        before, after = rows_shown(asked, then, day), rows_shown(asked, now, day)
        if is_unknown(asked, before, after, now):
            return Answer(replaced(asked, NOT_HERE), UNREADABLE)
        corrections = [*self.corrections(before, after, then.moment)]
        successors = [*successors_of(asked, now, day, self.today)]
        newer = newer_than(asked, then, now) if asked.known else 0
        state = CORRECTED if corrections else SUPERSEDED if successors or newer else UNCHANGED
        return Answer(asked, state, then.moment, day, corrections, successors, newer)

    def first_shown(self, asked: Asked, since: datetime, day: date) -> datetime:
        """The moment that the link is held against: where it names none, the first at which its page was there."""
        its = {"draws:detail": "draw", "categories:edition": "edition", "pool:detail": "poolsnapshot"}.get(asked.page)
        if asked.known or its is None:
            return since
        return max(since, self.past.first_said((its, "/".join(asked.names.values()))))

    def corrections(self, before: dict[Row, Facts], after: dict[Row, Facts], since: datetime) -> Iterator[Correction]:
        """The rows that differ; a draw that came is none, and a list that came or went says it for its rows.

        A row of which nothing was said since is there, or not, because of another one, which is told.
        """
        moved = {row[1] for row in before.keys() ^ after.keys() if row[0] == "edition"}
        own = {row for row in after.keys() - before.keys() if row[0] == "draw"}
        own |= {row for row in before.keys() | after.keys() if row[0] == "listing" and list_of(row) in moved}
        for row in sorted((before.keys() | after.keys()) - own):
            old, new = before.get(row), after.get(row)
            said = self.past.last_change(row, since) or self.past.last_change(("edition", list_of(row)), since)
            if said and (old is None or new is None or self.differ(row[0], old, new)):
                yield Correction(row, old, new, said)

    def differ(self, table: str, old: Facts, new: Facts) -> bool:
        """Whether a fact changed, not its wording; that a list ends one day is no correction of it."""
        names = [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)]
        beside = BESIDE | {name for name in ("effective_to", "valid_to") if not old.get(name)}
        return any(name not in beside and not self.is_wording(table, name) for name in names)


def list_of(row: Row) -> str:
    """The key of the edition that a listing belongs to."""
    return row[1].rpartition("/")[0]


def replaced(asked: Asked, fault: str) -> Asked:
    return Asked(asked.text, asked.link, asked.label, fault=fault)


def is_unknown(asked: Asked, before: dict[Row, Facts], after: dict[Row, Facts], now: Moment) -> bool:
    """Whether the record never had what the link names; a day without any list is an answer."""
    if codes := asked.codes or ((asked.names["code"],) if "code" in asked.names else ()):
        return any(code not in now.tables["occupation"] for code in codes)
    if asked.page == "categories:detail":
        return asked.names["slug"] not in now.by_category
    if asked.page in ("draws:stream", "pool:current"):
        return False
    return not (before or after)


def newer_than(asked: Asked, then: Moment, now: Moment) -> int:
    """How many draws or counts came to a page that always shows the latest."""
    if asked.page == "pool:current":
        return len(now.tables["poolsnapshot"].keys() - then.tables["poolsnapshot"].keys())
    if asked.page == "draws:stream":
        return len(rows_shown(asked, now, date.max).keys() - rows_shown(asked, then, date.max).keys())
    return 0


def successors_of(asked: Asked, now: Moment, day: date, today: date) -> Iterator[Successor]:
    """What took the place of each list that the link shows."""
    names = asked.names
    if asked.page in ("categories:edition", "categories:compare"):
        old = f"{names['slug']}/{names.get('version') or max(names['old'], names['new'])}"
        yield from moved(now, names["slug"], old, day, today)
    elif asked.page in ("categories:detail", "categories:list"):
        for slug in [names["slug"]] if names else now.by_category:
            yield from moved(now, slug, now.in_force(slug, day), day, today)
    elif codes := asked.codes or ((names["code"],) if "code" in names else ()):
        yield from moved_for(now, codes, day, today)


def moved(now: Moment, slug: str, old: str | None, day: date, today: date) -> Iterator[Successor]:
    """The edition in force today in place of an older one, or none where that ended."""
    new = now.in_force(slug, today)
    before, after = (now.get("edition", key or "") for key in (old, new))
    is_to_come = before is not None and before["effective_from"] > today.isoformat()
    if new == old or is_to_come or (before and after and after["effective_from"] < before["effective_from"]):
        return
    codes, others = set(now.lists.get(old or "", [])), set(now.lists.get(new or "", []))
    began = date.fromisoformat(before["effective_from"]) if before else day
    since = next(turn for turn in turns(now, slug) if turn > began)
    yield Successor(slug, old, new, since, sorted(others - codes), sorted(codes - others))


def moved_for(now: Moment, codes: tuple[str, ...], day: date, today: date) -> Iterator[Successor]:
    """Each day on which some of the occupations joined or left a category, by what holds today."""
    for slug in now.by_category:
        days = [one for one in turns(now, slug) if day < one <= today]
        found = {code: last_move(now, slug, code, [day, *days]) for code in codes}
        for since in sorted({move for move in found.values() if move}):
            old, new = now.in_force(slug, since - DAY), now.in_force(slug, since)
            its = [code for code in codes if found[code] == since]
            listed = {code for code in its if code in now.lists.get(new or "", [])}
            yield Successor(slug, old, new, since, [code for code in its if code in listed],
                            [code for code in its if code not in listed])  # fmt: skip


def last_move(now: Moment, slug: str, code: str, days: list[date]) -> date | None:
    """The last of these days on which the category listed the occupation and did not before, or the other way.

    None where it is listed on the last as on the first: what came between has gone again.
    """
    listed = [code in now.lists.get(now.in_force(slug, day) or "", []) for day in days]
    if listed[0] == listed[-1]:
        return None
    return next(days[at] for at in range(len(days) - 1, 0, -1) if listed[at] != listed[at - 1])


def turns(now: Moment, slug: str) -> list[date]:
    """The days on which another list of the category took effect, or none any more."""
    its = [facts for _key, facts in now.by_category.get(slug, [])]
    starts = {date.fromisoformat(facts["effective_from"]) for facts in its}
    ends = {date.fromisoformat(facts["effective_to"]) + DAY for facts in its if facts["effective_to"]}
    return sorted(starts | ends)
