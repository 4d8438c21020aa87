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
    environment = server_environment(folder)
    subprocess.run([sys.executable, "manage.py", "collectstatic", "-v0"], cwd=ROOT, env=environment, check=True)
    return environment


def server_environment(folder):
    return {
        **os.environ,
        **TEST_ENVIRONMENT,
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'record.sqlite3'}",
        "BROWSER_STATIC_ROOT": str(folder / "static"),
    }


def wait_until_up(server, url):
    for _ in range(300):
        assert server.poll() is None, "the server under test did not start"
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:  # refused, or too slow to answer yet
            time.sleep(0.2)
    raise AssertionError("the server under test does not answer")
