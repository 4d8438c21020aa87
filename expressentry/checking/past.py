"""What the record said of some rows, moment by moment: pure values, which ``ledger.py`` reads."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

Facts = dict
Row = tuple[str, str]  # the table, and the natural key: ("edition", "stem/2023")


@dataclass(frozen=True, slots=True)
class Said:
    """What the record said of a row from a moment on; nothing where it took the row back."""

    table: str
    key: str
    known_from: datetime
    facts: Facts | None
    reason: str = ""
    cause: str = ""


class Past:
    """All that was said, in the order of time; ``began`` is the moment of the first."""

    def __init__(self, entries: Iterable[Said], began: datetime) -> None:
        self.began = began
        self.rows: dict[Row, list[Said]] = defaultdict(list)
        for said in sorted(entries, key=lambda one: one.known_from):
            self.rows[said.table, said.key].append(said)
        self.moments: dict[datetime, Moment] = {}

    def at(self, moment: datetime) -> "Moment":
        if moment not in self.moments:
            self.moments[moment] = Moment(self.rows, moment)
        return self.moments[moment]

    def last_change(self, row: Row, since: datetime) -> Said | None:
        """What was said last of a row after a moment."""
        return next((said for said in reversed(self.rows[row]) if said.known_from > since), None)

    def first_said(self, row: Row) -> datetime:
        return self.rows[row][0].known_from if row in self.rows else self.began


class Moment:
    """What the record said at a moment."""

    def __init__(self, rows: dict[Row, list[Said]], moment: datetime) -> None:
        self.moment = moment
        self.tables: dict[str, dict[str, Facts]] = defaultdict(dict)
        for (table, key), said in rows.items():
            facts = next((one.facts for one in reversed(said) if one.known_from <= moment), None)
            if facts is not None:
                self.tables[table][key] = facts

    def get(self, table: str, key: str) -> Facts | None:
        return self.tables[table].get(key)

    @cached_property
    def lists(self) -> dict[str, list[str]]:
        """The codes on the list of each edition."""
        found = defaultdict(list)
        for key in sorted(self.tables["listing"]):
            edition, _stroke, code = key.rpartition("/")
            found[edition].append(code)
        return found

    @cached_property
    def by_category(self) -> dict[str, list[tuple[str, Facts]]]:
        """The editions of each category, the oldest first."""
        found = defaultdict(list)
        for key, facts in sorted(self.tables["edition"].items(), key=lambda one: one[1]["effective_from"]):
            found[key.partition("/")[0]].append((key, facts))
        return found

    def in_force(self, category: str, day: date) -> str | None:
        """The key of the category's edition in force on a day."""
        its = [key for key, facts in self.by_category.get(category, []) if is_valid(facts, "effective", day)]
        return its[-1] if its else None

    def listed_in(self, code: str, day: date) -> dict[str, str]:
        """By category, the edition in force on a day that lists the occupation."""
        found = {category: self.in_force(category, day) for category in self.by_category}
        return {category: edition for category, edition in found.items() if edition and code in self.lists[edition]}


def is_valid(facts: Facts, name: str, day: date) -> bool:
    """Whether a day lies between the two of the facts, as ``valid_from`` and ``valid_to``: empty is open."""
    first, last = facts.get(f"{name}_from"), facts.get(f"{name}_to")
    return (not first or first <= day.isoformat()) and (not last or day.isoformat() <= last)
