"""What tests ask the ledger."""

from django.utils import timezone

from editing.ledger import read, write


def missing():
    """Entries that the ledger would need to say what the public sees now."""
    change = write.Change(write.whole_second(timezone.now()))
    return [entry for model in write.tables().values() for entry in change.missing(model)]


def now():
    return write.whole_second(timezone.now())


def seen(table, key, at=None):
    return read.state(table, at or now(), keys=[key]).get(key)


def changed(since, *tables):
    """What changed after a moment, the oldest first."""
    return [(one.table, one.key) for one in reversed(read.changes(*tables, after=since))]


def remove(row, reason="It was never on that list"):
    """Delete a row as the admin does: of a published list none goes without a reason."""
    row._change_reason = reason
    row.delete()
