"""``make run`` in a folder of its own: empty, and after an update of the code."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from tests.conftest import ROOT, kept_record
from tests.servers import free_port, wait_until_up

NOT_IN_A_CLONE = (".git", ".venv", ".env", "var", "staticfiles", "__pycache__", "node_modules")
OURS = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "CACHE_URL", "DJANGO_SECRET_KEY", "MAKEFLAGS", "MAKELEVEL")
CSS = re.compile(r"/static/css/site\.[0-9a-f]+\.css")


def clone(folder):
    """The code alone, as a clone has it, with the packages that the tests run on."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_IN_A_CLONE))
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


@pytest.fixture(scope="module")
def folder(django_db_setup, tmp_path_factory):
    """A clone as an earlier release left it: brought up to date, but readable by everyone."""
    folder = clone(tmp_path_factory.mktemp("update") / "clone")
    (folder / "var").mkdir()
    shutil.copy(kept_record(), folder / "var" / "record.sqlite3")
    (folder / ".env").write_text("DJANGO_SECRET_KEY=of-a-test\n")
    manage(folder, "prepare")
    (folder / "var" / "record.sqlite3").chmod(0o644)
    (folder / "var").chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def second_start(folder):
    """The address of the site, and what ``make run`` said before it answered."""
    port = free_port()
    with make_run(folder, port) as process:
        wait_until_up(process, f"http://127.0.0.1:{port}/healthz/")
        yield f"http://127.0.0.1:{port}", (folder / "said").read_text()


@contextmanager
def make_run(folder, port, log="said"):
    """``make run`` with the umask of most machines; what it says goes to a file of the folder."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS} | {"WEB_CONCURRENCY": "1"}
    with (folder / log).open("w") as said:
        command = ["make", "run", f"PORT={port}"]
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=said, umask=0o022, start_new_session=True
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def get(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode()


def manage(folder, *command):
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run(
        [".venv/bin/python", "manage.py", *command], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def change_css(folder, words):
    with (folder / "static" / "css" / "site.css").open("a") as file:
        file.write(f"\n/* {words} */\n")


def test_second_start_has_nothing_to_say(second_start):
    address, said = second_start

    assert [line.partition(":")[0] for line in said.splitlines()] == ["Express Entry Record", "To edit"]
    assert "Express Entry" in get(address)


def test_everything_in_var_is_the_owners_alone(second_start, folder):
    get(f"{second_start[0]}/statistics/")

    paths = [folder / "var", *(folder / "var").rglob("*")]

    assert {"record.sqlite3", "record.sqlite3-wal"} <= {path.name for path in paths}
    assert [path for path in paths if path.stat().st_mode & 0o077] == []


def test_running_server_keeps_serving_the_css_of_its_pages_after_an_update(second_start, folder):
    address = second_start[0]
    css = CSS.search(get(address)).group()
    before = get(address + css)
    with (folder / "static" / "css" / "site.css").open("a") as file:
        file.write("/* newer */")

    said = manage(folder, "prepare")

    assert (said, get(address + css)) == ("Collected the static files.\n", before)


def test_two_starts_at_once_on_an_empty_folder_end_well(tmp_path):
    """One serves; the other waits for it, and then says that the port is taken."""
    folder, port = clone(tmp_path / "clone"), free_port()

    with make_run(folder, port, "one") as one, make_run(folder, port, "other") as other:
        while one.poll() is None and other.poll() is None:
            time.sleep(0.2)
        server, told = (one, folder / "other") if one.poll() is None else (other, folder / "one")
        wait_until_up(server, f"http://127.0.0.1:{port}/healthz/")
        draw = get(f"http://127.0.0.1:{port}/draws/254/")

    both = (folder / "one").read_text() + (folder / "other").read_text()
    assert "500" in draw
    assert re.search("is taken|in use", told.read_text())
    assert both.count("Another command is setting up this folder: waiting for it.") == 1
    assert "Traceback" not in both
