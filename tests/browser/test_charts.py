"""Charts answer to the keyboard, a pointer and a finger, and move nothing; the choice stands in the address."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# One of each kind: a page, its chart, and how the first mark that End leads to is read out.
KINDS = [
    ("/", "recent", "October 1, 2026 · "),
    ("/draws/446/", "draw-446", " · Draw: 446 · CRS score: "),
    ("/statistics/", "invitations", "2015 · Canadian Experience Class · Draws: "),
    ("/statistics/", "gaps", "2015 · Gaps: "),
    ("/statistics/", "year", "2015 · Dec: 31,063"),
    ("/pool/?crs=480", "pool-2026-09-27", "601–1200 · Candidates: "),
    ("/pool/", "pool", " · Total: "),
]
SHIFT = """() => new Promise(done => new PerformanceObserver(list => done(
  list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({ type: "layout-shift", buffered: true })
  || setTimeout(done, 500, 0))"""


def places(plot):
    """Where the marks are on the screen, in the order of the table."""
    return plot.evaluate("""plot => {
        const svg = [...plot.querySelectorAll("svg")].find(one => one.getBoundingClientRect().width);
        const box = svg.getBoundingClientRect();
        const scale = box.width / svg.viewBox.baseVal.width;
        return svg.dataset.at.split(" ").filter(at => at !== "-").map(at => at.split(","))
          .map(([x, y]) => [box.left + x * scale, box.top + y * scale]);
    }""")


def plot_of(page, key):
    plot = page.locator(f"#chart-{key} .plot")
    plot.scroll_into_view_if_needed()
    return plot, page.locator(f"#chart-{key}-readout")


@pytest.mark.parametrize("width", [375, 1280])
def test_charts_are_read_by_keys_pointer_and_finger(open_page, width):
    for url, key, words in KINDS:
        page = open_page(url, viewport={"width": width, "height": 800}, has_touch=True)
        plot, readout = plot_of(page, key)

        plot.focus()
        page.keyboard.press("End")
        expect(readout).to_contain_text(words)
        page.keyboard.press("Escape")
        expect(readout).to_contain_text("arrow keys")
        (x, y), *_others, (last_x, last_y) = places(plot)
        page.mouse.move(x, y)
        pointed = readout.inner_text()
        page.touchscreen.tap(last_x, last_y)
        expect(readout).not_to_have_text(pointed)
        expect(plot.locator(".pointed:visible circle")).to_have_count(1)
        assert page.faults == []
        page.context.close()


def test_arrow_keys_go_through_the_draws_in_time_and_enter_opens_one(open_page):
    page = open_page("/draws/cec/")
    plot, readout = plot_of(page, "stream-cec")

    plot.focus()
    page.keyboard.press("Home")
    expect(readout).to_contain_text("February 20, 2015")
    page.keyboard.press("ArrowRight")
    expect(readout).not_to_contain_text("February 20, 2015")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")

    page.wait_for_url("**/draws/3/")


def test_click_on_a_mark_opens_its_draw(open_page):
    page = open_page("/draws/stem/")
    plot, _readout = plot_of(page, "stream-stem")

    page.mouse.click(*places(plot)[0])

    page.wait_for_url("**/draws/293/")


def test_chart_is_one_stop_of_the_tab_key(open_page):
    page = open_page("/draws/cec/")
    plot, _readout = plot_of(page, "stream-cec")

    plot.focus()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "SVG"


def test_switch_and_score_show_at_once_and_stand_in_the_address(open_page):
    page = open_page("/")
    plot, _readout = plot_of(page, "recent")

    page.locator("#chart-recent input[value=pnp]").uncheck()
    page.wait_for_url("**/?*stream=cec*")
    page.locator("#recent-crs").fill("500")
    page.wait_for_url("**/?*crs=500*")

    expect(plot.get_by_text("My score: 500").locator("visible=true")).to_have_count(1)
    expect(plot.get_by_text("Above 600 points")).to_have_count(0)
    assert "stream=pnp" not in page.url
    assert "crs=500" in page.locator(".languages a").get_attribute("href")
    assert page.faults == []


def test_choice_works_by_the_form_where_scripts_do_not_run(open_page):
    page = open_page("/draws/cec/?crs=500", java_script_enabled=False, viewport={"width": 1280, "height": 800})

    page.locator("#stream-cec-crs").fill("510")
    page.locator("#chart-stream-cec button").click()
    page.wait_for_url("**/draws/cec/?crs=510#chart-stream-cec")

    expect(page.locator("#chart-stream-cec .chart-wide").get_by_text("My score: 510")).to_be_visible()
    assert page.locator("#chart-stream-cec .readout").is_visible() is False


@pytest.mark.parametrize("url", ["/", "/pool/", "/draws/447/"])
def test_nothing_moves_when_the_script_starts(open_page, url):
    page = open_page(url, viewport={"width": 375, "height": 667})

    page.wait_for_function("document.querySelector('.plot[tabindex]')")

    assert page.evaluate(SHIFT) <= 0.02
