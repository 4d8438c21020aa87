"""What a comparison of the feed with the record found, in plain values that JSON can hold."""

from dataclasses import asdict, dataclass, field
from typing import Any

from draws.feed.reader import Refusal


@dataclass(frozen=True)
class ValueDifference:
    """One fact, as it is here and as the feed has it."""

    field: str
    old: Any
    new: Any
    wording: bool = False


@dataclass(frozen=True)
class RoundDifference:
    """One round that is new, or differs from the draw held; ``guarded`` asks for somebody who may publish."""

    number: str
    held: bool
    guarded: bool
    differences: tuple[ValueDifference, ...]
    saved: bool = False

    @property
    def values(self) -> dict[str, Any]:
        return {difference.field: difference.new for difference in self.differences}


@dataclass(frozen=True)
class ExplainedDifference:
    """A difference that a published discrepancy explains already."""

    number: str
    field: str
    here: Any
    feed: Any


@dataclass
class ImportDifference:
    """Rounds that are new or differ, and what else is to be told about the feed."""

    rows: list[RoundDifference] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    missing: dict[str, list[str]] = field(default_factory=dict)
    known: list[ExplainedDifference] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)

    @property
    def new(self) -> list[RoundDifference]:
        return [row for row in self.rows if not row.held]

    @property
    def changed(self) -> list[RoundDifference]:
        return [row for row in self.rows if row.held]

    @property
    def open(self) -> dict[str, RoundDifference]:
        """The rows that are not saved yet, by number."""
        return {row.number: row for row in self.rows if not row.saved}

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "ImportDifference":
        lists = {"rows": _row, "refused": lambda row: Refusal(**row), "known": lambda row: ExplainedDifference(**row)}
        return cls(**stored | {name: [*map(made, stored.get(name, []))] for name, made in lists.items()})


def _row(stored: dict[str, Any]) -> RoundDifference:
    return RoundDifference(**stored | {"differences": tuple(ValueDifference(**one) for one in stored["differences"])})
