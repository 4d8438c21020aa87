"""The real site behind a real gunicorn, on a copy of the record."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager

from tests.conftest import ROOT, kept_record
from tests.settings import TEST_ENVIRONMENT

COLLECTED = []  # the folder of the first server


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def running(environment, workers="1", stderr=None):
    address = f"127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--workers", workers, "--bind", address],
        cwd=ROOT,
        env=environment,
        stderr=stderr,
    )
    try:
        wait_until_up(server, f"http://{address}/healthz/")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(20)


def copy_of_record(folder):
    """The environment of a server whose files are all in this folder, the record among them."""
    database = shutil.copy(kept_record(), folder / "record.sqlite3")
    with closing(sqlite3.connect(database)) as record:
        record.execute("PRAGMA journal_mode=wal")  # as a site keeps it: to change this takes the database alone
    return server_environment(folder)


def server_environment(folder):
    """What a server needs to know, its static files in place."""
    environment = {
        **os.environ,
        **TEST_ENVIRONMENT,
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'record.sqlite3'}",
        "BROWSER_STATIC_ROOT": str(folder / "static"),
    }
    put_static_files(folder / "static", environment)
    return environment


def put_static_files(folder, environment):
    """Collected once in a run of the tests; every later folder holds links to the same files."""
    if COLLECTED:
        shutil.copytree(COLLECTED[0], folder, copy_function=os.link, dirs_exist_ok=True)
        return
    subprocess.run([sys.executable, "manage.py", "collectstatic", "-v0"], cwd=ROOT, env=environment, check=True)
    COLLECTED.append(folder)


def wait_until_up(server, url):
    for _ in range(300):
        assert server.poll() is None, "the server under test did not start"
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:  # refused, or too slow to answer yet
            time.sleep(0.2)
    raise AssertionError("the server under test does not answer")
