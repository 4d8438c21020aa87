"""Draw day: a new draw goes from the feed to the public in few clicks, is corrected, and put back."""

import subprocess
import sys
import time
from base64 import b32decode
from contextlib import contextmanager

import pytest
from django.utils.formats import date_format
from django_otp.oath import TOTP
from playwright.sync_api import expect

from draws.models import Draw
from editing.days import canadian_day
from tests.conftest import ROOT
from tests.draws.feed_rows import POOL, file_of, pool_row, row
from tests.draws.feed_server import feed_server
from tests.servers import copy_of_record, running

pytestmark = pytest.mark.browser
REASON = "The instruction says 3,500"
PASSWORD = "a long walk on draw day"
STAFF = f"""
from django.contrib.auth.models import Group, User
for name, group in [("erin", "Editors"), ("paul", "Publishers")]:
    user = User.objects.create_user(name, password={PASSWORD!r}, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
"""
ALL_BUT_PNP = "Federal Skilled Worker Program, Canadian Experience Class and Federal Skilled Trades Program"
NO_POOL = dict.fromkeys(pool_row(POOL), ...)
NEW = row(
    drawNumber="448",
    drawDate="2026-10-08",
    drawDateFull="October 8, 2026",
    drawName="Canadian Experience Class",
    drawSize="3,000",
    drawCRS="512",
    DrawText1="",
    drawText2="Canadian Experience Class",
    drawDateTime="October 8, 2026 at 14:05:06 UTC",
    drawCutOff="March 3, 2026 at 01:02:03 UTC",
    drawDistributionAsOn="October 4, 2026",
)
NEW_DRAW = "Draw 448"
LATER = {
    "drawNumber": "449",
    "drawDate": "2026-10-09",
    "drawDateFull": "October 9, 2026",
    "drawDateTime": "October 9, 2026 at 14:05:06 UTC",
    "drawCRS": "511",
    "drawDistributionAsOn": "",
}
NEXT = row(**NEW | LATER | NO_POOL)


@pytest.fixture
def feed(db):
    """The newest draws as the record has them, and a new one."""
    with feed_server() as feed:
        new = NEW | pool_row(vars(Draw.objects.published()[0].pool))
        feed.content = file_of(new, *map(as_fed, Draw.objects.published()[:3]))
        yield feed


def as_fed(draw):
    pool = pool_row(vars(draw.pool)) if draw.pool else NO_POOL
    return row(
        drawNumber=draw.number,
        drawDate=draw.date.isoformat(),
        drawDateFull=f"{draw.date:%B %d, %Y}",
        drawName=draw.name_en,
        drawSize=f"{draw.invitations:,}",
        drawCRS=str(draw.cutoff),
        DrawText1="",
        drawText2=ALL_BUT_PNP if draw.edition else draw.name_en,
        drawDateTime="",
        drawCutOff=f"{draw.tie_break:%B %d, %Y at %H:%M:%S} UTC",
        drawDistributionAsOn=f"{draw.pool.as_on:%B %d, %Y}" if draw.pool else "",
        **pool,
    )


@pytest.fixture
def desk(feed, browser, tmp_path):
    """A function that gives the browser of one more person at a site of our own, which has two workers."""
    with desks(browser, copy_of_record(tmp_path) | {"DJANGO_FEED_URL": feed.address}) as sit_down:
        yield sit_down


@contextmanager
def desks(browser, environment):
    """A function that gives the browser of one more person, at a site with an editor and a publisher."""
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", STAFF], cwd=ROOT, env=environment, check=True)
    contexts = []
    with running(environment, workers="2") as address:

        def sit_down():
            contexts.append(browser.new_context(base_url=address))
            return contexts[-1].new_page()

        yield sit_down
        for context in contexts:
            context.close()


def sign_in(page, name):
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def enrol(page):
    """Set up the second factor as its page says; the key is what an authenticator app would scan."""
    says(page, "Set up your second factor")
    key = b32decode(page.locator("ol code").inner_text().replace(" ", ""))
    give(page, key)
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.get_by_role("link", name="I have them: go on").click()
    return key


def give(page, key, later=0):
    """The code of the moment, or of a later one: each is good once."""
    app = TOTP(key)
    app.time = time.time() + later
    page.get_by_label("Code").fill(f"{app.token():06d}")
    page.get_by_role("button", name="Go on").click()


def words(page):
    return " ".join(page.locator("body").inner_text().split())


def says(page, text):
    """Wait for the page that a click asked for: it has this text."""
    expect(page.locator("body")).to_contain_text(text)


def told(page, text):
    """Wait for what the admin says after a step."""
    expect(page.locator(".messagelist")).to_contain_text(text)


def figures(page):
    """The figures of the public page of the new draw."""
    assert page.goto("/draws/448/").status == 200
    return page.locator("dl.figures dd").all_inner_texts()


def in_feed(page):
    answer = page.request.get("/feeds/draws.atom")
    assert answer.status == 200
    return answer.text()


def open_draw(page):
    page.goto("/admin/draws/draw/?q=448")
    page.get_by_role("link", name="448", exact=True).click()
    expect(page.get_by_label("Why:", exact=True)).to_be_visible()


def open_history(page):
    open_draw(page)
    page.get_by_role("link", name="History").click()


def test_draw_day(feed, desk):
    """A long walk: each step stands on the one before."""
    clicks = []
    reader, editor, publisher = desk(), desk(), desk()
    assert reader.goto("/draws/448/").status == 404
    assert "Draw 448" not in in_feed(reader)

    edit(editor, clicks)
    assert reader.goto("/draws/448/").status == 404
    assert "Draw 448" not in in_feed(reader)

    publish(publisher, clicks)
    assert clicks == ["Fetch and compare", "Save and submit for review", NEW_DRAW, "Approve"]
    assert figures(reader)[:3] == ["512", "3,000", "3,000 or above"]
    assert "Draw 448: Canadian Experience Class" in in_feed(reader)

    correct(publisher)
    today = date_format(canadian_day(), "DATE_FORMAT")
    assert figures(reader)[:3] == ["512", "3,500", "3,500 or above"]
    assert f"3,000 3,500. This record had it wrong until {today}." in words(reader)
    assert REASON in words(reader)
    assert "This record had it wrong: Invitations issued, “3,000” became “3,500”." in in_feed(reader)

    undo(publisher)
    assert figures(reader)[:3] == ["512", "3,000", "3,000 or above"]
    assert "Changed after publication" not in words(reader)
    assert "“3,500”" not in in_feed(reader)

    feed.content = file_of(NEXT, *map(as_fed, Draw.objects.published()[:1]))
    assert publish_alone(publisher) == ["Import draws", "Fetch and compare", "Save and publish"]
    assert reader.goto("/draws/449/").status == 200


def click(page, role, name, clicks):
    """Click what people see under that name, and count it."""
    page.get_by_role(role, name=name, exact=True).click()
    clicks.append(name)


def edit(page, clicks):
    """Sign in with a second factor; from the first page fetch the feed, look at it, and submit the new draw."""
    sign_in(page, "erin")
    page.goto("/admin/second-factor/")
    key = enrol(page)
    page.get_by_role("button", name="Log out").click()
    sign_in(page, "erin")
    give(page, key, later=30)

    page.goto("/admin/")
    click(page, "button", "Fetch and compare", clicks)
    says(page, "added 1, changed 0, unchanged 3, refused 0")
    assert page.get_by_role("button", name="Save and publish").count() == 0
    expect(page.get_by_label("448")).to_be_checked()
    click(page, "button", "Save and submit for review", clicks)
    told(page, "Pool snapshot October 4, 2026 went with it.")
    told(page, "1 draw was saved and submitted for review.")
    open_draw(page)
    assert page.get_by_role("button", name="Save and publish").count() == 0


def publish(page, clicks):
    """Sign in, which takes a second factor of one's own, and approve the draw that waits, with its pool."""
    sign_in(page, "paul")
    enrol(page)
    page.goto("/admin/")
    click(page, "link", NEW_DRAW, clicks)
    says(page, "Submitted by erin.")
    click(page, "button", "Approve", clicks)
    told(page, "is public now")


def publish_alone(page):
    """From the first page: fetch the feed, look at it, and publish what is new."""
    clicks = []
    page.goto("/admin/")
    click(page, "link", "Import draws", clicks)
    click(page, "button", "Fetch and compare", clicks)
    says(page, "added 1, changed 0")
    expect(page.get_by_label("449")).to_be_checked()
    click(page, "button", "Save and publish", clicks)
    told(page, "1 draw was saved.")
    return clicks


def correct(page):
    """The instruction says 3,500: put that in place with the reason, and tell the public with one tick."""
    open_draw(page)
    page.get_by_label("Invitations issued").first.fill("3500")
    page.get_by_label("This record was wrong", exact=True).first.check()
    page.get_by_label("Why:", exact=True).fill(REASON)
    page.get_by_role("button", name="Save", exact=True).first.click()
    told(page, "published")
    open_history(page)
    says(page, REASON)
    page.get_by_label("3000 → 3500").check()
    page.get_by_label("Note for readers").first.fill(REASON)
    tell_the_public(page)
    told(page, "1 correction is public.")


def undo(page):
    """Go back to the version before the last one, and withdraw the public correction that this makes untrue."""
    open_history(page)
    page.get_by_role("link", name="Go back to this version").first.click()
    expect(page.get_by_role("row", name="Invitations issued 3500 3000")).to_be_visible()
    page.get_by_label("Why:", exact=True).fill("The first figure was right")
    page.get_by_label("This record was wrong", exact=True).check()
    page.get_by_label("Withdraw them").check()
    page.get_by_role("button", name="Go back to this version").click()
    told(page, "The row is as it was in that version.")
    says(page, "The first figure was right")


def tell_the_public(page):
    page.get_by_role("button", name="This record was wrong").first.click()
