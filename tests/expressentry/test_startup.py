import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from draws import triggers
from editing.ledger.triggers import NAMES as LEDGER_RULES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def manage(tmp_path):
    """A function that runs a command on a database file that nothing has touched yet."""
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}", "DJANGO_SECRET_KEY": "of-a-test"}
    settings |= {"DJANGO_SETTINGS_MODULE": "tests.browser.settings", "BROWSER_STATIC_ROOT": str(tmp_path / "static")}

    def run(*args, **more):
        command = [sys.executable, "manage.py", *args]
        return subprocess.run(command, cwd=ROOT, env=os.environ | settings | more, capture_output=True, text=True)

    return run


def test_code_is_imported_without_asking_the_database(manage):
    """A new site runs ``migrate`` before it has any table."""
    run = manage("check")

    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize(
    "app", ["programs", *(pytest.param(app, marks=pytest.mark.thorough) for app in ("auth", "contenttypes"))]
)
def test_one_app_alone_is_migrated_first(manage, tmp_path, app):
    """The rules across rows wait for their tables."""
    alone = manage("migrate", app)
    whole = manage("migrate")

    laid = sqlite3.connect(tmp_path / "new.sqlite3").execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
    )
    assert [alone.returncode, alone.stderr, whole.returncode, whole.stderr] == [0, "", 0, ""]
    named = [*triggers.UNCHANGING, *triggers.SHOWN, *LEDGER_RULES]
    assert laid.fetchone()[0] == 2 * len(triggers.RULES) + len(named)


@pytest.fixture
def database_before(tmp_path):
    """A database of the code before, in use: its last rows are still in the file beside it."""
    old = sqlite3.connect(tmp_path / "new.sqlite3")
    old.execute("PRAGMA journal_mode=WAL")
    old.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied datetime)")
    old.execute("INSERT INTO django_migrations VALUES (1, 'expressentry', '0001_initial', '2026-10-12')")
    old.commit()
    yield old
    old.close()


def test_database_of_the_code_before_is_set_aside(manage, tmp_path, database_before):
    run = manage("prepare", "--verbosity", "0")

    aside = next(tmp_path.glob("new-before-*.sqlite3"), None)
    assert (run.stderr, run.returncode, aside is not None) == ("", 0, True)
    assert f"Set aside a database from before the first release, as {aside.name}. The site begins anew." in run.stdout
    assert {path.name.removeprefix(aside.name) for path in tmp_path.glob(f"{aside.name}*")} == {"", "-wal", "-shm"}
    kept = sqlite3.connect(aside).execute("SELECT app, name FROM django_migrations")
    draws = sqlite3.connect(tmp_path / "new.sqlite3").execute("SELECT count(*) FROM draws_draw")
    assert (kept.fetchall(), draws.fetchone()[0]) == ([("expressentry", "0001_initial")], 448)


@pytest.mark.parametrize(
    "change", ["", pytest.param("ALTER TABLE programs_program ADD COLUMN old text", marks=pytest.mark.thorough)]
)
def test_database_of_migrations_made_anew_is_set_aside(manage, tmp_path, change):
    manage("migrate")
    with closing(sqlite3.connect(tmp_path / "new.sqlite3")) as database:
        database.execute(change)

    run = manage("prepare", "--verbosity", "0")

    assert (run.stderr, run.returncode) == ("", 0)
    assert ("Set aside a database" in run.stdout) == bool(change)


def test_database_of_a_later_release_stays(manage, tmp_path):
    """Whoever goes back to a release finds a column that its code does not know."""
    manage("migrate")
    with closing(sqlite3.connect(tmp_path / "new.sqlite3")) as database:
        database.execute("ALTER TABLE programs_program ADD COLUMN later text")
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('programs', '0099_later', '2026-12-01')"
        )
        database.commit()

    run = manage("prepare", "--verbosity", "0")

    assert (run.stderr, run.returncode, list(tmp_path.glob("new-before-*"))) == ("", 0, [])


@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a SQLite file is set aside instead")
def test_database_of_the_code_before_is_refused_on_postgresql():
    MigrationRecorder(connection).record_applied("expressentry", "0001_initial")

    with pytest.raises(CommandError, match="Name an empty one in DATABASE_URL"):
        call_command("prepare")


def test_folder_of_the_database_is_made(manage, tmp_path):
    """A clone has no folder ``var`` yet."""
    database = tmp_path / "var" / "record.sqlite3"

    run = manage("prepare", "--verbosity", "0", DATABASE_URL=f"sqlite:///{database}")

    assert (run.stderr, run.returncode) == ("", 0)
    assert database.parent.stat().st_mode & 0o777 == 0o700
