"""What the ledger has on the rows that some lines ask about."""

from django.db.models import Q

from editing.ledger.models import LedgerEntry
from editing.ledger.read import first_moment

from .past import Past, Said

LISTS = ["category", "edition", "listing", "occupation", "program", "occupationrule", "requirement"]
FIELDS = ["table", "key", "known_from", "facts", "reason", "cause"]


def past_of(lines, now):
    """The past of every list and rule, and of the draws and counts that are asked about."""
    entries = LedgerEntry.objects.public(now)
    began = first_moment() or now
    numbers = [one.names["number"] for one in lines if one.page == "draws:detail"]
    days = [one.names["day"] for one in lines if one.page == "pool:detail"]
    wanted = Q(table__in=LISTS) | Q(table="draw", key__in=numbers) | Q(table="poolsnapshot", key__in=days)
    if any(one.page == "shortlist" for one in lines):  # it names the latest draw of each occupation
        wanted |= Q(table="draw")
    if any(one.page == "draws:stream" for one in lines):
        wanted |= Q(table="draw", key__in=changed_since(entries, "draw", began))
    if any(one.page == "pool:current" for one in lines):
        wanted |= Q(table="poolsnapshot", key__in=changed_since(entries, "poolsnapshot", began))
    rows = entries.filter(wanted).order_by("known_from", "pk").values_list(*FIELDS)
    return Past((Said(*row) for row in rows.iterator()), began)


def changed_since(entries, table, moment):
    return entries.filter(table=table, known_from__gt=moment).values("key")
