"""A draw as this record showed it at a moment, with its list, its pool and what sources said of it."""

from functools import cached_property

from django.db.models import Q

from editing.ledger import read
from editing.ledger.excerpt import LedgerExcerpt, without_parts
from editing.ledger.rows import numbered, rebuilt, related
from occupations.categories.as_known import sequence_of
from occupations.models import Category, Edition, Listing, Occupation
from programs.models import Program

from .corrections.models import Correction, Discrepancy
from .models import Draw
from .pool.models import PoolSnapshot


class DrawAsKnown:
    """What this record showed of a draw at ``moment``."""

    def __init__(self, number, moment):
        self.number, self.moment = number, moment

    @cached_property
    def own(self):
        said = Q(table__in=["discrepancy", "correction"], key__startswith=f"{self.number}/")
        return LedgerExcerpt(Q(table="draw", key=self.number) | said, self.moment)

    @cached_property
    def facts(self):
        return self.own.facts("draw", self.number)

    @cached_property
    def around(self):
        """What the draw points to: its programs, its list and its pool."""
        edition, pool = self.facts["edition"] or "", self.facts["pool"] or ""
        lists = Q(table="edition", key=edition) | Q(table="listing", key__startswith=f"{edition}/")
        others = Q(table="poolsnapshot", key=pool) | Q(table="category", key=edition.partition("/")[0])
        programs = Q(table="program", key__in=self.facts["programs"])
        return LedgerExcerpt(lists | others | programs, self.moment)

    @cached_property
    def draw(self):
        row = numbered(rebuilt(Draw, self.facts, edition=self.editions, pool=self.pools), 0)
        row.sequence = sequence_of(self.number)
        row.program_codes = [program.code for program in self.programs]
        return related(row, "programs", self.programs)

    @cached_property
    def programs(self):
        rows = [rebuilt(Program, facts) for facts in self.around.then["program"].values()]
        return sorted(rows, key=lambda row: row.position)

    @cached_property
    def editions(self):
        then = self.around.then
        categories = {key: rebuilt(Category, facts) for key, facts in then["category"].items()}
        return {key: rebuilt(Edition, facts, category=categories) for key, facts in then["edition"].items()}

    @cached_property
    def pools(self):
        return {key: rebuilt(PoolSnapshot, facts) for key, facts in self.around.then["poolsnapshot"].items()}

    @cached_property
    def listings(self):
        """In the order of codes; titles of NOC are those of today."""
        found = sorted(self.around.then["listing"].values(), key=lambda facts: facts["occupation"])
        codes = [facts["occupation"] for facts in found]
        named = Occupation.objects.in_bulk(codes, field_name="code") if codes else {}
        return [rebuilt(Listing, facts, edition=self.editions, occupation=named)
                for facts in found if facts["occupation"] in named]  # fmt: skip

    @cached_property
    def discrepancies(self):
        rows = [rebuilt(Discrepancy, facts, draw={self.number: self.draw})
                for facts in self.own.then["discrepancy"].values()]  # fmt: skip
        return sorted(rows, key=lambda row: row.field)

    @cached_property
    def corrections(self):
        rows = [rebuilt(Correction, facts, draw={self.number: self.draw})
                for facts in self.own.then["correction"].values()]  # fmt: skip
        return sorted(sorted(rows, key=lambda row: row.field), key=lambda row: row.first_seen_new, reverse=True)

    @property
    def neighbours(self):
        """The numbers before and after it among all draws of the moment; None where there is none."""
        numbers = sorted(read.state("draw", self.moment), key=sequence_of)
        place = numbers.index(self.number)
        return (numbers[place - 1] if place else None), next(iter(numbers[place + 1 :]), None)

    @property
    def differences(self):
        """What the page says otherwise today; a correction only tells of the fact that differs."""
        both = [*self.own.differences, *self.around.differences]
        return without_parts([one for one in both if one.table not in ("correction", "category", "program")])
