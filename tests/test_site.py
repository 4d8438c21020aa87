"""What every public page promises, in both languages."""

import re
from functools import cache
from html import unescape
from urllib.parse import urljoin, urlsplit

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, resolve
from django.utils import translation
from django.utils.translation import gettext

from editing.ledger.forms import written
from editing.ledger.read import last_change
from occupations.search.index import search_index
from tests.site_pages import PAGES
from tests.tags import Tags

pytestmark = pytest.mark.django_db

ADDRESSES = PAGES + [f"/fr{url}" for url in PAGES]
NOT_PAGES = {"admin", "api", "changes-feed", "charts", "feeds", "previews", "robots", "security", "sitemap"}
NOT_PAGES |= {"moved", "moved-corrections", "moved-editions"}
PROMISES = ["Not affiliated with the Government of Canada.", "Information, not advice."]
KILOBYTE = 1000


class Page:
    """The answer to one address, with the number of queries that it took, that of the page cache apart."""

    def __init__(self, url):
        search_index()  # as every worker does at its start
        with CaptureQueriesContext(connection) as queries:
            self.response = Client(raise_request_exception=False).get(url)
        self.queries = sum("editing_dataversion" not in query["sql"] for query in queries.captured_queries)
        self.text = unescape(self.response.content.decode())
        self.tags = Tags(self.response.content.decode())


page = cache(Page)  # the record does not change in this module


def faulty(fault):
    """Addresses of the pages that have the fault, with what was found."""
    return {url: found for url in ADDRESSES if (found := fault(url, page(url)))}


def test_list_of_pages_holds_every_type():
    listed = {resolve(urlsplit(url).path).view_name for url in PAGES}

    assert {name for name in route_names(get_resolver()) if name.split(":")[0] not in NOT_PAGES} - listed == set()


def route_names(resolver, prefix=""):
    for route in resolver.url_patterns:
        if isinstance(route, URLPattern):
            yield f"{prefix}{route.name}"
        else:
            yield from route_names(route, f"{prefix}{route.namespace}:" if route.namespace else prefix)


def test_pages_answer():
    assert faulty(lambda url, page: page.response.status_code != 200 and page.response.status_code) == {}


def test_pages_have_one_heading_of_the_first_level():
    assert faulty(lambda url, page: len(page.tags.all("h1")) - 1) == {}


def test_pages_say_the_way_from_home():
    ways = {url: page(url).response.context["crumbs"] for url in ADDRESSES if urlsplit(url).path not in ("/", "/fr/")}

    assert {url for url, way in ways.items() if way[0] != (gettext_in(url, "Home"), home_of(url))} == set()


def gettext_in(url, text):
    with translation.override(language_of(url)):
        return gettext(text)


def home_of(url):
    return "/fr/" if language_of(url) == "fr" else "/"


def language_of(url):
    return "fr" if url.startswith("/fr/") else "en"


def test_pages_close_their_tags():
    assert faulty(lambda url, page: page.tags.misplaced + page.tags.open) == {}


def test_pages_use_an_id_once():
    def doubled(url, page):
        ids = page.tags.attributes("id")
        return {name for name in ids if ids.count(name) > 1}

    assert faulty(doubled) == {}


def test_pages_refer_to_their_own_ids():
    def lost(url, page):
        ids = set(page.tags.attributes("id"))
        names = " ".join(page.tags.attributes("aria-describedby") + page.tags.attributes("aria-labelledby")).split()
        names += [link[1:] for link in page.tags.attributes("href", "a") if re.match("#.", link)]
        return set(names + page.tags.attributes("for", "label")) - ids

    assert faulty(lost) == {}


def test_titles_are_told_apart():
    titles = {}
    for url in ADDRESSES:
        title = re.search("<title>(.*?)</title>", page(url).text, re.DOTALL)[1].strip()
        titles.setdefault(title, set()).add(urlsplit(url).path.removeprefix("/fr"))

    assert {title: paths for title, paths in titles.items() if len(paths) > 1 or title.startswith("·")} == {}


def test_pages_say_their_language():
    def other(url, page):
        said = [*page.tags.attributes("lang", "html"), page.response.headers["Content-Language"]]
        return said != ["fr" if url.startswith("/fr/") else "en"] * 2 and said

    assert faulty(other) == {}


def test_pages_name_their_address_in_both_languages():
    def other(url, page):
        bare = urlsplit(url).path.removeprefix("/fr")
        links = [link for link in page.tags.all("link") if "hreflang" in link or link["rel"] == "canonical"]
        named = [link["href"].partition("?")[0] for link in links]
        paths = [urlsplit(url).path, bare, f"/fr{bare}", bare]
        return named != [f"http://testserver{path}" for path in paths] and named

    assert faulty(other) == {}


def test_pages_set_no_cookie():
    def cookie(url, page):
        return page.response.cookies or "Cookie" in page.response.headers.get("Vary", "")

    assert faulty(cookie) == {}


def test_pages_hold_no_inline_style_or_script():
    def inline(url, page):
        handlers = [name for _, values in page.tags.found for name in values if name.startswith("on")]
        scripts = [script for script in page.tags.all("script") if "src" not in script]
        run = [script for script in scripts if script.get("type") != "application/ld+json"]
        return handlers + run + page.tags.attributes("style") + page.tags.all("style")

    assert faulty(inline) == {}


def test_templates_find_every_variable():
    assert faulty(lambda url, page: re.findall(r"UNDEFINED\(.*?\)", page.text)) == {}


def test_pages_keep_strict_headers():
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }

    def lax(url, page):
        headers = page.response.headers
        missing = {name for name, value in expected.items() if headers.get(name) != value}
        policy = headers.get("Content-Security-Policy", "")
        return missing | ({policy} if "default-src 'none'" not in policy or "unsafe" in policy else set())

    assert faulty(lax) == {}


def test_pages_say_that_they_are_not_official():
    def silent(url, page):
        with translation.override("fr" if url.startswith("/fr/") else "en"):
            return [promise for promise in PROMISES if gettext(promise) not in page.text]

    assert faulty(silent) == {}


def test_pages_ask_at_most_8_queries():
    assert faulty(lambda url, page: page.queries > 8 and page.queries) == {}


MOMENTS = ["/draws/254/?", "/categories/stem/?on=2024-01-15&", "/categories/stem/2023/?",
           "/occupations/21231/?on=2026-11-20&", "/shortlist/?noc=21231&noc=63200&"]  # fmt: skip


def test_pages_of_a_moment_keep_these_promises_too():
    moment = written(last_change())

    for url in [f"{prefix}{one}known={moment}" for prefix in ("", "/fr") for one in MOMENTS]:
        found = page(url)

        assert (found.response.status_code, len(found.tags.all("h1"))) == (200, 1), url
        assert "UNDEFINED(" not in found.text
        assert found.queries <= 8 + 4, url
        assert first_visit(found) <= 50 * KILOBYTE


@cache
def weight(path):
    """Bytes of a static file as it is sent, with the files that a stylesheet loads, but for the font."""
    with open(finders.find(path), "rb") as file:
        content = file.read()
    more = re.findall(r"url\([\"']?([^\"')#]+)", content.decode()) if path.endswith(".css") else []
    more = [url for url in more if ":" not in url and not url.endswith(".woff2")]
    return len(brotli.compress(content)) + sum(weight(urljoin(path, url)) for url in more)


def loaded(page):
    """Static files that the page makes a browser load."""
    links = [link["href"] for link in page.tags.all("link") if link["rel"] in ("stylesheet", "icon")]
    urls = links + page.tags.attributes("src") + page.tags.attributes("href", "use", "image")
    return {urlsplit(url).path.removeprefix("/static/") for url in urls if url.startswith("/static/")}


def first_visit(page):
    """Bytes that a browser gets which has seen nothing of the site yet, but for the font."""
    return len(brotli.compress(page.response.content, quality=4)) + sum(map(weight, loaded(page)))


def test_pages_weigh_at_most_50_kilobytes():
    def heavy(url, page):
        return first_visit(page) > 50 * KILOBYTE and first_visit(page)

    assert {"css/site.css", "js/site.js"} <= loaded(page("/"))
    assert faulty(heavy) == {}


def test_styles_and_scripts_stay_small():
    files = loaded(page("/"))

    assert sum(weight(path) for path in files if path.endswith(".css")) <= 14 * KILOBYTE
    assert sum(weight(path) for path in files if path.endswith(".js")) <= 12 * KILOBYTE


@pytest.fixture
def sitemap_paths(client):
    """English addresses in the sitemap."""
    locations = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    paths = {urlsplit(location).path for location in locations}
    return sorted(path for path in paths if not path.startswith("/fr/"))


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("section", "count"),
    {"draws": 448 + 16, "pool": 126, "categories": 11 + 22, "occupations": 516, "programs": 4}.items(),
)
def test_every_address_of_the_sitemap_answers(client, sitemap_paths, section, count):
    paths = [path for path in sitemap_paths if re.match(f"/{section}/.", path)]

    answers = [client.get(path) for path in paths]

    faults = [path for path, answer in zip(paths, answers, strict=True) if not sound(answer)]
    assert (len(paths), faults) == (count, [])


def sound(answer):
    text = answer.content.decode()
    return answer.status_code == 200 and text.count("<h1") == 1 and "UNDEFINED(" not in text


def test_links_lead_somewhere(client, sitemap_paths):
    links = {urljoin(url, link) for url in PAGES for link in page(url).tags.attributes("href", "a")}
    links = {link for link in links if not urlsplit(link).netloc and not link.startswith("mailto:")}
    # Pages answer without their query; the API asks for it.
    paths = {link if link.startswith("/api/") else urlsplit(link).path for link in links}

    answers = {path: client.get(path).status_code for path in paths - set(sitemap_paths)}

    assert {path: status for path, status in answers.items() if status != 200} == {}
    assert len(paths) > 1000


@pytest.mark.parametrize(
    "path", ["/nothing/", "/fr/nothing/", "/draws/abc/", "/occupations/99999/", "/pool/2026-13-01/"]
)
def test_missing_page_offers_a_search(client, path):
    response = client.get(path)

    tags = Tags(response.content.decode())
    assert response.status_code == 404
    assert len(tags.all("h1")) == 1
    assert "search" in tags.attributes("type", "input")
    assert b"UNDEFINED(" not in response.content
