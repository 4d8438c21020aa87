"""Asking the ledger: what this record showed the public at a moment, and what it changed.

A moment is a second in UTC. Every answer leaves out what waits for a later one.
"""

from django.db.models import Max
from django.utils import timezone

from .models import LedgerEntry


def state(table, at, keys=None, within=""):
    """The public facts of a table as this record showed them at the moment ``at``: ``{key: facts}``.

    ``table`` is the name of a model in small letters: ``"listing"``. A key is the natural key, its parts joined by
    ``/``: ``"stem/2023/21231"``. Ask for some ``keys``, or for those that begin with ``within``: ``"stem/2023/"``.
    Facts are plain values by field name, as JSON has them; other rows stand there by their keys. One query.
    """
    entries = LedgerEntry.objects.public(min(at, timezone.now())).of(table)
    if keys is not None:
        entries = entries.filter(key__in=keys)
    if within:
        entries = entries.filter(key__startswith=within)
    newest = dict(entries.order_by("known_from", "pk").values_list("key", "facts"))
    return {key: facts for key, facts in newest.items() if facts is not None}


def states(at, *tables):
    """The same of several tables in one query: ``{table: {key: facts}}``."""
    entries = LedgerEntry.objects.public(min(at, timezone.now())).filter(table__in=tables)
    found = {table: {} for table in tables}
    for table, key, facts in entries.order_by("known_from", "pk").values_list("table", "key", "facts"):
        found[table][key] = facts
    return {table: {key: one for key, one in its.items() if one is not None} for table, its in found.items()}


def changes(*tables, after=None, until=None):
    """Entries of what changed for the public, newest first; of these tables, or of all.

    Each entry has ``known_from``, ``facts`` (None: withdrawn or deleted), ``facts_before`` (None: new),
    ``only_wording``, ``reason`` and ``cause``. ``after`` and ``until`` bound the seconds: later than the one, not
    later than the other. The first loading of the record is there too, each row as new: ``after`` its second
    (``first_moment()``) leaves it out. A queryset: filter and slice it on.
    """
    entries = LedgerEntry.objects.public(min(filter(None, [until, timezone.now()])))
    entries = entries.filter(table__in=tables) if tables else entries
    return (entries.filter(known_from__gt=after) if after else entries).changes()


def last_change(*tables, at=None):
    """The second of the last public change at or before ``at`` (now); of these tables, or of all. None before any."""
    entries = LedgerEntry.objects.public(min(filter(None, [at, timezone.now()])))
    entries = entries.filter(table__in=tables) if tables else entries
    return entries.aggregate(last=Max("known_from"))["last"]


def first_moment():
    """The second from which this record can say what it showed; None for an empty ledger."""
    return LedgerEntry.objects.public().values_list("known_from", flat=True).order_by("known_from").first()
