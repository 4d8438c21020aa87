"""Somebody else who imports at this moment."""

from contextlib import contextmanager

from django.db import connection

from draws.import_lock import KEY, only_one


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
