"""Processor time of public addresses on a miss: python -m tests.benchmarks.misses [ADDRESS …]

Without addresses: one of each type with its queries and the weight of a first visit, then all that the sitemap and its
pages lead to. What stays far below the budget at its first turn is not asked again; the rest counts as best of five,
asked for in rounds, so that all have their quiet moments. The loop tells how fast the machine was meanwhile.
"""

import re
import sys
import time
from html import unescape

import django
from django.test import Client

from expressentry.serving.stack import with_room

BUDGET, NEAR = 100, 60  # milliseconds
LOOPS = 200_000
COMPRESSED = {"Accept-Encoding": "br"}
LINK = re.compile(r'(?:href|src|content)="(?:https?://testserver)?(/[^"#]*)')
NOT_OURS = ("/static/", "/admin/", "/check/")


def main():
    django.setup()
    from occupations.search.index import search_index

    search_index()  # as every worker does at its start
    if sys.argv[1:]:
        for address, taken in best(sys.argv[1:]).items():
            print(f"{address:64} {taken:6.0f}", flush=True)
        return
    each_type()
    every_address()


def each_type():
    from tests.site_pages import PAGES
    from tests.test_site import Page, first_visit

    times = best(PAGES)
    print(f"\n{'a miss':64} {'ms':>6} {'queries':>8} {'kB of a first visit':>20}")
    for address, page in zip(PAGES, map(Page, PAGES), strict=True):
        print(f"{address[:64]:64} {times[address]:6.0f} {page.queries:8} {first_visit(page) / 1000:20.1f}", flush=True)


def every_address():
    found = {}
    measure(in_sitemap(), found)
    measure({link for _taken, links in list(found.values()) for link in links}, found)
    near = {address for address, (taken, _links) in found.items() if taken > NEAR}
    times = best({*near, *map(in_french, near)})
    over = sum(taken > BUDGET for taken in times.values())
    print(f"\n{len(found)} addresses, {over} over {BUDGET} ms of processor time; the slowest:")
    for address in sorted(times, key=times.get, reverse=True)[:15]:
        print(f"{address[:64]:64} {times[address]:6.0f}")
    print(f"{LOOPS} additions{'':48} {min(loop() for _turn in range(20)):6.1f}")


def in_sitemap():
    """Every English page."""
    paths = re.findall("<loc>http://testserver(.*?)</loc>", Client().get("/sitemap.xml").content.decode())
    return {path for path in map(unescape, paths) if not path.startswith("/fr/")} | {"/sitemap.xml", "/robots.txt"}


def in_french(address):
    return address if address.startswith(("/fr/", "/api/", "/sitemap", "/robots")) else f"/fr{address}"


def measure(addresses, found):
    """The time of a first turn of each address that is not found yet, and the English addresses to which it leads."""
    for address in sorted(addresses - found.keys()):
        taken, response = answer(address)
        text = response.content.decode() if response.headers["Content-Type"].startswith("text/html") else ""
        links = {unescape(link) for link in LINK.findall(text)}
        found[address] = taken, {link for link in links if not link.startswith((*NOT_OURS, "/fr/"))}


def best(addresses):
    """Milliseconds of each address, the best of five rounds, after one that fills what a worker holds once it runs."""
    rounds = [{address: answer(address)[0] for address in addresses} for _turn in range(6)]
    return {address: min(taken[address] for taken in rounds[1:]) for address in addresses}


def loop():
    """Milliseconds of something that is always the same."""
    start, total = time.process_time(), 0
    for number in range(LOOPS):
        total += number
    return 1000 * (time.process_time() - start)


def answer(address):
    """Milliseconds of processor time, and the response."""
    start = time.process_time()
    response = with_room(Client().get)(address)
    if response.status_code not in (200, 301, 302):
        raise SystemExit(f"{address}: {response.status_code}")
    return 1000 * (time.process_time() - start), response


if __name__ == "__main__":
    main()
