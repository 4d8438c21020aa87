import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from draws import triggers

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def manage(tmp_path):
    """A function that runs a command on a database file that nothing has touched yet."""
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}", "DJANGO_SECRET_KEY": "of-a-test"}
    settings |= {"DJANGO_SETTINGS_MODULE": "tests.browser.settings", "BROWSER_STATIC_ROOT": str(tmp_path / "static")}

    def run(*args):
        command = [sys.executable, "manage.py", *args]
        return subprocess.run(command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True)

    return run


def test_code_is_imported_without_asking_the_database(manage):
    """A new site runs ``migrate`` before it has any table."""
    run = manage("check")

    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("app", ["auth", "contenttypes", "programs"])
def test_one_app_alone_is_migrated_first(manage, tmp_path, app):
    """The rules across rows wait for their tables."""
    alone = manage("migrate", app)
    whole = manage("migrate")

    laid = sqlite3.connect(tmp_path / "new.sqlite3").execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
    )
    assert [alone.returncode, alone.stderr, whole.returncode, whole.stderr] == [0, "", 0, ""]
    assert laid.fetchone()[0] == 2 * len(triggers.RULES)


def test_database_of_the_code_before_is_set_aside(manage, tmp_path):
    with sqlite3.connect(tmp_path / "new.sqlite3") as old:
        old.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied datetime)")
        old.execute("INSERT INTO django_migrations VALUES (1, 'expressentry', '0001_initial', '2026-10-12')")
    old.close()

    run = manage("prepare", "--verbosity", "0")

    aside = [path.name for path in tmp_path.glob("new-before-*.sqlite3")]
    assert (run.stderr, run.returncode, len(aside)) == ("", 0, 1)
    assert f"Set aside a database from before the first release, as {aside[0]}. The site begins anew." in run.stdout
    draws = sqlite3.connect(tmp_path / "new.sqlite3").execute("SELECT count(*) FROM draws_draw")
    assert draws.fetchone()[0] == 448
