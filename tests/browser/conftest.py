"""The real site behind a real gunicorn, and Chromium to read it."""

import os
from functools import cache

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.chromium import launch
from tests.servers import copy_of_record, running

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


@pytest.fixture(scope="session")
def browser_with(tmp_path_factory):
    """A function that gives a browser that draws every text in one family of letters."""
    # Playwright's loop runs in this thread for the rest of the session; Django would take later tests for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=30_000)  # milliseconds, as for all other waiting: a busy machine is no fault
    with sync_playwright() as playwright:

        @cache
        def browser_with(family):
            rules = tmp_path_factory.mktemp("fonts") / "fonts.conf"
            rules.write_text(ONE_FAMILY.format(family=family))
            environment = {**os.environ, "FONTCONFIG_FILE": str(rules)}
            return launch(playwright, env=environment)

        yield browser_with


@pytest.fixture(scope="session")
def browser(browser_with):
    return browser_with(NARROW)


def fault_of(request):
    """Why a request failed, in a list; nothing for the icon of a page that was left: it is asked for last."""
    left = request.failure == "net::ERR_ABORTED" and "/img/favicon." in request.url
    return [] if left else [f"{request.url}: {request.failure}"]


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
        page.on("requestfailed", lambda request: page.faults.extend(fault_of(request)))
        page.on(
            "response", lambda answer: answer.status >= 400 and page.faults.append(f"{answer.url}: {answer.status}")
        )
        page.goto(site + url)
        return page

    yield open_page
    for context in contexts:
        context.close()
