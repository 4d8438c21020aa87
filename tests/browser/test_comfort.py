"""What scripts add to every page: colours of one's own choice, and sharing."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAPER = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(252, 252, 249)", "rgb(18, 22, 20)"


def test_chosen_colours_are_there_before_the_next_page_is_drawn(open_page, site):
    page = open_page("/about/", color_scheme="light")
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => {{ window.first = {PAPER} }})")

    page.select_option("#theme", "dark")
    at_once = page.evaluate(PAPER)
    page.goto(f"{site}/glossary/")

    assert (at_once, page.evaluate("window.first"), page.faults) == (DARK, DARK, [])
    expect(page.locator("#theme")).to_have_value("dark")
    page.select_option("#theme", "auto")
    assert page.evaluate(PAPER) == LIGHT
    assert page.context.cookies() == []


def test_page_without_scripts_follows_the_device_and_offers_no_dead_button(open_page):
    page = open_page("/draws/447/", color_scheme="dark", java_script_enabled=False)

    assert page.locator(".comfort").is_hidden()
    assert page.locator("[data-copy]").is_hidden()
    assert page.locator("#theme, [data-share]").count() == 2


def test_link_of_a_page_can_be_copied(open_page, site):
    page = open_page("/draws/?category=stem", permissions=["clipboard-read", "clipboard-write"])
    button = page.locator("[data-copy-page]")

    button.click()

    expect(button).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}/draws/?category=stem"


CLIPBOARD = """
Object.defineProperty(navigator, "clipboard", { value: { writeText: text => { window.copied = text; } } });
Object.defineProperty(navigator, "share", { value: async shared => { window.shared = shared.url; } });
"""


def test_page_is_shared_and_its_link_copied_as_it_is_now(open_page, site):
    page = open_page("/about/")
    page.context.add_init_script(CLIPBOARD)
    page.goto(f"{site}/draws/cec/")

    page.locator("#stream-cec-crs").fill("510")
    page.wait_for_url("**/draws/cec/?crs=510")
    page.get_by_role("button", name="Copy the link to this page").click()
    page.get_by_role("button", name="Share this page").click()

    assert page.evaluate("[copied, shared]") == [f"{site}/draws/cec/?crs=510"] * 2


def test_device_that_cannot_share_is_offered_the_link_alone(open_page):
    page = open_page("/about/")

    page.evaluate("navigator.share && document.querySelector('[data-share]').remove()")

    assert page.locator("[data-share]:visible").count() == 0
    assert page.locator("[data-copy-page]").is_visible()
