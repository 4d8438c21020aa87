import contextlib
import sqlite3
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections, transaction

from expressentry import backup

COPY = "backup_copy"


class Command(BaseCommand):
    help = "Write the whole site to one file while it runs: content, history, users and settings of the admin."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        if file.exists():
            raise CommandError(f"{file} is there already; choose another name.")
        beside = file.with_name(f".{file.name}.part")
        try:
            with standing_still() as using:
                sums = backup.write(beside, using)
            beside.chmod(0o600)  # it holds the secrets of second factors
            beside.replace(file)
        except OSError as fault:
            raise CommandError(f"{file} can't be written: {fault.strerror}.") from fault
        finally:
            beside.unlink(missing_ok=True)
        rows = sum(count for count, _digest in sums.values())
        self.stdout.write(f"Wrote {rows} rows of {len(sums)} tables to {file}.")


@contextlib.contextmanager
def standing_still():
    """A database of one moment, while editors go on saving: its alias."""
    if connection.in_atomic_block:
        yield connection.alias
    elif connection.vendor == "sqlite":
        with copied() as using:
            yield using
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection.alias


@contextlib.contextmanager
def copied():
    """SQLite copies itself page by page; what is saved meanwhile is taken in or left out as a whole."""
    connection.ensure_connection()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.sqlite3"
        target = sqlite3.connect(path)
        connection.connection.backup(target)
        target.close()
        connections.databases[COPY] = {**connection.settings_dict, "NAME": str(path), "CONN_MAX_AGE": 0}
        try:
            yield COPY
        finally:
            connections[COPY].close()
            del connections[COPY]
            del connections.databases[COPY]
