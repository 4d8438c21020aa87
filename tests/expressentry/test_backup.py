"""A backup holds every row; a restored site is the same, row by row, or is not touched."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
import time
from datetime import datetime, timezone

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django_otp.plugins.otp_totp.models import TOTPDevice

from draws.importing.models import Import
from draws.models import Draw
from editing.models import DataVersion
from expressentry import backup
from occupations.models import OccupationTitle
from programs.models import PointGrid
from tests.conftest import kept_record

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True, scope="module")
def _counters_as_they_were(django_db_setup, django_db_blocker):
    """A rollback does not take back the counters that a restore has set on PostgreSQL."""
    yield
    with django_db_blocker.unblock():
        backup.reset_sequences(connection)


@pytest.fixture
def site(db):
    """The real record with a history, users and a picture of an import; most job titles are left out for speed."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {OccupationTitle._meta.db_table} WHERE id % 500 > 0")  # noqa: S608
    user = User.objects.create_user("anna", password="correct horse battery")
    user.groups.add(Group.objects.get(name="Editors"))
    TOTPDevice.objects.create(user=user, name="App")
    draw = Draw.objects.get(number="254")
    draw.cutoff, draw._history_user = 487, user
    draw.save()
    draw.programs.set([1])
    Import.objects.create(
        source="A file", evidence="official", outcome="waiting", packed=b"\x00\xff", found={"é": [1, None, 1.5]}
    )
    Session.objects.create(session_key="x" * 32, expire_date=datetime(2030, 1, 1, tzinfo=timezone.utc))


def sums():
    """Count and digest of every table but the number that every change moves on."""
    found = {}
    for model in backup.models():
        if model is DataVersion:
            continue
        digest = backup.Digest()
        for line in backup.lines(model, "default"):
            digest.add(line)
        found[model._meta.label] = digest.result()
    return found


@pytest.fixture
def file(site, tmp_path):
    path = tmp_path / "site.gz"
    call_command("backup", path, verbosity=0)
    return path


def restore(path, **options):
    call_command("restore", path, verbosity=0, **options)


def test_every_table_but_sessions_is_kept(site):
    tables = {model._meta.db_table for model in backup.models()}

    with connection.cursor() as cursor:
        held = set(connection.introspection.table_names(cursor))

    assert held - tables == {"django_session", "django_migrations"}


def test_restored_site_is_the_same_row_by_row(file):
    before, version = sums(), DataVersion.objects.get().number
    Draw.objects.filter(number="254").update(cutoff=1)
    Draw.objects.get(number="447").delete()
    User.objects.create_user("later")
    PointGrid.objects.exclude(system="crs").update(grid={})

    restore(file, replace=True)

    assert sums() == before
    assert (Draw.objects.get(number="254").cutoff, DataVersion.objects.get().number > version) == (487, True)
    assert Session.objects.count() == 0


def test_restored_rows_read_as_before(file):
    restore(file, replace=True)

    held = Import.objects.get()
    draw = Draw.objects.get(number="254")
    assert (bytes(held.packed), held.found) == (b"\x00\xff", {"é": [1, None, 1.5]})
    assert [record.cutoff for record in draw.history.all()] == [487, 486]
    assert (draw.sequence, [program.pk for program in draw.programs.all()]) == (254 * 32, [1])
    assert User.objects.get(username="anna").check_password("correct horse battery")


def test_new_rows_get_new_keys_after_a_restore(file):
    newest = Import.objects.latest("pk").pk

    restore(file, replace=True)

    assert Import.objects.create(source="X", evidence="official", outcome="saved").pk > newest


def test_file_is_the_owners_alone_and_never_overwritten(file):
    mode = file.stat().st_mode & 0o777

    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", file)

    assert (mode, sorted(path.name for path in file.parent.iterdir())) == (0o600, ["site.gz"])


def test_site_that_is_not_empty_is_not_replaced(file):
    before = sums()

    with pytest.raises(CommandError, match=r"not empty\. Give --replace"):
        restore(file)

    assert sums() == before


def test_backup_after_going_back_fits_a_new_site_of_its_release(site, tmp_path):
    MigrationRecorder(connection).record_applied("draws", "9999_later")
    call_command("backup", tmp_path / "site.gz", verbosity=0)
    MigrationRecorder(connection).record_unapplied("draws", "9999_later")
    before = sums()

    restore(tmp_path / "site.gz", replace=True)

    assert sums() == before


def test_backup_of_an_earlier_release_does_not_fit_after_going_back(site, tmp_path):
    """Going on again would run no migration anew over the rows that it brought."""
    call_command("backup", tmp_path / "site.gz", verbosity=0)
    MigrationRecorder(connection).record_applied("draws", "9999_later")
    before = sums()

    with pytest.raises(CommandError, match=r"This site has applied draws\.9999_later, which it has not"):
        restore(tmp_path / "site.gz", replace=True)

    assert sums() == before


def rewritten(file, change):
    """The file with its lines changed, its compression whole."""
    lines = gzip.decompress(file.read_bytes()).decode().splitlines()
    file.write_bytes(gzip.compress("\n".join([*change(lines), ""]).encode()))


def one_row_changed(lines):
    place = next(place for place, line in enumerate(lines) if '"486"' not in line and ",487," in line)
    return [*lines[:place], lines[place].replace(",487,", ",488,"), *lines[place + 1 :]]


def other_release(lines):
    head = json.loads(lines[0])
    head["migrations"].append("draws.9999_later")
    return [json.dumps(head), *lines[1:]]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (one_row_changed, "the rows do not match the sums"),
        (lambda lines: lines[:-1], "its end is missing"),
        (lambda lines: lines[:50] + lines[51:], "do not match the sums|can't be read|out of place"),
        (lambda lines: ["{}"], "not a backup of this site"),
        (lambda lines: ["null"], "not a backup of this site"),
        (lambda lines: lines[1:], "not a backup of this site"),
        (lambda lines: [lines[0], "{", *lines[1:]], "line 2 can't be read"),
        (lambda lines: [lines[0].replace('"version":1', '"version":9'), *lines[1:]], "version 9 of the format"),
        (other_release, "another release. It has applied draws.9999_later"),
        (lambda lines: [], "is empty|not a backup|end is missing"),
    ],
)
def test_wrong_file_changes_nothing(file, change, words):
    before = sums()
    rewritten(file, change)

    with pytest.raises(CommandError, match=words):
        restore(file, replace=True)

    assert sums() == before


@pytest.mark.parametrize("content", [b"", b"not compressed", b"\x1f\x8b\x08\x00"])
def test_damaged_file_is_refused(file, content):
    file.write_bytes(content)

    with pytest.raises(CommandError, match="was not restored"):
        restore(file, replace=True)


def test_truncated_file_is_refused(file):
    file.write_bytes(file.read_bytes()[:-2000])

    with pytest.raises(CommandError, match="damaged or cut short"):
        restore(file, replace=True)


def test_missing_file_is_named(tmp_path, db):
    with pytest.raises(CommandError, match="can't be read"):
        restore(tmp_path / "none.gz")


def test_rows_that_the_database_refuses_change_nothing(file):
    """A file whose sums fit, but whose rows break a rule of the data."""
    before = sums()

    def broken(lines):
        rows = [line.replace('"official"', '"gossip"', 1) if ",487," in line else line for line in lines[:-1]]
        found, label = {}, None
        for line in rows[1:]:
            if line.startswith("{"):
                label = json.loads(line)["table"]
                found[label] = backup.Digest()
            else:
                found[label].add(line)
        return [*rows, json.dumps({"end": {name: digest.result() for name, digest in found.items()}})]

    rewritten(file, broken)

    with pytest.raises(CommandError, match="the database refused it"):
        restore(file, replace=True)

    assert sums() == before


@pytest.fixture
def apart(db, tmp_path):
    """A site of its own for commands in processes of their own: its database and its environment."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its transactions apart, and its files to itself")
    path = tmp_path / "site.sqlite3"
    path.write_bytes(kept_record().read_bytes())
    return path, os.environ | {"DATABASE_URL": f"sqlite:///{path}", "DJANGO_SETTINGS_MODULE": "tests.settings"}


def test_backup_is_the_owners_alone_while_it_is_written(apart, tmp_path):
    beside = tmp_path / ".site.gz.part"
    command = [sys.executable, "manage.py", "backup", str(tmp_path / "site.gz"), "--skip-checks"]

    run = subprocess.Popen(command, env=apart[1], cwd=settings.BASE_DIR, umask=0o022)
    while run.poll() is None and not beside.exists():
        time.sleep(0.001)
    mode = beside.stat().st_mode & 0o777

    assert (run.wait(), mode) == (0, 0o600)


def test_backup_is_of_one_moment_while_somebody_saves(apart, tmp_path):
    """In processes of their own: a save that is not finished is not in the backup."""
    (path, environment), file = apart, tmp_path / "site.gz"
    editor = sqlite3.connect(path, isolation_level=None)
    editor.execute("PRAGMA journal_mode=WAL")
    editor.execute("BEGIN IMMEDIATE")
    editor.execute("UPDATE draws_draw SET cutoff = 1 WHERE number = '254'")

    command = [sys.executable, "manage.py", "backup", str(file), "--skip-checks"]
    done = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True)
    editor.execute("COMMIT")
    editor.close()

    rows = [value for kind, value in backup.read_backup(file) if kind == "row" and "254" in value and 486 in value]
    assert (done.returncode, done.stderr, len(rows)) == (0, "", 1)
