"""What the ledger has of the rows that a page shows: as they were at a moment, as they are, and what differs."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.utils.translation import gettext as _

from .forms import written
from .models import LedgerEntry
from .write import tables


class NotKnownThen(Http404):
    """A page that this record did not show at a moment; ``first`` is the one at which it first did."""

    def __init__(self, moment, first):
        self.moment, self.first = moment, first
        super().__init__(self.words)

    @property
    def first_written(self):
        return written(self.first)

    @property
    def words(self):
        if self.first is None:
            return _("This record has never shown it.")
        facts = {"moment": written(self.moment), "first": written(self.first)}
        if self.first > self.moment:
            return _("This record did not show it yet at %(moment)s. It first did at %(first)s.") % facts
        return _("This record did not show it at %(moment)s: it was withdrawn. It first did at %(first)s.") % facts


@dataclass(frozen=True)
class RowDifference:
    """A row that says otherwise today than at the moment: it came, went, or has other facts."""

    table: str
    key: str
    before: dict | None
    after: dict | None
    entry: LedgerEntry  # the change that said so last

    @property
    def kind(self):
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def is_wording(self):
        """Whether the facts are the same, in other words or from another source."""
        return self.kind == "changed" and all(map(self.only_words, self.fields))

    @property
    def fields(self):
        """The names of the facts that differ, of a row that is there both times."""
        return [name for name in self.after if self.before.get(name) != self.after[name]]

    def only_words(self, name):
        """Whether a field of the row only words what it says, or names its source."""
        model = tables().get(self.table)
        return model is not None and model.is_wording(name)


def without_parts(differences):
    """Without rows that came or went with the one that they belong to, which says it for them."""
    whole = tuple(f"{one.key}/" for one in differences if one.kind != "changed")
    return [one for one in differences if not one.key.startswith(whole)]


class LedgerExcerpt:
    """The entries of the rows that are ``wanted``, in one query."""

    def __init__(self, wanted, moment):
        self.wanted, self.moment = wanted, moment

    @cached_property
    def entries(self):
        return [*LedgerEntry.objects.public().filter(self.wanted).order_by("known_from", "pk")]

    @cached_property
    def then(self):
        """What was shown at the moment: facts by table and key."""
        return state_after(one for one in self.entries if one.known_from <= self.moment)

    @cached_property
    def now(self):
        return state_after(self.entries)

    @cached_property
    def differences(self):
        """The rows that differ, each once."""
        later = {(one.table, one.key): one for one in self.entries if one.known_from > self.moment}
        rows = [(row, self.then[row[0]].get(row[1]), self.now[row[0]].get(row[1])) for row in sorted(later)]
        return [RowDifference(*row, old, new, later[row]) for row, old, new in rows if old != new]

    def facts(self, table, key):
        """The facts of the row that the page is about; a missing page, with the first moment, where it had none."""
        if found := self.then[table].get(key):
            return found
        its = [one for one in self.entries if (one.table, one.key) == (table, key) and one.facts is not None]
        raise NotKnownThen(self.moment, its[0].known_from if its else None)


def state_after(entries):
    found = defaultdict(dict)
    for one in entries:
        found[one.table][one.key] = one.facts
    for table, rows in found.items():
        found[table] = {key: facts for key, facts in rows.items() if facts is not None}
    return found
