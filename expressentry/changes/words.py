"""Events in words, for the page, the feed and the API."""

from types import SimpleNamespace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draws.wording import cutoff, invited
from editing.ledger.models import Cause
from expressentry.checking.words import CAUSES

from .events import Kind


class EventInWords:
    """An event with its names; ``names`` has what rows are called."""

    def __init__(self, event, names):
        self.event, self.names = event, names
        self.kind_label = Kind(event.kind).label
        self.whose = CAUSES.get(event.cause, "")
        self.is_ours = event.cause == Cause.OURS

    @property
    def reason(self):
        """What is kept in one language, such as that a newer record says so, stands in the reader's."""
        return _(self.event.reason) if self.event.reason else ""

    @property
    def facts(self):
        """Those of the row itself, as they are or as they were last."""
        return (self.event.own and (self.event.own.after or self.event.own.before)) or {}

    @property
    def title(self):
        return self.names.title(self.event.table, self.event.key, self.facts)

    @property
    def url(self):
        return self.names.url(self.event.table, self.event.key)

    @property
    def is_whole(self):
        """Whether the row came or went, and with it what belongs to it."""
        return bool(self.event.own) and self.event.own.kind != "changed"

    @property
    def rows(self):
        """What changed, row by row."""
        if self.is_whole:
            return []
        if not self.event.changes:
            return [{"kind": "changed", "title": self.title, "facts": [self.told]}]
        return [self.row(one) for one in self.event.changes]

    @property
    def told(self):
        row = self.event.correction
        return {
            "field": row.field,
            "label": row.get_field_display(),
            "old": row.old,
            "new": row.new,
            "quoted": row.is_quoted,
        }

    def row(self, one):
        differ = self.names.differences(one.table, one.before, one.after) if one.kind == "changed" else []
        facts = [
            {"field": each.field, "label": each.label, "old": each.old, "new": each.new, "quoted": False}
            for each in differ
        ]
        return {
            "kind": one.kind,
            "title": self.names.title(one.table, one.key, one.after or one.before),
            "facts": facts,
        }

    @property
    def summary(self):
        """What happened, in one line of plain text."""
        if not self.is_whole:
            return " ".join(map(told_row, self.rows))
        if self.event.own.after is None:
            return _("Withdrawn.")
        return {"draw": self.new_draw, "edition": self.new_list}.get(self.event.table, str)()

    def new_draw(self):
        draw = SimpleNamespace(**self.facts)
        return _("%(invited)s, %(cutoff)s.") % {"invited": invited(draw), "cutoff": cutoff(draw)}

    def new_list(self):
        count = sum(one.table == "listing" for one in self.event.changes)
        return ngettext("%(count)s occupation.", "%(count)s occupations.", count) % {"count": count}


def told_row(row):
    if row["facts"]:
        return "; ".join(f"{one['label']}: {one['old']} → {one['new']}" for one in row["facts"]) + "."
    words = _("%(row)s was added") if row["kind"] == "added" else _("%(row)s was removed")
    return words % {"row": row["title"]} + "."
