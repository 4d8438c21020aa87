import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.site_pages import PAGES

pytestmark = pytest.mark.browser

SIZES = [{"width": 375, "height": 800}, {"width": 1280, "height": 900}]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}


def violations(page):
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"][:3]]


# Each type once: axe needs half a minute for 448 rows, and learns nothing from them.
SAME_TYPE = {"/draws/?per_page=all", "/draws/1/", "/draws/91a/", "/draws/447/", "/pool/?crs=480", "/pool/2026-08-16/"}
SAME_TYPE |= {"/programs/federal-skilled-trades/", "/programs/canadian-experience-class/"}
TYPES = [url for url in PAGES if url not in SAME_TYPE]


@pytest.mark.parametrize("url", [*TYPES, "/fr/", "/fr/draws/254/", "/nothing/"])
def test_page_is_accessible(open_page, url):
    page = open_page(url)
    found = {}

    for size in SIZES:
        for scheme in ["light", "dark"]:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            found[f"{size['width']} {scheme}"] = violations(page)

    assert {key: faults for key, faults in found.items() if faults} == {}
    assert len(found) == 4


def test_violation_is_found(open_page):
    page = open_page("/about/")

    page.evaluate("document.querySelector('h1').remove(); document.documentElement.lang = ''")

    assert {fault.split(":")[0] for fault in violations(page)} >= {"html-has-lang", "page-has-heading-one"}
