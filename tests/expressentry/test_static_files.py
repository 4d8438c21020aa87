import json
import os
import subprocess
import sys
import time

import pytest

from expressentry.management.commands.collectstatic import add
from tests.conftest import ROOT


@pytest.fixture
def collect(tmp_path):
    root = tmp_path / "static"
    root.mkdir()

    def collect(version):
        """Add a version with one file of its own; answers with the names of all files that are there."""
        new = tmp_path / "new"
        (new / "css").mkdir(parents=True, exist_ok=True)
        for end in ("", ".gz", ".br"):
            (new / "css" / f"site.{version}.css{end}").write_text(version)
        (new / "staticfiles.json").write_text(json.dumps({"paths": {"css/site.css": f"css/site.{version}.css"}}))
        add(new, root, version)
        time.sleep(0.01)  # versions are known by their time, and a file system's clock has a coarse tick
        return sorted(path.name for path in (root / "css").iterdir())

    return collect


def names(*versions):
    return sorted(f"site.{version}.css{end}" for version in versions for end in ("", ".gz", ".br"))


def test_files_of_three_versions_stay(collect):
    collected = [collect(version) for version in ("one", "two", "three", "four")]

    assert collected == [
        names("one"),
        names("one", "two"),
        names("one", "two", "three"),
        names("two", "three", "four"),
    ]


def test_version_that_comes_back_is_the_newest(collect):
    for version in ("one", "two", "three", "one"):
        collect(version)

    assert collect("four") == names("three", "one", "four")


def test_files_of_the_time_before_versions_were_kept_stay(collect, tmp_path):
    old = tmp_path / "static"
    (old / "css").mkdir()
    (old / "css" / "site.old.css").write_text("old")
    (old / "staticfiles.json").write_text(json.dumps({"paths": {"css/site.css": "css/site.old.css"}}))

    assert collect("one") == sorted(["site.old.css", *names("one")])


@pytest.fixture
def closed_folder(tmp_path):
    """A folder in which nothing can be made."""
    folder = tmp_path / "closed"
    folder.mkdir()
    yield folder
    folder.chmod(0o755)


def test_folder_above_may_be_closed(closed_folder):
    static = closed_folder / "static"
    static.mkdir()
    closed_folder.chmod(0o555)
    as_user = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] if os.getuid() == 0 else []
    settings = {
        "DJANGO_SETTINGS_MODULE": "expressentry.settings",
        "DJANGO_STATIC_ROOT": str(static),
        "DJANGO_SECRET_KEY": "of-a-test",
        "DATABASE_URL": "sqlite://:memory:",
    }

    command = [*as_user, sys.executable, "manage.py", "collectstatic", "--noinput"]
    run = subprocess.run(command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True)

    assert (run.stderr, run.returncode) == ("", 0)
    assert (static / "staticfiles.json").exists()
    assert not list(static.glob(".new-*"))
