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
    page = open_page("/about/", color_scheme="dark", java_script_enabled=False)

    assert page.locator(".comfort").is_hidden()
    assert page.locator("#theme, [data-share]").count() == 2


def test_link_of_a_page_can_be_copied(open_page, site):
    page = open_page("/draws/?category=stem", permissions=["clipboard-read", "clipboard-write"])
    button = page.locator("[data-share]")

    button.click()

    expect(button).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}/draws/?category=stem"
