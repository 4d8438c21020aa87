"""What every page promises to a reader with a small screen, whatever letters the machine has."""

import pytest

from tests.browser.conftest import NARROW, WIDE
from tests.site_pages import BRANCHES, PAGES

pytestmark = pytest.mark.browser

SMALLEST_TEXT, SMALLEST_TARGET = 14, 24  # pixels
FAULTS = """([smallestText, smallestTarget]) => {
  const shown = element => element.checkVisibility({ visibilityProperty: true })
    && !element.closest(".visually-hidden, .skip-link");
  const words = element => element.textContent.trim().replace(/\\s+/g, " ").slice(0, 40)
    || element.outerHTML.slice(0, 80);
  const name = element => `${element.localName}.${element.className?.baseVal ?? element.className}: ${words(element)}`;
  const all = selector => [...document.querySelectorAll(selector)].filter(shown);
  const isOutside = (cell, frame) => {
    const letters = document.createRange();
    letters.selectNodeContents(cell);
    const [inside, outside] = [letters.getBoundingClientRect(), frame.getBoundingClientRect()];
    return inside.right > outside.right + 1 || inside.left < outside.left - 1;
  };
  // A region that scrolls shows it by its shadows, which move with the table or stay with the region.
  const showsThatItScrolls = region => region.scrollWidth > region.clientWidth + 1
    && getComputedStyle(region).backgroundAttachment.includes("local")
    && getComputedStyle(region.querySelector("tbody tr:not(.group) > :first-child")).position === "sticky";
  const isClipped = cell => {
    if (!/\\d/.test(cell.textContent)) return false;
    const region = cell.closest(".table-region");
    if (region && !isOutside(cell, region)) return isOutside(cell, document.documentElement);
    if (!region) return isOutside(cell, document.documentElement);
    return region.querySelector(".draws") || !showsThatItScrolls(region);
  };
  const isSmall = text => parseFloat(getComputedStyle(text).fontSize) < smallestText
    && [...text.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const isInSentence = link => getComputedStyle(link).display === "inline" && [...link.parentElement.childNodes]
    .some(node => node !== link && node.textContent.replace(/[^\\p{L}\\d]/gu, "").length);
  const isNarrow = target => {
    const box = (target.closest("label") ?? target).getBoundingClientRect();
    return (box.width < smallestTarget || box.height < smallestTarget) && !isInSentence(target);
  };
  return {
    overflow: document.scrollingElement.scrollWidth - innerWidth,
    clipped: all("td, th, dd").filter(isClipped).map(name),
    small: all("body *:not(svg *, script, option)").filter(isSmall).map(name),
    narrow: all("a:not(svg *), button, input, select, textarea, summary").filter(isNarrow).map(name),
  };
}"""
NONE = {"overflow": 0, "clipped": [], "small": [], "narrow": [], "loading": []}


def faults(page):
    """What is wrong with the page at its width, and what did not load."""
    return page.evaluate(FAULTS, [SMALLEST_TEXT, SMALLEST_TARGET]) | {"loading": page.faults}


@pytest.mark.parametrize("url", [*BRANCHES, "/fr/", "/fr/draws/"])
def test_page_is_whole_on_a_phone(open_page, url):
    page = open_page(url, WIDE, viewport={"width": 320, "height": 640})

    assert faults(page) == NONE


@pytest.mark.thorough
@pytest.mark.parametrize("url", [*PAGES, *(f"/fr{url}" for url in PAGES)])
@pytest.mark.parametrize("family", [NARROW, WIDE])
def test_page_is_whole_at_every_width(open_page, url, family):
    page = open_page(url, family)
    found = {}

    for width in (320, 375, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = faults(page)

    assert found == {320: NONE, 375: NONE, 1280: NONE}


def test_faults_of_a_phone_are_found(open_page):
    page = open_page("/draws/", bypass_csp=True, viewport={"width": 320, "height": 640})
    style = ".draws { inline-size: 60rem } caption { font-size: 9px } .site-footer { inline-size: 400px }"

    page.add_style_tag(content=f"{style} thead a {{ display: inline !important; padding: 0 !important }}")

    assert [key for key, value in faults(page).items() if not value] == ["loading"]


def test_filters_fold_on_a_phone_and_say_how_many_are_in_use(open_page):
    page = open_page(
        "/draws/?category=stem&crs_max=490", viewport={"width": 375, "height": 667}, java_script_enabled=False
    )
    button = page.locator("form.filters button")

    folded = button.is_visible()
    page.get_by_text("Filters: 2 in use").click()

    assert (folded, button.is_visible()) == (False, True)


def test_filters_are_open_in_a_wide_window(open_page):
    page = open_page("/draws/", viewport={"width": 1280, "height": 800})

    assert page.locator("form.filters button").is_visible()
    assert not page.locator(".fold > summary").is_visible()
