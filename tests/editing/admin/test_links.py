"""Every link in the admin leads the role that sees it to a page."""

import html
import re
from collections import deque
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.urls import resolve

LINK = re.compile(r'<(?:a|iframe)\s[^>]*?(?:href|src)="([^"]*)"')


def kind_of(url):
    """Addresses of one kind differ in their rows and values alone."""
    parts = urlsplit(url)
    return resolve(parts.path).view_name, *(name for name, _value in parse_qsl(parts.query))


def links(page, url):
    """The addresses of the admin that a page links to."""
    for link in LINK.findall(page):
        found = urljoin(url, html.unescape(link)).partition("#")[0]
        if urlsplit(found).path.startswith("/admin/") and not urlsplit(found).netloc:
            yield found


def crawl(client):
    """A page of each kind for each kind of page that links to it: its address, its status, and who links to it."""
    found, known, waiting = {}, set(), deque([("/admin/", "")])
    while waiting:
        url, source = waiting.popleft()
        if url in found:
            continue
        response = client.get(url)
        found[url] = response.status_code, source
        if response.status_code != 200 or not response.get("Content-Type", "").startswith("text/html"):
            continue
        for link in links(response.content.decode(), url):
            way = kind_of(url)[0], *kind_of(link)
            if way not in known and not (len(way) > 2 and way[0] == way[1]):  # sorting and filters lead nowhere else
                known.add(way)
                waiting.append((link, url))
    return found


@pytest.mark.parametrize("role", [pytest.param("Editors", marks=pytest.mark.thorough), "Publishers"])
def test_no_link_leads_to_a_bare_refusal(sign_in, rows, role):
    found = crawl(sign_in(role))

    assert {url: answer for url, answer in found.items() if answer[0] not in (200, 302)} == {}
    assert len(found) > 100
