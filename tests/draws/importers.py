"""Imports of small feeds, and somebody else who imports at this moment."""

from contextlib import contextmanager

from django.db import connection

from draws.importing import runs
from draws.importing.lock import KEY, only_one
from tests.draws.feed_rows import SITE, file_of

OFFICIAL = {"source": "IRCC feed of a test", "source_url": f"{SITE}/feed.json", "evidence": "official"}


def begin(*rows, **given):
    return runs.begin(file_of(*rows), OFFICIAL, **given)[0]


def save_all(new, publish=True, **given):
    return runs.save_rows(new, list(new.difference.open), publish, **given)


def differences(new):
    return [(one.field, one.old, one.new) for found in new.difference.rows for one in found.differences]


@contextmanager
def somebody_importing():
    """On PostgreSQL another connection holds the lock, as another machine would."""
    if connection.vendor == "sqlite":
        with only_one():
            yield
        return
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
            assert cursor.fetchone() == (True,)
            yield
    finally:
        other.close()
