"""What this record has said of an edition: each list and set of conditions is a revision, with a digest of its own."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby

from django.db.models import Q, Subquery

from editing.facts import difference, fact_fields
from editing.ledger.models import LedgerEntry
from occupations.models import Edition

CONDITIONS = [
    "minimum_experience_months", "experience_window_years", "experience_continuous", "canadian_experience_required",
    "minimum_nclc", "language_rule", "service_years", "offer_from_en", "offer_years", "education_years",
]  # fmt: skip


@dataclass(frozen=True)
class EditionState:
    """The public facts of an edition and of its listings by code at one moment; no facts: not public."""

    edition: dict | None = None
    listings: dict = field(default_factory=dict)

    @property
    def digest(self):
        """SHA-256 over the sorted codes and the conditions, as JSON without blanks; never over a title."""
        conditions = {name: self.edition.get(name) for name in CONDITIONS}
        said = {"codes": sorted(self.listings), "conditions": conditions}
        return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def after(self, entries):
        """The state that these entries lead to."""
        edition, listings = self.edition, dict(self.listings)
        for entry in entries:
            code = entry.key.rpartition("/")[2]
            if entry.table == "edition":
                edition = entry.facts
            elif entry.facts is None:
                listings.pop(code, None)
            else:
                listings[code] = entry.facts
        return EditionState(edition, listings)


@dataclass(frozen=True)
class Revision:
    """A list and conditions, from the second at which this record first said so."""

    number: int
    known_from: datetime
    digest: str
    state: EditionState


@dataclass(frozen=True)
class StateDifference:
    """What one state of an edition says otherwise than an earlier one."""

    added: list
    removed: list
    facts: list  # FactDifference, of the edition
    is_withdrawn: bool
    other_words: bool

    def __bool__(self):
        return bool(self.added or self.removed or self.facts or self.is_withdrawn)


def compare_states(old, new):
    if new.edition is None or old.edition is None:
        return StateDifference([], [], [], is_withdrawn=new.edition is None, other_words=False)
    found = [one for one in fact_fields(Edition) if (difference(one, old.edition, new.edition))]
    facts = [difference(one, old.edition, new.edition) for one in found if not Edition.is_wording(one.name)]
    return StateDifference(
        sorted(new.listings.keys() - old.listings.keys()),
        sorted(old.listings.keys() - new.listings.keys()),
        facts,
        is_withdrawn=False,
        other_words=old != new,
    )


class EditionHistory:
    """Everything that the ledger has of an edition, in one query."""

    def __init__(self, key):
        self.key = key

    @cached_property
    def entries(self):
        public = LedgerEntry.objects.public()
        newest = public.order_by("-known_from").values("known_from")[:1]
        mine = Q(table="edition", key=self.key) | Q(table="listing", key__startswith=f"{self.key}/")
        return [*public.filter(mine).annotate(record_changed_at=Subquery(newest)).order_by("known_from", "pk")]

    @property
    def record_changed_at(self):
        """The second of the last public change of anything; None for an edition that the ledger does not know."""
        return self.entries[-1].record_changed_at if self.entries else None

    @cached_property
    def states(self):
        """Each state with the second from which it was seen, in the order of time."""
        state, found = EditionState(), []
        for second, entries in groupby(self.entries, lambda entry: entry.known_from):
            state = state.after(entries)
            found.append((second, state))
        return found

    def state(self, at=None):
        return next((state for second, state in reversed(self.states) if at is None or second <= at), EditionState())

    @cached_property
    def revisions(self):
        found = []
        for second, state in self.states:
            if state.edition is not None and (not found or found[-1].digest != state.digest):
                found.append(Revision(len(found) + 1, second, state.digest, state))
        return found

    def revision(self, at=None):
        return next((one for one in reversed(self.revisions) if at is None or one.known_from <= at), None)

    def changed_since(self, at):
        """What is said today otherwise than at the moment; empty where nothing is."""
        return compare_states(self.state(at), self.state())

    def reasons_since(self, at):
        """Why: the entries after the moment that give a reason, the first of each second."""
        later = [entry for entry in self.entries if entry.known_from > at and not entry.only_wording]
        return [next(its) for _second, its in groupby(later, lambda entry: entry.known_from)]
