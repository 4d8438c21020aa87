import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.site_pages import BRANCHES

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 375, "height": 800}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"type": "tag", "values": STANDARDS}
# What a narrow window and dark colours change; that nothing is wider than a phone stands in test_pages.py.
CHANGED_BY_WIDTH = {"type": "rule", "values": ["target-size", "scrollable-region-focusable", "color-contrast"]}
CHANGED_BY_COLOUR = {"type": "rule", "values": ["color-contrast"]}
MORE = ["/fr/", "/fr/draws/254/", "/nothing/"]


def violations(page, rules=ALL_RULES):
    options = {"resultTypes": ["violations"], "runOnly": rules}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"][:3]]


@pytest.mark.parametrize("url", [*BRANCHES, *MORE])
def test_page_is_accessible(open_page, url):
    page = open_page(url, viewport=WIDE)

    found = violations(page)
    page.emulate_media(color_scheme="dark")
    in_the_dark = violations(page, CHANGED_BY_COLOUR)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(NARROW)
    on_a_phone = violations(page, CHANGED_BY_WIDTH)

    assert (found, in_the_dark, on_a_phone) == ([], [], [])


@pytest.mark.thorough
@pytest.mark.parametrize("url", [*BRANCHES, *MORE])
def test_page_passes_every_rule_in_every_other_look(open_page, url):
    page = open_page(url, viewport=NARROW)

    found = {"light and narrow": violations(page)}
    page.emulate_media(color_scheme="dark")
    found["dark and narrow"] = violations(page)
    page.set_viewport_size(WIDE)
    found["dark and wide"] = violations(page)

    assert not any(found.values()), found


def test_violation_is_found(open_page):
    page = open_page("/about/")

    page.evaluate("document.querySelector('h1').remove(); document.documentElement.lang = ''")

    assert {fault.split(":")[0] for fault in violations(page)} >= {"html-has-lang", "page-has-heading-one"}


@pytest.mark.parametrize(
    ("rules", "style"),
    [
        (CHANGED_BY_COLOUR, "main { color: #888 !important; background: #777 !important }"),
        (CHANGED_BY_WIDTH, "nav a { font-size: 4px !important; padding: 0 !important; line-height: 5px !important }"),
    ],
)
def test_violation_of_one_look_is_found(open_page, rules, style):
    page = open_page("/about/", bypass_csp=True)

    page.add_style_tag(content=style)

    assert {fault.split(":")[0] for fault in violations(page, rules)} <= set(rules["values"])
    assert violations(page, rules) != []
