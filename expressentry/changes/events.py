"""What changed for the public, put together from the ledger: one event for all that changed of a page at a moment."""

from dataclasses import dataclass, field
from datetime import datetime, time, timezone
from itertools import groupby

from django.db.models import Q, Subquery, TextChoices
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy

from draws.corrections.from_history import PUBLIC
from draws.models import Correction, Draw
from editing.days import canadian_day
from editing.ledger.models import LedgerEntry
from editing.ledger.read import changes, first_moment
from editing.ledger.rows import rebuilt

from .rows import owner

# Tables that tell of other tables' rows, or of the search.
LEFT_OUT = ["correction", "discrepancy", "feedcheck", "category", "formercode", "occupationgroup"]
ABOUT = {"draw": "date", "edition": "effective_from", "poolsnapshot": "as_on"}
ENDS = {"effective_to", "valid_to"}
MOST_ENTRIES = 400  # that the newest events are made of: a list has up to a hundred


class Kind(TextChoices):
    """What a change is, as readers look for it."""

    DRAW = "draw", gettext_lazy("New draw")
    LIST = "list", gettext_lazy("New list")
    CORRECTION = "correction", gettext_lazy("Correction")
    OTHER = "other", gettext_lazy("Other")
    WORDING = "wording", gettext_lazy("Only wording")


NEW = {"draw": Kind.DRAW, "edition": Kind.LIST}


@dataclass
class Change:
    """A row of an event: it was added, removed, or says something else now."""

    table: str
    key: str
    before: dict | None
    after: dict | None
    only_wording: bool

    @property
    def kind(self):
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def fields(self):
        """The facts that differ between the two states of a row."""
        both = self.before is not None and self.after is not None
        return [name for name in self.after if self.before.get(name) != self.after[name]] if both else []


@dataclass
class Event:
    """What changed of the page of one row: when it was known, by whose doing, and why."""

    table: str
    key: str
    known: datetime
    changes: list[Change]
    cause: str = ""
    reason: str = ""
    correction: Correction | None = None  # what an editor told readers of it; all there is from before the ledger
    also: list[str] = field(default_factory=list)  # names of corrections that it tells

    @property
    def subject(self):
        return f"{self.table}/{self.key}"

    @property
    def own(self):
        """What changed of the row itself, beside the rows that belong to it."""
        return next((one for one in self.changes if one.table == self.table), None)

    @property
    def kind(self):
        if not self.changes:
            return Kind.WORDING if self.correction.only_wording else Kind.CORRECTION
        if self.own and self.own.before is None:
            return NEW.get(self.table, Kind.OTHER)
        if all(one.only_wording for one in self.changes):
            return Kind.WORDING
        if all(one.kind == "changed" and {*one.fields} <= ENDS for one in self.changes):
            return Kind.OTHER  # a list or rule comes to its end
        return Kind.OTHER if self.table == "program" and self.is_new else Kind.CORRECTION

    @property
    def is_new(self):
        return all(one.kind == "added" for one in self.changes)

    @property
    def about(self):
        """The day that the row is about, for those that are about one."""
        facts = (self.own and (self.own.after or self.own.before)) or {}
        text = facts.get(ABOUT.get(self.table, ""))
        return parse_date(text) if text else self.correction and self.correction.draw.date

    @property
    def name(self):
        """Names the event within its page, for links to it."""
        if not self.changes:
            return self.correction.anchor
        return f"{self.table}-{self.key.replace('/', '-')}-{self.known:%Y%m%dT%H%M%S}".replace(" ", "-")

    def get_absolute_url(self):
        return f"{reverse('changes', query={'of': self.subject})}#{self.name}"


def events(of=""):
    """All events, or those of one row, the newest first."""
    found = [*of_ledger(of), *of_corrections(of)]
    return sorted(merged(found), key=lambda one: one.known, reverse=True)


def newest(count, hidden=()):
    """The newest events of the whole record but for rewordings and ``hidden`` rows: one query, a few entries."""
    entries = changes().filter(Q(table="correction") | since_first_loading())[:MOST_ENTRIES]
    told = [of_facts(one) for one in {one.key: one for one in reversed(entries) if one.table == "correction"}.values()]
    found = [*in_events([one for one in entries if one.table != "correction"]), *filter(None, told)]
    shown = [one for one in merged(found) if one.kind != Kind.WORDING and one.subject not in hidden]
    return sorted(shown, key=lambda one: one.known, reverse=True)[:count]


def of_facts(entry):
    """The event of a correction as the ledger has it; nothing where it is not public any more."""
    if entry.facts is None:
        return None
    draw = {entry.facts["draw"]: Draw(number=entry.facts["draw"])}
    return of_correction(rebuilt(Correction, entry.facts, draw=draw))


def since_first_loading():
    first = LedgerEntry.objects.public().order_by("known_from").values("known_from")[:1]
    return Q(known_from__gt=Subquery(first)) & ~Q(table__in=LEFT_OUT)


def of_ledger(of):
    """What the ledger has since the first loading."""
    found = in_events(changes().filter(since_first_loading()))
    return [one for one in found if of in ("", one.subject)]


def in_events(entries):
    for (known, (table, key)), its in groupby(sorted(entries, key=when_and_what), when_and_what):
        yield event(table, key, known, [*its])


def when_and_what(entry):
    return entry.known_from, owner(entry.table, entry.key)


def event(table, key, known, entries):
    told = max(entries, key=lambda one: (bool(one.reason), bool(one.cause)))
    in_order = sorted(entries, key=lambda one: one.pk)
    rows = [Change(one.table, one.key, one.facts_before, one.facts, one.only_wording) for one in in_order]
    return Event(table, key, known, rows, told.cause, told.reason)


def of_corrections(of):
    """What editors wrote down of public draws, also of the time before the ledger."""
    for row in Correction.objects.of_public_draws().select_related("draw"):
        if of in ("", f"draw/{row.draw.number}"):
            yield of_correction(row)


def of_correction(row):
    known = datetime.combine(row.first_seen_new, time(), timezone.utc)
    return Event("draw", row.draw.number, known, [], row.origin, row.note, row)


def merged(found):
    """A change of a draw and the correction that tells of it, of that day, are one event."""
    changed = {}
    for one in found:
        if one.changes and one.table == "draw":
            changed.setdefault((one.key, canadian_day(one.known)), []).append(one)
    for one in found:
        if not one.changes:
            its = changed.get((one.key, one.correction.first_seen_new), [])
            same = next((each for each in its if one.correction.field in map(PUBLIC.get, each.own.fields)), None)
            if same:
                same.also.append(one.correction.anchor)
                same.cause, same.reason = same.cause or one.cause, same.reason or one.reason
                continue
        yield one


def loaded():
    """The first loading of the record, which is one line: its moment, and how much there was."""
    moment = first_moment()
    entries = LedgerEntry.objects.public(moment)
    return moment and {"known": moment, "draws": entries.of("draw").count(), "lists": entries.of("edition").count()}
