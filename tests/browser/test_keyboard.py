import pytest

pytestmark = pytest.mark.browser


def tab_to(page, selector, limit=80):
    """Press Tab until the element has the focus, which must be visible on the way; return the presses."""
    for presses in range(1, limit):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate("node => getComputedStyle(node).outlineStyle") != "none"
        if focused.evaluate("(node, selector) => node.matches(selector)", selector):
            return presses
    raise AssertionError(f"{selector} is not reached by {limit} presses of Tab")


def test_skip_link_leads_to_the_content(open_page):
    page = open_page("/draws/")

    presses = tab_to(page, ".skip-link")
    page.keyboard.press("Enter")

    assert presses == 1
    assert page.locator(":focus").get_attribute("id") == "main"


def test_draws_are_filtered_sorted_and_opened_by_keyboard(open_page):
    page = open_page("/draws/")

    tab_to(page, "select[name=category]")
    page.keyboard.type("STEM")
    tab_to(page, "form.filters button")
    page.keyboard.press("Enter")
    page.wait_for_url("**category=stem**")
    tab_to(page, "th a[href*=cutoff]")
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=cutoff**")
    lowest_first = page.locator("tbody tr").first.inner_text()
    tab_to(page, "tbody a[href^='/draws/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/draws/*/")

    number = page.url.split("/")[-2]
    assert "category=stem" not in page.url
    assert number in lowest_first
    assert number in page.locator("h1").inner_text()


def test_sorted_column_says_so(open_page):
    page = open_page("/draws/?sort=cutoff")

    assert page.locator("th[aria-sort=ascending]").inner_text().strip().startswith("CRS")
