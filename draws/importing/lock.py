"""One import at a time: a lock that the operating system or the database frees when its holder dies."""

import fcntl
import threading
from contextlib import contextmanager

from django.db import connection

KEY = 0x65782D726F756E  # any number that nothing else in this database locks
in_this_process = threading.Lock()


class Busy(Exception):
    """Another import is at work."""


def only_one():
    """Hold the lock while the body runs; Busy where somebody else holds it."""
    if connection.vendor == "postgresql":
        return advisory_lock()
    if connection.is_in_memory_db():
        return thread_lock()
    return file_lock(f"{connection.settings_dict['NAME']}.import-lock")


@contextmanager
def advisory_lock():
    """PostgreSQL holds it for this connection, whichever machine it comes from."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
        if not cursor.fetchone()[0]:
            raise Busy
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])


@contextmanager
def file_lock(path):
    """A SQLite file belongs to one machine, whose kernel holds the lock for this process."""
    with open(path, "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield


@contextmanager
def thread_lock():
    if not in_this_process.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        in_this_process.release()
