"""Invitations of several draws added up: a sum of which a part was never published says so."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Total:
    """What the draws that published a number add up to, how many draws there are, and how many published none."""

    known: int = 0
    draws: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, sizes):
        """The total of draws, given the size of each, None where it was not published."""
        known = [size for size in sizes if size is not None]
        return cls(sum(known), len(sizes), len(sizes) - len(known))

    @classmethod
    def found_in(cls, figures):
        """The total in the answer to a query that asked for ``aggregates``."""
        return cls(*(figures[name] for name in aggregates()))

    def __add__(self, other):
        return Total(self.known + other.known, self.draws + other.draws, self.unknown + other.unknown)

    def __str__(self):
        """As a figure: "1,000", "at least 1,000, 2 not published", or "not published"."""
        if not self.unknown:
            return localize(self.known)
        return self._at_least(localize(self.known)) if self.known else _("not published")

    @property
    def figure(self):
        """The number where it is whole, else the words."""
        return str(self) if self.unknown else self.known

    @property
    def in_words(self):
        """As a part of a sentence: "1,000 invitations", "at least 1,000 invitations, 2 not published"."""
        words = ngettext("%(count)s invitation", "%(count)s invitations", self.known) % {"count": localize(self.known)}
        if not self.unknown:
            return words
        return self._at_least(words) if self.known else _("number of invitations not published")

    def _at_least(self, known):
        return ngettext(
            "at least %(known)s, %(unknown)s not published",
            "at least %(known)s, %(unknown)s not published",
            self.unknown,
        ) % {"known": known, "unknown": localize(self.unknown)}


def total(draws):
    """The Total of the draws, asked in one query."""
    return Total.found_in(draws.order_by().aggregate(**aggregates()))


def totals(draws, *by, **groups):
    """The Total of the draws of each group by its values, asked in one query."""
    found = draws.order_by().values(*by, **groups).annotate(**aggregates())
    return {tuple(row[name] for name in (*by, *groups)): Total.found_in(row) for row in found}


def aggregates():
    """The figures of a Total as expressions, in its order."""
    return {
        "known": Sum("invitations", default=0),
        "draws": Count("pk"),
        "unknown": Count("pk", filter=Q(invitations=None)),
    }
