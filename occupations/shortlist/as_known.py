"""A shortlist as this record showed it at a moment, and what it says otherwise since."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from django.apps import apps
from django.utils.translation import gettext as _

from editing.facts import difference, fact_fields
from editing.ledger import read
from editing.ledger.rows import rebuilt
from editing.ledger.write import tables
from editing.pages.typography import colon
from occupations.models import Category, Edition, Listing, Occupation
from occupations.program_fit import NOC_2021_COUNTS_FROM, Rules, begins_with
from programs.models import Program
from programs.requirements import in_force_facts

from .table import Shortlist

TABLES = ("category", "edition", "listing", "draw", "program", "occupationrule")


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
    def facts(self):
        return read.states(self.moment, *TABLES)

    @cached_property
    def editions(self):
        categories = {key: numbered(rebuilt(Category, one), n) for n, (key, one) in enumerate(self.of("category"), 1)}
        rows = [numbered(rebuilt(Edition, one, category=categories), n)
                for n, (_key, one) in enumerate(self.of("edition"), 1)]  # fmt: skip
        newest_first = sorted(rows, key=lambda row: row.effective_from, reverse=True)
        return sorted(newest_first, key=lambda row: row.category.slug)

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
        model, day = apps.get_model("draws.draw"), self.day.isoformat()
        held = [facts for facts in self.facts["draw"].values() if facts["edition"] and facts["date"] <= day]
        held.sort(key=lambda facts: in_sequence(facts["number"]), reverse=True)
        return [numbered(rebuilt(model, facts, edition=self.by_key), n) for n, facts in enumerate(held, 1)]

    @cached_property
    def draws(self):
        latest = {row.latest_draw for row in self.occupations}
        return {draw.pk: draw for draw in self.held if draw.pk in latest}

    @cached_property
    def rules(self):
        return RulesAsKnown(self.day, self.facts["program"], self.facts["occupationrule"])

    @cached_property
    def changed(self):
        """What this record says otherwise today of what the table speaks of, with the change that said so last."""
        entries = read.changes("listing", "edition", "occupationrule", "draw", after=self.moment)
        by_row = groupby(sorted(entries, key=row_of), row_of)
        return [line for _row, its in by_row if (line := self.line([*its]))]

    def line(self, its):
        """One row's change, in words; None where it does not concern the table or came back to what it was."""
        old, new = its[0].facts_before, its[-1].facts
        if not self.concerns(its[-1], old, new) or old == new:
            return None
        words = self.words(its[-1], old, new)
        return (words, its[-1]) if words else None

    def concerns(self, entry, old, new):
        facts = new or old
        if entry.table == "listing":
            return facts["occupation"] in self.codes
        if entry.table == "occupationrule":
            return any(begins_with(code, facts["prefix"]) for code in self.codes)
        if entry.table == "draw":
            return bool({(old or {}).get("edition"), (new or {}).get("edition")} & self.keys_concerned) and (
                facts["date"] <= self.day.isoformat()
            )
        return entry.key in self.keys_concerned

    @cached_property
    def keys_concerned(self):
        return {f"{one.edition.category.slug}/{one.edition.version}" for one in self.listings}

    def words(self, entry, old, new):
        if entry.table == "listing" and (old is None or new is None):
            facts = {"code": (new or old)["occupation"], "edition": (new or old)["edition"]}
            if old is None:
                return _("%(code)s added to the list %(edition)s") % facts
            return _("%(code)s removed from the list %(edition)s") % facts
        model = tables()[entry.table]
        name = f"{model._meta.verbose_name} {entry.key}"
        if old is None or new is None:
            return colon(name) + " " + (_("added") if old is None else _("withdrawn"))
        return said_of(model, name, old, new)


def said_of(model, name, old, new):
    """The facts of a row that differ, in words; nothing where only wording does."""
    fields = [one for one in fact_fields(model) if not (one.is_relation or model.is_wording(one.name))]
    found = [one for field in fields if (one := difference(field, old, new))]
    parts = [f"{one.label} {one.old} → {one.new}" for one in found]
    return f"{colon(name)} {'; '.join(parts)}" if parts else ""


def row_of(entry):
    return entry.table, entry.key


def numbered(row, number):
    """With a key, by which the table tells rows apart: of a row that is never saved."""
    row.pk = number
    return row


def in_sequence(number):
    return int(number.rstrip("abcdefghijklmnopqrstuvwxyz")), number
