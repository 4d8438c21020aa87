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
        "title": title(one, names),
        "facts": [fact for fact in facts if not one.only_words(fact.field)],
        "entry": one.entry,
    }


def title(one, names):
    """A listing with the list that it is in, of which a page may show several."""
    words = names.title(one.table, one.key, one.after or one.before)
    return f"{words} ({names.edition(one.key.rpartition('/')[0])})" if one.table == "listing" else words
