import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# A date field's calendar button has the focus inside the field, where the browser alone draws it.
FOCUS = """(selector) => {
    const node = document.activeElement;
    const unseen = node.matches(":focus") && getComputedStyle(node).outlineStyle === "none";
    return [node.matches(selector), unseen ? node.outerHTML : ""];
}"""


def tab_to(page, selector, limit=80):
    """Press Tab until the element has the focus, which must be visible on the way; return the presses."""
    for presses in range(1, limit):
        page.keyboard.press("Tab")
        reached, unseen = page.evaluate(FOCUS, selector)
        assert unseen == ""
        if reached:
            return presses
    raise AssertionError(f"{selector} is not reached by {limit} presses of Tab")


def test_skip_link_leads_to_the_content(open_page):
    page = open_page("/draws/")

    presses = tab_to(page, ".skip-link")
    page.keyboard.press("Enter")

    assert presses == 1
    expect(page.locator("#main")).to_be_focused()


def test_draws_are_filtered_sorted_and_opened_by_keyboard(open_page):
    page = open_page("/draws/")

    tab_to(page, "select[name=category]")
    page.keyboard.type("STEM")
    tab_to(page, "form.filters button")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "category=stem" in url)
    tab_to(page, "th a[href*=cutoff]")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sort=-cutoff" in url)
    tab_to(page, "tbody a[href^='/draws/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/draws/293/")  # the highest cut-off of the three

    expect(page.locator("h1")).to_contain_text("293")
    assert page.faults == []


def test_sorted_column_says_so(open_page):
    page = open_page("/draws/?sort=cutoff")

    assert page.locator("th[aria-sort=ascending] a").get_attribute("href").find("sort=-cutoff") >= 0
