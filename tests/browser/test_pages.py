import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import NARROW, WIDE

pytestmark = pytest.mark.browser


def test_letters_are_narrow_or_wide(open_page):
    width = "document.querySelector('.languages a').getBoundingClientRect().width"

    widths = [open_page("/about/", family).evaluate(width) for family in (NARROW, WIDE)]

    assert widths[1] > 1.05 * widths[0]


def test_fault_is_heard(open_page):
    page = open_page("/about/")

    page.evaluate("document.body.append(Object.assign(new Image(), {src: '/static/missing.png'}))")
    page.wait_for_load_state("networkidle")

    assert len(page.faults) == 2  # the answer and the console's word on it


def test_page_loads_nothing_from_elsewhere(open_page, site):
    page = open_page("/about/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{site}/draws/254/")

    assert [url for url in asked if not url.startswith(site)] == []
    assert len(asked) > 3


def test_sheet_of_paper_has_the_address_and_no_navigation(open_page, site):
    page = open_page("/draws/254/")

    page.emulate_media(media="print")

    assert page.locator("nav").evaluate_all("all => all.filter(nav => nav.checkVisibility()).length") == 0
    assert page.locator(".print-only", has_text=f"{site}/draws/254/").first.is_visible()
    assert page.locator("h1").is_visible()


def test_sheet_of_paper_has_the_whole_table(open_page, tmp_path):
    page = open_page("/draws/?per_page=all")

    page.pdf(path=tmp_path / "draws.pdf", format="A4")

    text = "".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "draws.pdf").pages)
    assert "/draws/" in text
    assert ("91a" in text, "January 31, 2015" in text) == (True, True)


def test_filters_work_without_javascript(open_page):
    page = open_page("/draws/", java_script_enabled=False)

    page.select_option("select[name=category]", "stem")
    page.click("form.filters button")

    page.wait_for_url(lambda url: "category=stem" in url)
    expect(page.locator("tbody a[href^='/draws/']")).to_have_text(["293", "274", "254"])
    assert page.locator("button[data-copy]:visible").count() == 0


def test_dark_paper_is_dark(open_page):
    colours = {}

    for scheme in ["light", "dark"]:
        page = open_page("/", color_scheme=scheme)
        red = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")
        colours[scheme] = "dark" if int(red) < 128 else "light"

    assert colours == {"light": "light", "dark": "dark"}


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("/draws/254/", ["#chart-draw-254", "#pool", "#occupations"]),
        ("/programs/", ["#several", "#compare"]),
        ("/about/", [".contents"]),
    ],
)
def test_wide_window_is_used(open_page, address, parts):
    """Each of these parts reaches the right edge of the page, beside or below the text."""
    page = open_page(address, viewport={"width": 1280, "height": 900})
    right = "element => element.getBoundingClientRect().right"

    edge = page.locator("main > .page-head").evaluate(right)

    assert {part: edge - page.locator(part).evaluate(right) < 1 for part in parts} == dict.fromkeys(parts, True)


COLOURS = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  const meant = (mark) => { probe.setAttribute("style", ""); probe.style.color = `var(--mark-${mark})`; return getComputedStyle(probe).color; };
  return [...document.querySelectorAll("main svg.mark")].map((svg) => {
    const mark = svg.querySelector("use").getAttribute("href").split("#")[1];
    return [mark, getComputedStyle(svg).fill, meant(mark)];
  });
}"""  # noqa: E501 - a script


@pytest.mark.parametrize("address", ["/", "/draws/", "/draws/stem/", "/occupations/21231/"])
def test_marks_have_the_colours_of_their_streams(open_page, address):
    page = open_page(address, bypass_csp=True)

    marks = page.evaluate(COLOURS)

    assert [found for found in marks if found[1] != found[2]] == []
    assert len(marks) > 1
