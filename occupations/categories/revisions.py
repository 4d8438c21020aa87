"""What this record has said of an edition: each list and set of conditions is a revision, with a digest of its own."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby

from django.db.models import Q

from editing.ledger.lasting import note_record_dates, with_record_dates
from editing.ledger.models import LedgerEntry

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


class EditionHistory:
    """Everything that the ledger has of an edition, in one query."""

    def __init__(self, key):
        self.key = key

    @cached_property
    def entries(self):
        mine = Q(table="edition", key=self.key) | Q(table="listing", key__startswith=f"{self.key}/")
        return [*with_record_dates(LedgerEntry.objects.public().filter(mine)).order_by("known_from", "pk")]

    def note_record_dates(self, request):
        """Spare the page another query."""
        if self.entries:
            note_record_dates(request, self.entries[-1])

    @cached_property
    def states(self):
        """Each state with the second from which it was seen, in the order of time."""
        state, found = EditionState(), []
        for second, entries in groupby(self.entries, lambda entry: entry.known_from):
            state = state.after(entries)
            found.append((second, state))
        return found

    @cached_property
    def revisions(self):
        found = []
        for second, state in self.states:
            if state.edition is not None and (not found or found[-1].digest != state.digest):
                found.append(Revision(len(found) + 1, second, state.digest, state))
        return found

    def revision(self, at=None):
        return next((one for one in reversed(self.revisions) if at is None or one.known_from <= at), None)
