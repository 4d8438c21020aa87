"""A shortlist as this record showed it at a moment, and what it says otherwise since."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q

from editing.ledger.excerpt import LedgerExcerpt
from editing.ledger.models import LedgerEntry
from editing.ledger.rows import numbered, rebuilt
from occupations.categories.as_known import is_held, newest_first
from occupations.models import Category, Edition, Listing, Occupation
from occupations.program_fit import NOC_2021_COUNTS_FROM, Rules, begins_with
from programs.models import Program
from programs.requirements import in_force_facts

from .table import Shortlist

TABLES = ("category", "edition", "program", "occupationrule")


class RulesAsKnown(Rules):
    """The rules of the programs among these facts."""

    def __init__(self, day, programs, rules):
        day = max(day, NOC_2021_COUNTS_FROM)
        found = sorted(programs.values(), key=lambda facts: facts["position"])
        self.programs = {facts["code"]: rebuilt(Program, facts) for facts in found}
        counted = [self.with_rule(programs, facts) for facts in rules.values() if in_force_facts(facts, day)]
        self.narrowest_first = sorted(counted, key=lambda row: -len(row.prefix))

    def with_rule(self, programs, facts):
        row = rebuilt(Program, programs[facts["program"]])
        row.prefix, row.counts, row.minimum_level = facts["prefix"], facts["counts"], facts["minimum_level"]
        return row


@dataclass
class ShortlistAsKnown(Shortlist):
    """The table as this record showed it at ``moment``; the titles of unit groups are those of today."""

    moment: datetime

    @cached_property
    def excerpt(self):
        mine = Q(*(Q(key__endswith=f"/{code}") for code in self.codes), _connector=Q.OR)
        draws = LedgerEntry.objects.of("draw").filter(facts__kind="category").values("key")
        wanted = Q(table__in=TABLES) | Q(table="draw", key__in=draws) | Q(mine, table="listing")
        return LedgerExcerpt(wanted, self.moment)

    @property
    def facts(self):
        return self.excerpt.then

    @cached_property
    def editions(self):
        categories = {key: numbered(rebuilt(Category, one), n) for n, (key, one) in enumerate(self.of("category"), 1)}
        rows = [numbered(rebuilt(Edition, one, category=categories), n)
                for n, (_key, one) in enumerate(self.of("edition"), 1)]  # fmt: skip
        by_date = sorted(rows, key=lambda row: row.effective_from, reverse=True)
        return sorted(by_date, key=lambda row: row.category.slug)

    def of(self, table):
        return sorted(self.facts[table].items())

    @cached_property
    def by_key(self):
        return {f"{row.category.slug}/{row.version}": row for row in self.editions}

    @cached_property
    def listings(self):
        named = {row.code: row for row in self.occupations_of_today}
        rows = [rebuilt(Listing, facts, edition=self.by_key, occupation=named)
                for _key, facts in self.of("listing") if facts["occupation"] in named]  # fmt: skip
        return sorted(rows, key=lambda row: row.edition.category.slug)

    @cached_property
    def occupations_of_today(self):
        return [*Occupation.objects.filter(code__in=self.codes)]

    @cached_property
    def occupations(self):
        """Each with the key of its latest draw, as the table of today has it."""
        for row in self.occupations_of_today:
            lists = {one.edition_id for one in self.listings if one.occupation == row}
            row.latest_draw = next((draw.pk for draw in self.held if draw.edition_id in lists), None)
        return self.occupations_of_today

    @cached_property
    def held(self):
        """Category draws up to the day, newest first."""
        day = self.day.isoformat()
        held = [one for one in self.facts["draw"].values() if one["edition"] in self.by_key and one["date"] <= day]
        return [numbered(row, n) for n, row in enumerate(newest_first(held, self.by_key), 1)]

    @cached_property
    def draws(self):
        latest = {row.latest_draw for row in self.occupations}
        return {draw.pk: draw for draw in self.held if draw.pk in latest}

    @cached_property
    def rules(self):
        return RulesAsKnown(self.day, self.facts["program"], self.facts["occupationrule"])

    @cached_property
    def differences(self):
        """What this record says otherwise today of what the table speaks of."""
        return [one for one in self.excerpt.differences if self.concerns(one)]

    def concerns(self, one):
        facts = one.after or one.before
        if one.table == "listing":
            return facts["occupation"] in self.codes
        if one.table == "occupationrule":
            return any(begins_with(code, facts["prefix"]) for code in self.codes)
        if one.table == "draw":
            lists = {each["edition"] for each in (one.before, one.after) if each}
            return bool(lists & self.keys_concerned) and is_held(one, self.day)
        return one.kind == "changed" and one.key in self.keys_concerned  # else its listing says so

    @cached_property
    def keys_concerned(self):
        """The editions that list one of the occupations, then or today."""
        both = [*self.excerpt.then["listing"].values(), *self.excerpt.now["listing"].values()]
        return {facts["edition"] for facts in both}
