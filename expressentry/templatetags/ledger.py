"""What the ledger has of a page, in words."""

from django import template

from editing.pages.qr_code import qr_code
from expressentry.changes.rows import RowNames

register = template.Library()
register.simple_tag(qr_code)


@register.simple_tag
def in_words(differences):
    """Rows that say otherwise today: each with its name, its page, its facts before and after, and when and why."""
    names = RowNames()
    return [told(one, names) for one in differences if not one.is_wording]


def told(one, names):
    facts = names.differences(one.table, one.before, one.after) if one.kind == "changed" else []
    return {
        "kind": one.kind,
        "title": names.title(one.table, one.key, one.after or one.before),
        "facts": [fact for fact in facts if not one.only_words(fact.field)],
        "entry": one.entry,
    }
