"""What is typed into a form of the admin outlives the end of a session."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.test_draw_day import PASSWORD, STAFF, sign_in
from tests.conftest import ROOT
from tests.servers import copy_of_record, running

pytestmark = pytest.mark.browser
FORM = "/admin/draws/draw/add/"


@pytest.fixture
def desk(db, browser, tmp_path):
    """A signed-in editor at the form of a new draw."""
    environment = copy_of_record(tmp_path)
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", STAFF], cwd=ROOT, env=environment, check=True)
    with running(environment) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        sign_in(page, "erin")
        expect(page.locator("#user-tools")).to_contain_text("erin")
        page.goto(FORM)
        yield page
        context.close()


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def test_end_of_the_session_loses_nothing(desk):
    page = desk
    page.get_by_label("Official English name:").fill("Typed with care")
    page.context.clear_cookies(name="sessionid")
    save(page)

    expect(page.locator("#not-saved")).to_contain_text("what you sent was not saved")
    page.get_by_label("Username").fill("erin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.goto(FORM)
    page.get_by_role("button", name="Put it back into the form").click()

    expect(page.get_by_label("Official English name:")).to_have_value("Typed with care")
