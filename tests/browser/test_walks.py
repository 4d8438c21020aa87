"""Two more days of the desk: one on which things go wrong, and one on which a category gets a new list."""

import pytest
from playwright.sync_api import expect

from draws.models import Draw
from tests.browser.test_draw_day import (
    NEW,
    as_fed,
    click,
    desks,
    in_feed,
    open_draw,
    open_history,
    says,
    sign_in,
    tell_the_public,
    told,
    words,
)
from tests.draws.feed_rows import file_of, pool_row
from tests.draws.feed_server import feed_server
from tests.servers import copy_of_record

pytestmark = pytest.mark.browser
WHY = "The page says 3,000"
LIST = "Cooks\t63200\t3\nBakers\t63202\t3\n"


@pytest.fixture
def feed(db):
    """The newest draws as the record has them, and a new one with a wrong figure."""
    with feed_server() as feed:
        new = NEW | {"drawSize": "3,900"} | pool_row(vars(Draw.objects.published()[0].pool))
        feed.content = file_of(new, *map(as_fed, Draw.objects.published()[:3]))
        yield feed


@pytest.fixture
def desk(feed, browser, tmp_path):
    """A function that gives the browser of one more person; a password is enough to sign in."""
    settings = {"DJANGO_FEED_URL": feed.address, "DJANGO_REQUIRE_SECOND_FACTOR": "0"}
    with desks(browser, copy_of_record(tmp_path) | settings) as sit_down:
        yield sit_down


def fetch(page, clicks):
    page.goto("/admin/")
    click(page, "button", "Fetch and compare", clicks)


def correct(page, clicks):
    """Put the right figure in place with the reason, and tell the public."""
    open_draw(page)
    page.get_by_label("Invitations issued").first.fill("3000")
    page.get_by_label("This record was wrong", exact=True).first.check()
    page.get_by_label("Why:", exact=True).fill(WHY)
    page.get_by_role("button", name="Save", exact=True).first.click()
    told(page, "published")
    clicks.append("Save")
    open_history(page)
    clicks.append("History")
    page.get_by_label("3900 → 3000").check()
    page.get_by_label("Note for readers").first.fill(WHY)
    tell_the_public(page)
    told(page, "1 correction is public.")
    clicks += ["3900 → 3000", "This record was wrong"]


def type_on_after_the_session(page):
    """The session ends while somebody types: what was typed is there again after signing in."""
    open_draw(page)
    address = page.url
    page.get_by_label("Why:", exact=True).fill("Typed with care")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).first.click()
    says(page, "what you sent was not saved")
    sign_in(page, "paul")
    page.goto(address)
    page.get_by_role("button", name="Put it back into the form").click()
    expect(page.get_by_label("Why:", exact=True)).to_have_value("Typed with care")


def go_back(page):
    """The wrong figure was right after all: the correction that is no longer true is answered by another."""
    open_history(page)
    page.get_by_role("link", name="Go back to this version").first.click()
    says(page, "No longer true after this: public corrections")
    page.get_by_label("This record was wrong", exact=True).first.check()
    page.get_by_label("Why:", exact=True).fill("The page was wrong")
    page.get_by_label("Withdraw them").check()
    page.get_by_role("button", name="Go back to this version").click()
    told(page, "The row is as it was in that version.")


def test_bad_day(feed, desk):
    """Wrong draw published, found, corrected, the public told; a round taken out of the feed; going back."""
    reader, publisher, clicks = desk(), desk(), []
    sign_in(publisher, "paul")

    fetch(publisher, clicks)
    click(publisher, "button", "Save and publish", clicks)
    told(publisher, "1 draw was saved.")
    assert reader.goto("/draws/448/").status == 200
    assert clicks == ["Fetch and compare", "Save and publish"]

    correct(publisher, found := [])
    assert found == ["Save", "History", "3900 → 3000", "This record was wrong"]
    reader.reload()
    says(reader, "3,900 3,000. This record had it wrong until")
    assert WHY in words(reader)
    assert "“3,900” became “3,000”." in in_feed(reader)

    feed.content = file_of(*map(as_fed, Draw.objects.published()[:3]))
    fetch(publisher, [])
    says(publisher, "92–444, 448. Nothing here changes by itself.")

    type_on_after_the_session(publisher)

    go_back(publisher)
    reader.reload()
    assert "Changed after publication" not in words(reader)


def copy(page, clicks):
    """From the edition in force to the draft of the next, with its list, submitted for review."""
    page.goto("/admin/occupations/edition/?q=trade")
    page.get_by_role("row", name="published").first.get_by_role("link").first.click()
    click(page, "link", "Copy as the next edition", clicks)
    for label, text in {"Version": "2027", "In force from": "2027-01-04", "Source": "Instructions"}.items():
        page.get_by_label(f"{label}:", exact=True).fill(text)
    page.get_by_label("Evidence:").select_option("official")
    page.get_by_label("Checked on:").fill("2026-11-20")
    click(page, "button", "Copy", clicks)
    page.get_by_label("Codes and titles:").fill(LIST)
    page.get_by_label("Evidence").select_option("reported")
    page.get_by_label("Source:", exact=True).fill("A mail")
    click(page, "button", "Compare", clicks)
    says(page, "2 occupations read")
    click(page, "button", "Save this list", clicks)
    told(page, "Pasted list of 2 occupations")
    click(page, "button", "Save and submit for review", clicks)
    told(page, "in review")


def test_new_edition(desk):
    """Copied as the next edition, given its list, reviewed, published; the old one ends."""
    reader, editor, publisher, clicks = desk(), desk(), desk(), []
    sign_in(editor, "erin")
    copy(editor, clicks)
    assert reader.goto("/categories/trade/2027/").status == 404

    sign_in(publisher, "paul")
    publisher.goto("/admin/")
    publisher.locator(".board").get_by_role("link", name="2027").click()
    says(publisher, "Submitted by erin.")
    click(publisher, "button", "Approve", clicks)
    told(publisher, "is public now")

    assert clicks == [
        "Copy as the next edition", "Copy", "Compare", "Save this list", "Save and submit for review", "Approve",
    ]  # fmt: skip
    assert reader.goto("/categories/trade/2027/").status == 200
    says(reader, "Bakers")
    reader.goto("/categories/trade/")
    assert "January 3, 2027" in words(reader)
