"""When a phone on a slow line has drawn a page, and how far it moved: ``python -m tests.benchmarks.paint``.

A throttled Chromium reads a real gunicorn, each time with nothing kept. Prints, judges nothing.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.benchmarks.pages import prepare, site
from tests.chromium import launch

PAGES = ["/", "/draws/", "/draws/254/", "/draws/cec/", "/occupations/21231/", "/categories/stem/"]
TURNS = 5  # the median counts
SECONDS, SHIFT = 1.5, 0.02  # budgets
PHONE = {"viewport": {"width": 375, "height": 667}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOWER_PROCESSOR = 4
OBSERVE = """
  window.paint = 0;
  window.shift = 0;
  const observe = (type, each) => new PerformanceObserver(list => list.getEntries().forEach(each)).observe({ type, buffered: true });
  observe("largest-contentful-paint", entry => { paint = entry.startTime; });
  observe("layout-shift", entry => { shift += entry.value; });
"""  # noqa: E501 - a script


def visit(browser, url):
    """Seconds to the largest paint, and the sum of layout shifts, of a first visit."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    page.add_init_script(OBSERVE)
    page.goto(url, wait_until="networkidle")
    paint, shift = page.evaluate("[paint / 1000, shift]")
    context.close()
    return paint, shift


def measure(browser, address):
    print(f"\n{'375 px, 1.6 Mbit/s, 150 ms, processor ÷ 4':44} {'largest paint':>14} {'layout shift':>13}")
    for path in PAGES:
        paints, shifts = zip(*(visit(browser, address + path) for _ in range(TURNS)), strict=True)
        paint, shift = statistics.median(paints), statistics.median(shifts)
        over = " over budget" if paint > SECONDS or shift > SHIFT else ""
        print(f"{path:44} {paint:12.2f} s {shift:13.4f}{over}", flush=True)


def main():
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        url = f"sqlite:///{Path(folder) / 'record.sqlite3'}"
        prepare(url)
        browser = launch(playwright)
        with site(url) as (address, _pid):
            measure(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
