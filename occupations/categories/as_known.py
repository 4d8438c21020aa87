"""A category as this record showed it at a moment: rows that the pages of today take alike."""

from functools import cached_property

from django.db.models import Q

from editing.ledger.excerpt import LedgerExcerpt, without_parts
from editing.ledger.models import LedgerEntry
from editing.ledger.rows import numbered, rebuilt, related
from occupations.models import Category, Edition, Listing, Occupation


class CategoryAsKnown:
    """What this record showed of a category at ``moment``: itself, its editions with their lists, and its draws."""

    def __init__(self, slug, moment):
        self.slug, self.moment = slug, moment

    @cached_property
    def excerpt(self):
        inside = f"{self.slug}/"
        lists = Q(table__in=["edition", "listing"], key__startswith=inside)
        draws = LedgerEntry.objects.of("draw").filter(facts__edition__startswith=inside).values("key")
        wanted = Q(table="category", key=self.slug) | lists | Q(table="draw", key__in=draws)
        return LedgerExcerpt(wanted, self.moment)

    @cached_property
    def category(self):
        return numbered(rebuilt(Category, self.excerpt.facts("category", self.slug)), 1)

    @cached_property
    def by_key(self):
        found = sorted(self.excerpt.then["edition"].items())
        named = {"category": {self.slug: self.category}}
        return {key: numbered(rebuilt(Edition, facts, **named), n) for n, (key, facts) in enumerate(found, 1)}

    @cached_property
    def editions(self):
        """Newest first, each with its list."""
        rows = [related(row, "listings", self.listings(key)) for key, row in self.by_key.items()]
        return sorted(rows, key=lambda one: one.effective_from, reverse=True)

    def edition(self, version):
        """The edition, or a missing page with the moment at which it was first shown."""
        self.excerpt.facts("edition", f"{self.slug}/{version}")
        return next(row for row in self.editions if row.version == version)

    def listings(self, key):
        """The list of an edition in the order of codes; titles of NOC are those of today."""
        codes = self.listed.get(key, {})
        named = {"edition": {key: self.by_key[key]}, "occupation": self.occupations}
        return [rebuilt(Listing, codes[code], **named) for code in sorted(codes) if code in self.occupations]

    @cached_property
    def listed(self):
        """The facts of listings by edition and code."""
        found = {}
        for facts in self.excerpt.then["listing"].values():
            found.setdefault(facts["edition"], {})[facts["occupation"]] = facts
        return found

    @cached_property
    def occupations(self):
        codes = {code for codes in self.listed.values() for code in codes}
        return Occupation.objects.in_bulk(codes, field_name="code") if codes else {}

    @cached_property
    def draws(self):
        """The draws under its editions, newest first."""
        held = [facts for facts in self.excerpt.then["draw"].values() if facts["edition"] in self.by_key]
        return newest_first(held, self.by_key)

    def differences(self, day):
        """What the page of a day says otherwise today."""
        rows = without_parts([one for one in self.excerpt.differences if one.table != "category"])
        return [one for one in rows if one.table != "draw" or is_held(one, day)]

    def differences_of(self, version):
        """The same of the page of an edition, to which draws come by and by."""
        key = f"{self.slug}/{version}"
        own = [one for one in self.excerpt.differences if one.key == key or one.key.startswith(f"{key}/")]
        draws = [one for one in self.excerpt.differences if one.table == "draw" and one.before]
        return without_parts([*own, *(one for one in draws if one.before["edition"] == key)])

    def is_there_today(self, version=None):
        table, key = ("edition", f"{self.slug}/{version}") if version else ("category", self.slug)
        return key in self.excerpt.now[table]


def newest_first(draws, editions):
    """Draws of these facts, each with its edition; the model knows us, not we it."""
    rows = [rebuilt(Edition.draws.rel.related_model, facts, edition=editions) for facts in draws]
    for row in rows:
        row.sequence = sequence_of(row.number)
    return sorted(rows, key=lambda row: row.sequence, reverse=True)


def sequence_of(number):
    """The place of a draw among all, as the database works it out."""
    letter = number[-1] if number[-1].isalpha() else ""
    return int(number.removesuffix(letter)) * 32 + (ord(letter) - ord("a") + 1 if letter else 0)


def is_held(difference, day):
    """Whether a draw is or was one up to the day."""
    return any(facts and facts["date"] <= day.isoformat() for facts in (difference.before, difference.after))
