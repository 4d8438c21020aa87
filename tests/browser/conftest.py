"""The real site behind a real gunicorn, and Chromium to read it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from functools import cache

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.conftest import ROOT, kept_record
from tests.settings import TEST_ENVIRONMENT

CHROMIUM = ["chromium", "chromium-browser", "google-chrome"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
FLAGS += ["--disable-remote-fonts"]
# What readers have is not known: pages are looked at with a narrow family and with a wide one.
NARROW, WIDE = "Liberation Sans", "DejaVu Sans"
ONE_FAMILY = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include>/etc/fonts/fonts.conf</include><match target="pattern">
<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit></match></fontconfig>"""


@pytest.fixture(scope="session")
def site(django_db_setup, tmp_path_factory):
    """The address of a server that holds a copy of the record."""
    with running(copy_of_record(tmp_path_factory.mktemp("site"))) as address:
        yield address


def copy_of_record(folder):
    """The environment of a server whose files are all in this folder, the record among them."""
    shutil.copy(kept_record(), folder / "record.sqlite3")
    environment = server_environment(folder)
    subprocess.run([sys.executable, "manage.py", "collectstatic", "-v0"], cwd=ROOT, env=environment, check=True)
    return environment


@contextmanager
def running(environment, workers="1", stderr=None):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
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


@pytest.fixture(scope="session")
def browser_with(tmp_path_factory):
    """A function that gives a browser that draws every text in one family of letters."""
    # Playwright's loop runs in this thread for the rest of the session; Django would take later tests for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=30_000)  # milliseconds, as for all other waiting: a busy machine is no fault
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)))
    with sync_playwright() as playwright:

        @cache
        def browser_with(family):
            rules = tmp_path_factory.mktemp("fonts") / "fonts.conf"
            rules.write_text(ONE_FAMILY.format(family=family))
            environment = {**os.environ, "FONTCONFIG_FILE": str(rules)}
            return playwright.chromium.launch(executable_path=program, args=FLAGS, env=environment)

        yield browser_with


@pytest.fixture(scope="session")
def browser(browser_with):
    return browser_with(NARROW)


@pytest.fixture
def open_page(db, browser_with, site):
    """A function that opens an address in a tab of its own; ``db`` is here to load the record."""
    contexts = []

    def open_page(url, family=NARROW, **options):
        contexts.append(browser_with(family).new_context(**options))
        page = contexts[-1].new_page()
        page.faults = []
        page.on("console", lambda message: message.type in ("error", "warning") and page.faults.append(message.text))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("requestfailed", lambda request: page.faults.append(f"{request.url}: {request.failure}"))
        page.on(
            "response", lambda answer: answer.status >= 400 and page.faults.append(f"{answer.url}: {answer.status}")
        )
        page.goto(site + url)
        return page

    yield open_page
    for context in contexts:
        context.close()
