import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_code_is_imported_without_asking_the_database(tmp_path):
    """A new site runs ``migrate`` before it has any table."""
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}", "DJANGO_SECRET_KEY": "of-a-test"}

    run = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=os.environ | settings, capture_output=True, text=True
    )

    assert (run.returncode, run.stderr) == (0, "")
