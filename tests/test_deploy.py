"""What an operator copies from deploy/: units that systemd accepts, settings that exist, releases that go back."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

DEPLOY = Path(settings.BASE_DIR) / "deploy"
UNITS = sorted(path for path in DEPLOY.glob("record*") if path.suffix in (".service", ".socket", ".timer"))
NOT_OURS = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PATH"}

# Stand in for the two programs of systemd that the script calls: they need a running systemd.
SYSTEMD_RUN = r"""#!/bin/bash
while [[ $1 == --* ]]; do
    [[ $1 != --property=WorkingDirectory=* ]] || cd "${1#--property=WorkingDirectory=}"
    shift
done
exec "$@"
"""
MIGRATION = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("draws", "0001_initial")]
"""
SYSTEMCTL = '#!/bin/bash\necho "$*" >>"$RECORD/systemctl.log"\n[ ! -e "$RECORD/broken" ]\n'


def test_units_pass_systemd_own_check(tmp_path):
    assert len(UNITS) == 6
    for unit in UNITS:
        text = re.sub(r"/srv/record/current/\.venv/bin/\w+", "/bin/true", unit.read_text(encoding="utf-8"))
        (tmp_path / unit.name).write_text(text.replace("/srv/record/current", "/usr"), encoding="utf-8")
    if not shutil.which("systemd-analyze"):
        return

    check = ["systemd-analyze", "verify", "--man=no", *(tmp_path / unit.name for unit in UNITS)]
    said = subprocess.run(check, capture_output=True, text=True, check=False)

    assert (said.returncode, said.stderr) == (0, "")


def test_units_call_commands_that_exist():
    called = [name for unit in UNITS for name in re.findall(r"manage\.py (\w+)", unit.read_text(encoding="utf-8"))]

    assert sorted(called) == ["backup", "import_draws"]
    assert set(called) <= set(get_commands())


def test_backups_of_a_month_and_remains_are_deleted(tmp_path):
    for name, days in {"new.gz": 1, "old.gz": 32, ".now.gz.part": 0, ".killed.gz.part": 3, "old.txt": 99}.items():
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() - days * 86400,) * 2)
    unit = (DEPLOY / "record-backup.service").read_text(encoding="utf-8")
    find = shlex.split(re.search("^ExecStartPost=(.*)", unit, re.MULTILINE)[1])

    subprocess.run(["find", tmp_path, *find[2:]], check=True)

    assert {path.name for path in tmp_path.iterdir()} == {"new.gz", ".now.gz.part", "old.txt"}


def test_service_is_started_again_whenever_it_fails():
    assert "StartLimitIntervalSec=0" in (DEPLOY / "record.service").read_text(encoding="utf-8").split("[Service]")[0]


def test_image_leaves_out_what_is_secret():
    left_out = (Path(settings.BASE_DIR) / ".dockerignore").read_text(encoding="utf-8").split()

    assert {"**/.env", "deploy/tls", "var"} <= set(left_out)


def test_settings_named_for_an_operator_are_in_the_readme():
    readme = (Path(settings.BASE_DIR) / "README.md").read_text(encoding="utf-8")
    files = [DEPLOY / name for name in ("record.env.example", "compose.yaml", "Containerfile")]
    named = {
        name for file in files for name in re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", file.read_text(encoding="utf-8"))
    }

    assert len(named) > 8
    assert {name for name in named - NOT_OURS if f"`{name}`" not in readme} == set()


@pytest.fixture
def server(tmp_path):
    """A folder laid out as docs/operations.md says, with a repository of two commits."""
    for name, text in [("systemd-run", SYSTEMD_RUN), ("systemctl", SYSTEMCTL)]:
        (tmp_path / "bin" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    source = tmp_path / "source"
    shutil.copytree(
        settings.BASE_DIR, source, ignore=shutil.ignore_patterns(".*", "var", "staticfiles", "__pycache__")
    )
    git(source, "init", "--quiet", "--initial-branch=main")
    commit(source, "First")
    for folder in ("releases", "backups"):
        (tmp_path / folder).mkdir()
    git(tmp_path, "clone", "--quiet", "--mirror", source, "repository")
    return tmp_path


def git(folder, *args):
    subprocess.run(
        ["git", "-C", folder, "-c", "user.name=Test", "-c", "user.email=test@record.example", *args], check=True
    )


def commit(folder, subject):
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", subject)


def release(server, *args, fails=False):
    environment = {
        "RECORD": str(server),
        "PATH": f"{server / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "BACKUPS": str(server / "backups"),
        "DJANGO_SECRET_KEY": "only-for-this-test",
        "DJANGO_DATA": str(server / "data"),
        "DJANGO_STATIC_ROOT": str(server / "static"),
    }
    script = server / "source" / "deploy" / "release"
    said = subprocess.run([script, *args], env=environment, capture_output=True, text=True, check=False)
    assert bool(said.returncode) == fails, said.stdout + said.stderr
    return said.stdout


def in_service(server):
    return (server / "current").resolve().name


def stylesheet(server):
    return json.loads((server / "static" / "staticfiles.json").read_text())["paths"]["css/variables.css"]


def add_to(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def commit_three(server):
    """Put the first into service, try one that cannot be installed, and put the third into service."""
    source = server / "source"
    release(server, "main")
    first, style = in_service(server), stylesheet(server)
    add_to(source / "requirements.txt", "without-a-hash\n")
    commit(source, "Broken")
    release(server, "main", fails=True)
    git(source, "checkout", "--quiet", "HEAD~", "--", "requirements.txt")
    add_to(source / "static" / "css" / "variables.css", "/* newer */\n")
    (source / "draws" / "migrations" / "0002_newer.py").write_text(MIGRATION, encoding="utf-8")
    commit(source, "Third")
    release(server, "main")
    return first, style


@pytest.mark.thorough
def test_release_goes_into_service_and_back(server):
    first, style = commit_three(server)
    third, newer_style = in_service(server), stylesheet(server)

    release(server, "--back")

    assert first != third
    assert in_service(server) == first
    assert stylesheet(server) == style != newer_style
    assert f"{first}  (in service)" in release(server, "--list").splitlines()
    assert (server / "systemctl.log").read_text().splitlines() == ["restart record.service"] * 3
    assert (server / "data" / "record.sqlite3").exists()
    assert [path.name.rpartition("-")[0] for path in (server / "backups").iterdir()] == [f"before-{third}"]
    assert len(list((server / "static" / "css").glob("variables.*.css"))) == 2

    (server / "broken").touch()
    release(server, "main", fails=True)
    (server / "broken").unlink()
    release(server, "--back")

    assert in_service(server) == first
    assert sorted(path.name for path in (server / "releases").iterdir()) == sorted([first, third])
