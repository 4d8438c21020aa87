"""The whole site as one file: every table but the sessions, a line of JSON for each row, the same for every database.

The file is compressed; its first line says what made it, its last line counts and digests every table.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone

from django.apps import apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from draws import triggers
from editing.ledger import triggers as ledger_triggers

FORMAT = "express-entry-record-backup"
VERSION = 1
BATCH = 1000
# What a moment makes by itself: who is signed in.
LEFT_OUT = ("sessions.Session",)
# What the migrations alone put into a new database.
MADE_BY_MIGRATE = ("contenttypes.ContentType", "auth.Permission", "auth.Group", "auth.Group_permissions")


class Damaged(Exception):
    """The file is no backup, or not a whole one."""


def models():
    """Every table that is kept, in an order that two releases of the same migrations share."""
    kept = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return sorted(
        (m for m in kept if m._meta.label not in LEFT_OUT and not m._meta.proxy), key=lambda m: m._meta.label
    )


def columns(model):
    """What is stored of a row: not what the database works out."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def lines(model, using) -> Iterator[str]:
    """The rows of a table in the order of their keys, each as a list of plain values."""
    names = [field.attname for field in columns(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=BATCH):
        yield as_json([value_to_write(field, value) for field, value in zip(columns(model), row, strict=True)])


def value_to_write(field, value):
    """Times to the microsecond in UTC, bytes as digits; all else as JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).isoformat()
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def as_json(value) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Digest:
    """How many lines, and one text that changes with any of them."""

    def __init__(self):
        self.count, self.hash = 0, hashlib.sha256()

    def add(self, line: str):
        self.count += 1
        self.hash.update(line.encode() + b"\n")

    def result(self):
        return [self.count, self.hash.hexdigest()]


def applied_migrations(using):
    """The state of the tables: a backup fits a site that has applied the same."""
    return {f"{app}.{name}" for app, name in MigrationRecorder(connections[using]).applied_migrations()}


def migrations_of_backup(using):
    """After going back, the database has migrations of the later release, too; what they added is not in a backup."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    return sorted(applied_migrations(using) & known)


def write(path, using) -> dict:
    """Write the file; answers with count and digest by table. The caller sees to it that nothing changes meanwhile."""
    sums = {}
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as file:
        head = {"format": FORMAT, "version": VERSION, "made_at": datetime.now(timezone.utc).isoformat()}
        file.write(as_json(head | {"migrations": migrations_of_backup(using)}) + "\n")
        for model in models():
            digest = Digest()
            file.write(as_json({"table": model._meta.label, "columns": [f.attname for f in columns(model)]}) + "\n")
            for line in lines(model, using):
                digest.add(line)
                file.write(line + "\n")
            sums[model._meta.label] = digest.result()
        file.write(as_json({"end": sums}) + "\n")
    return sums


def read_backup(path) -> Iterator[tuple[str, object]]:
    """The head, tables, rows and end of a file in turn; Damaged where they are not all there."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from parts(file)
    except (gzip.BadGzipFile, EOFError, zlib.error, UnicodeDecodeError) as fault:
        raise Damaged(f"the file is damaged or cut short ({fault})") from fault


def parts(file: Iterable[str]) -> Iterator[tuple[str, object]]:
    sums, digest, table, kind = {}, Digest(), None, None
    for number, line in enumerate(file, 1):
        kind, value = part(line, number)
        if kind == "row":
            digest.add(line.rstrip("\n"))
        elif table:
            sums[table] = digest.result()
        if kind == "table":
            table, digest = value["table"], Digest()
        if kind == "end" and value["end"] != sums:
            raise Damaged("the rows do not match the sums at its end")
        yield kind, value
    if kind != "end":
        raise Damaged("the file is cut short: its end is missing")


def part(line: str, number: int) -> tuple[str, object]:
    try:
        value = json.loads(line)
    except ValueError as fault:
        raise Damaged(f"line {number} can't be read") from fault
    if isinstance(value, list):
        return "row", value
    kind = next((name for name in ("format", "table", "end") if isinstance(value, dict) and name in value), None)
    if kind is None or (number == 1) != (kind == "format"):
        raise Damaged("it is not a backup of this site" if number == 1 else f"line {number} is out of place")
    return ("head" if kind == "format" else kind), value


def check(path, using):
    """Read the whole file once before anything is touched; answers with its sums."""
    for kind, value in read_backup(path):
        if kind == "head":
            check_head(value, using)
        elif kind == "end":
            return value["end"]
    raise Damaged("the file is empty")


def check_head(head, using):
    if head.get("format") != FORMAT:
        raise Damaged("it is not a backup of this site")
    if head.get("version") != VERSION:
        raise Damaged(f"it has version {head.get('version')} of the format; this release reads version {VERSION}")
    here, there = applied_migrations(using), set(head["migrations"])
    if here != there:
        raise Damaged(other_release(sorted(there - here), sorted(here - there)))


def other_release(newer, older):
    """What to do about a backup with these migrations more, and these fewer, than the site."""
    return (
        "it was made by another release. "
        + (f"It has applied {', '.join(newer)}, which this site has not. " if newer else "")
        + (f"This site has applied {', '.join(older)}, which it has not: it needs a new database. " if older else "")
        + "Restore it with the release that made it, then update"
    )


def is_empty(using):
    """Whether the site holds nothing but what migrations make."""
    kept = [model for model in models() if model._meta.label not in MADE_BY_MIGRATE]
    return not any(model._base_manager.using(using).exists() for model in kept)


def restore(path, using):
    """Put every row of a checked file in place of what is there: all of them or, on any fault, none."""
    connection = connections[using]
    by_label = {model._meta.label: model for model in models()}
    with transaction.atomic(using=using):
        ledger_triggers.lift(connection)
        triggers.lift_shown(connection)
        empty(connection)
        for label, rows in batches(path):
            insert(connection, by_label[label], rows)
        connection.check_constraints()
        verify(path, using)
        reset_sequences(connection)
        ledger_triggers.install(connection)
        triggers.install_shown(connection)


def empty(connection):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for model in [*models(), apps.get_model("sessions.Session")]:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def batches(path):
    """Rows of the file, some at a time, with the label of their table."""
    label, held = None, []
    for kind, value in read_backup(path):
        if held and (kind != "row" or len(held) == BATCH):
            yield label, held
            held = []
        if kind == "row":
            held.append(value)
        elif kind == "table":
            label = value["table"]


def insert(connection, model, rows):
    fields = columns(model)
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    values = [[stored(field, value, connection) for field, value in zip(fields, row, strict=True)] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608


def stored(field, value, connection):
    """A plain value as the database keeps it."""
    kind = field.target_field.get_internal_type() if field.is_relation else field.get_internal_type()
    if kind == "BinaryField" and value is not None:
        value = bytes.fromhex(value)
    elif kind != "JSONField":
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)


def verify(path, using):
    """Compare every row in the database with the file, by count and digest of each table."""
    sums = check(path, using)
    for model in models():
        digest = Digest()
        for line in lines(model, using):
            digest.add(line)
        label = model._meta.label
        if digest.result() != sums.get(label):
            raise Damaged(f"{label} did not come back as it was: {digest.count} rows, not {sums.get(label, [0])[0]}")


def reset_sequences(connection):
    """Let new rows get keys above those that were put in."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)
