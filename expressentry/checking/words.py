"""Answers in words: what a line asked about, what became of it, and where to look."""

from functools import cached_property
from itertools import groupby

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing.ledger.models import Cause
from expressentry.page_parameters import PARAMETERS
from programs.models import ABBREVIATIONS

from . import reader
from .answers import ADDED, CORRECTED, NOT_HERE, REMOVED, SUPERSEDED, UNCHANGED, UNREADABLE

STATES = {
    UNCHANGED: gettext_lazy("Unchanged"),
    CORRECTED: gettext_lazy("Corrected"),
    SUPERSEDED: gettext_lazy("Superseded"),
    reader.NOT_OURS: gettext_lazy("Not ours"),
    UNREADABLE: gettext_lazy("Not read"),
}
FAULTS = {
    reader.NOT_OURS: gettext_lazy("This link leads to another site."),
    reader.NO_LINK: gettext_lazy("No link and no occupation code here. Paste the whole link, or a code and a date."),
    reader.NO_DAY: gettext_lazy("Add the date after the code, as year-month-day: 21231 2024-01-15."),
    reader.NO_CODE: gettext_lazy("Add a code of NOC 2021, which has five digits: 21231 2024-01-15."),
    reader.FORMER: gettext_lazy(
        "A four-digit code belongs to NOC 2016. Look up its successor, which has five digits."
    ),
    reader.BAD_DAY: gettext_lazy("That date does not exist. Write it as year-month-day: 2024-01-15."),
    reader.FUTURE: gettext_lazy("That date is in the future: nobody can say which lists will be in force."),
    reader.TOO_EARLY: gettext_lazy("Express Entry began on January 1, 2015. Give a date since then."),
    reader.BAD_KNOWN: gettext_lazy("The moment after “known=” is damaged. Copy the link again."),
    reader.NO_PAGE: gettext_lazy("This site has no page at that address. Copy the link again."),
    reader.NO_FACTS: gettext_lazy("This page shows no draw, list or rule: there is nothing in it to check."),
    reader.NO_OCCUPATION: gettext_lazy("This shortlist names no occupation of NOC 2021. Copy the link again."),
    NOT_HERE: gettext_lazy("This record never had what the link names. Check its number, code or date."),
}
CAUSES = {
    Cause.OFFICIAL: gettext_lazy("The official record changed."),
    Cause.OURS: gettext_lazy("This record was wrong."),
}
ALWAYS_TODAY = {"categories:list", "categories:detail", "occupations:detail", "shortlist"}  # where they name no day


class AnswerInWords:
    """An answer for the page, the file and the API; ``names`` has what rows are called."""

    def __init__(self, answer, names):
        self.answer, self.asked, self.names = answer, answer.asked, names
        self.state, self.state_label = answer.state, STATES[answer.state]
        self.is_read = not self.asked.fault

    @property
    def fault(self):
        return str(FAULTS.get(self.asked.fault, ""))

    @cached_property
    def title(self):
        """What the page is called; the line itself where there is none."""
        names, page = self.asked.names, self.asked.page
        if not self.is_read:
            return self.asked.link or self.asked.text
        if page == "shortlist":
            return ", ".join(map(self.names.occupation if len(self.asked.codes) == 1 else str, self.asked.codes))
        titles = {
            "draws:detail": lambda: self.names.title("draw", names["number"]),
            "draws:stream": lambda: _("Draws: %(stream)s") % {"stream": self.stream(names["slug"])},
            "categories:list": lambda: _("Categories"),
            "categories:detail": lambda: self.names.category(names["slug"]),
            "categories:edition": lambda: self.names.edition(f"{names['slug']}/{names['version']}"),
            "categories:compare": lambda: _("%(name)s, %(old)s and %(new)s editions") % self.compared,
            "occupations:detail": lambda: self.names.occupation(names["code"]),
            "programs:list": lambda: _("Programs"),
            "programs:detail": lambda: self.program(names["slug"]),
            "pool:current": lambda: _("Pool"),
            "pool:detail": lambda: self.names.title("poolsnapshot", names["day"]),
        }
        return titles[page]()

    @property
    def compared(self):
        return self.asked.names | {"name": self.names.category(self.asked.names["slug"])}

    def stream(self, slug):
        return {"general": _("General")}.get(slug) or ABBREVIATIONS.get(slug.upper()) or self.names.category(slug)

    def program(self, slug):
        return next((row.name for row in self.names.programs.values() if row.slug == slug), slug)

    @property
    def url(self):
        """The page as it is today, in the language of the reader."""
        return self.address({})

    @property
    def then_url(self):
        """The page as the link showed it; nothing where it shows no moments."""
        if "known" not in PARAMETERS.get(self.asked.page, ()):
            return ""
        return self.address({"known": f"{self.answer.since:%Y-%m-%dT%H:%M:%SZ}"})

    def address(self, more):
        on = {"on": self.asked.on.isoformat()} if self.asked.on else {}
        query = ({"noc": list(self.asked.codes)} if self.asked.codes else {}) | on | more
        return reverse(self.asked.page, kwargs=self.asked.names, query=query)

    @property
    def follows_today(self):
        """Whether the page always shows the latest: the link names no day."""
        return self.asked.page in reader.LIVING or (self.asked.page in ALWAYS_TODAY and not self.asked.on)

    @cached_property
    def corrections(self):
        """What was corrected, one group for each time at which it was, the newest first."""
        told = [(one.said, self.correction(one)) for one in self.answer.corrections]
        dated = sorted(told, key=lambda one: (one[0].known_from, one[0].reason, one[0].cause), reverse=True)
        groups = groupby(dated, key=lambda one: (one[0].known_from, one[0].reason, one[0].cause))
        return [
            {
                "known_from": moment,
                "reason": reason,
                "cause": cause,
                "whose": CAUSES.get(cause, ""),
                "rows": [row for _said, row in its],
            }
            for (moment, reason, cause), its in groups
        ]

    def correction(self, one):
        table, key = one.row
        facts = one.after or one.before
        is_changed = one.kind not in (ADDED, REMOVED)
        return {
            "kind": one.kind,
            "table": table,
            "key": key,
            "title": self.names.title(table, key, facts),
            "url": self.names.url(table, key),
            "facts": self.names.differences(table, one.before, one.after) if is_changed else [],
        }

    @cached_property
    def successors(self):
        return [self.successor(one) for one in self.answer.successors]

    def successor(self, one):
        """What took the place of a list, with names and links."""
        versions = [key.partition("/")[2] if key else "" for key in (one.old, one.new)]
        return {
            "category": self.names.category(one.category),
            "slug": one.category,
            "since": one.since,
            "old": versions[0],
            "new": versions[1],
            "title": self.names.edition(one.new) if one.new else "",
            "url": self.names.url("edition", one.new) if one.new else "",
            "compare_url": reverse("categories:compare", args=[one.category, *versions]) if all(versions) else "",
            "joined": [self.names.occupation(code) for code in one.joined],
            "left": [self.names.occupation(code) for code in one.left],
        }

    @property
    def in_one_line(self):
        """What became of it, as a cell of a file holds it."""
        if not self.is_read:
            return self.fault
        return " ".join([*map(told_correction, self.corrections), *map(told_successor, self.successors)])


def told_correction(group):
    rows = "; ".join(map(told_row, group["rows"]))
    day = date_format(group["known_from"])
    return " ".join(filter(None, [f"{day}: {rows}.", str(group["whose"]), group["reason"]]))


def told_row(row):
    if row["facts"]:
        facts = (f"{fact.label}: {fact.old} → {fact.new}" for fact in row["facts"])
        return f"{row['title']} ({', '.join(facts)})"
    words = {"row": row["title"]}
    return _("%(row)s was added") % words if row["kind"] == ADDED else _("%(row)s was removed") % words


def told_successor(one):
    parts = [f"{date_format(one['since'])}: " + (one["title"] or _("%(name)s: no list") % {"name": one["category"]})]
    for words, names in ((_("joined"), one["joined"]), (_("left"), one["left"])):
        if names:
            parts.append(f"{words}: {'; '.join(names)}")
    return ", ".join(parts) + "."
