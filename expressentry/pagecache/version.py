"""What a kept page depends on: the data, the day in Canada, the code and the settings."""

import hashlib
import json
import logging
import os
import select
import sqlite3
import threading
import time
from bisect import bisect_right
from functools import cache, lru_cache

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.utils import timezone
from psycopg.pq import ExecStatus

from editing.days import canadian_day
from expressentry.release import release

PAUSE = 2  # seconds until a database that failed is asked again
COARSE = 2 * 10**9  # nanoseconds by which some file systems round the time of a change
COLUMNS = {"sqlite": "number, schedule, changed_at", "postgresql": "number, schedule, extract(epoch from changed_at)"}
NOTHING = (0, "[]", "")
# What the operator chooses and every page says or is sent with.
SHOWN = ("ADMIN_PATH", "FEED_URL", "SECURITY_CONTACT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS",
         "SECURE_HSTS_PRELOAD")  # fmt: skip
logger = logging.getLogger(__name__)
moments = lru_cache(json.loads)  # the same few texts at each request


def page_version(stored, now):
    """Data, day, code and settings in one text: equal texts promise equal pages.

    Of the rows that waited for their time, each moment passed counts as one more change. The time of the last change
    tells a database from another whose numbers began anew.
    """
    number, schedule, changed_at = stored
    passed = bisect_right(moments(schedule), now.timestamp())
    return f"{number + passed}-{changed_at}-{canadian_day(now):%Y%m%d}-{release()}-{digest_of_settings()}"


@cache
def digest_of_settings():
    return hashlib.sha256(repr([getattr(settings, name) for name in SHOWN]).encode()).hexdigest()[:12]


class Version:
    """The version of now; while the database cannot be asked, the last one known and its age."""

    def __init__(self):
        self.source = {"sqlite": SQLite, "postgresql": PostgreSQL}[connections["default"].vendor]()
        self.last, self.seen_at, self.asks_at, self.lock = None, 0, 0, threading.Lock()

    def current(self):
        """The text and None, or the last text known and how many seconds ago it held."""
        began, asks_at = time.monotonic(), self.asks_at
        if began < asks_at:
            return self.last, self.age()
        try:
            if asks_at:  # one request tries, the others go on meanwhile
                self.asks_at = began + PAUSE
            stored = self.source.read()
        except (OSError, psycopg.Error, sqlite3.Error) as fault:
            logger.warning("The database does not say its version: %s", str(fault).strip())
            self.asks_at = time.monotonic() + PAUSE
            return self.last, self.age()
        version, self.asks_at = page_version(stored, timezone.now()), 0
        self.note(version, began)
        return version, None

    def note(self, version, asked_at):
        """An answer that was asked for earlier and comes later is not the newest."""
        with self.lock:
            if asked_at >= self.seen_at:
                self.last, self.seen_at = version, asked_at

    def age(self):
        return int(time.monotonic() - self.seen_at)


def question(vendor):
    return f"SELECT {COLUMNS[vendor]} FROM {apps.get_model('editing.DataVersion')._meta.db_table} WHERE id = 1"  # noqa: S608


class SQLite:
    """Asks only when the files changed, or when it asked so soon after a change that times may not tell."""

    def __init__(self):
        self.path = str(connections["default"].settings_dict["NAME"])
        self.question, self.lock = question("sqlite"), threading.Lock()
        self.connection, self.inode, self.known = None, None, None

    def read(self):
        now, files = time.time_ns(), (os.stat(self.path), stat_if_any(f"{self.path}-wal"))
        state = [(file.st_ino, file.st_size, file.st_mtime_ns) for file in files if file]
        known = self.known
        if known is None or known[0] != state or known[1] - max(mtime for *_, mtime in state) < COARSE:
            known = self.known = (state, now, self.ask(state[0][0]))
        return known[2]

    def ask(self, inode):
        with self.lock:
            if self.connection is None or self.inode != inode:
                if self.connection:
                    self.connection.close()
                self.connection, self.inode = self.connect(), inode
            return self.connection.execute(self.question).fetchone() or NOTHING

    def connect(self):
        """Held open: the last connection to close takes the write-ahead log away, which would look like a change."""
        return sqlite3.connect(f"file:{self.path}?mode=rw", uri=True, timeout=1, check_same_thread=False)


def stat_if_any(path):
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


class PostgreSQL:
    """Asks each time, on a connection of each thread, by a prepared statement and straight through libpq."""

    STATEMENT = b"page_version"
    LONGEST = 0.5  # seconds for an answer

    def __init__(self):
        self.question, self.local = question("postgresql").encode(), threading.local()

    def read(self):
        """A connection that the server has closed is made anew, once."""
        if held := getattr(self.local, "connection", None):
            try:
                return self.ask(held)
            except psycopg.OperationalError:
                pass
        return self.ask(self.connect())

    def connect(self):
        given = connections["default"].get_connection_params() | {"connect_timeout": 2, "autocommit": True}
        connection = psycopg.connect(**given)
        connection.pgconn.send_prepare(self.STATEMENT, self.question)
        self.answer(connection.pgconn)
        return connection

    def ask(self, connection):
        self.local.connection = None  # only one that answered is used again
        libpq = connection.pgconn
        libpq.send_query_prepared(self.STATEMENT, None)
        result = self.answer(libpq)
        self.local.connection = connection
        if not result.ntuples:
            return NOTHING
        number, schedule, changed_at = (result.get_value(0, column).decode() for column in range(3))
        return int(number), schedule, changed_at

    def answer(self, libpq):
        libpq.flush()
        result = self.result(libpq)
        while libpq.get_result():
            pass
        if result.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
            raise psycopg.OperationalError(result.error_message.decode(errors="replace"))
        return result

    def result(self, libpq):
        poll = select.poll()
        poll.register(libpq.socket, select.POLLIN)
        while libpq.is_busy():
            if not poll.poll(1000 * self.LONGEST):
                raise TimeoutError("PostgreSQL does not answer.")
            libpq.consume_input()
        return libpq.get_result()
