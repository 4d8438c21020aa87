"""Requests that nobody should send: made from every address and parameter of the site, the same for the same seed."""

import re
from itertools import chain
from random import Random
from time import process_time
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, URLPattern, get_resolver, resolve

from expressentry.api import EXAMPLES
from expressentry.page_parameters import EXPORT, PARAMETERS
from tests.site_pages import PAGES

LONGEST_QUERY = 8000  # no server takes a longer line
METHODS = ["GET"] * 24 + ["HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "BREW"]
NUMBERS = [
    "0",
    "-1",
    "1",
    "486",
    "1200",
    "1201",
    "1e9",
    "0x10",
    "1.5",
    "٤٨٦",
    "４８６",
    "²",
    "9" * 30,
    "9" * 5000,
    "-0",
    "NaN",
]
DATES = [
    "0001-01-01",
    "0000-00-00",
    "9999-12-31",
    "2026-02-30",
    "2024-02-29",
    "-2024-01-01",
    "2024-1-5",
    "２０２４-01-05",
]
DATES += [
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
    "2024-01-15T25:00",
    "20240115",
    "2024-W03-1",
    "12024-01-15",
]
WORDS = [
    "stem",
    "fsw",
    "CEC",
    "21231",
    "2174",
    "yes",
    "all",
    "-cutoff",
    "clb",
    "tef_canada",
    "masters",
    "english",
    "welder",
]
WORDS += [
    "cook,baker;;;",
    "Œuvre",
    "a" * 300,
    "b " * 3000,
    "()[]{}*+?\\",
    "%",
    "'\"><script>",
    "{{ 7|add:7 }}",
    "\u202e",
    "🍁" * 20,
]
WORDS += [
    "null",
    "None",
    "__class__",
    "../../etc/passwd",
    "=1+1",
    "\r\nSet-Cookie: a=b",
    "ß" * 50,
    "e\u0301",
    "İ",
    ",".join(["21231"] * 500),
]
# Already percent-encoded, as no text can be: NUL, lone surrogates, bad and overlong UTF-8, half an escape.
RAW = [
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%ED%B0%80x",
    "%FF%FE",
    "%C0%AF",
    "%E2%82",
    "%",
    "%G1",
    "%2",
    "+",
    "%0A",
    "%0D%0A",
    "",
]
EXPORTS = ["csv", "xlsx", "json", "pdf", "csv%00", "__init__", "html", "", "CSV"]
HEADERS = {
    "HTTP_ACCEPT_ENCODING": [
        "gzip",
        "br;q=x",
        "*;q=9",
        "\xff",
        ",;=,",
        "gzip, " * 500,
        "identity;q=0, *;q=0",
        "zstd;q=-1",
    ],
    "HTTP_IF_NONE_MATCH": ["*", '"', 'W/"', "\xe9", '"a", ' * 500, "W/" * 200],
    "HTTP_IF_MODIFIED_SINCE": [
        "yesterday",
        "Thu, 01 Jan 0000 00:00:00 GMT",
        "Thu, 99 Foo 2026 99:99:99 GMT",
        "0" * 500,
    ],
    "HTTP_RANGE": ["bytes=0-", "bytes=-1", "bytes=9-1", "bytes=" + "0-1," * 500, "lines=1"],
    "HTTP_HOST": [
        "",
        "example.org",
        "localhost:99999",
        "[::1",
        "a" * 300,
        "localhost\xff",
        "user@localhost",
        "localhost:x",
    ],
    "HTTP_ACCEPT_LANGUAGE": ["fr;q=x", "*", "x" * 600, "fr-" * 100, "\xff"],
    "HTTP_X_FORWARDED_FOR": ["::::", "999.1.1.1", ", , ,", "\xff"],
    "HTTP_COOKIE": ["sessionid=\xff", "=;=;", "a=b; " * 500, "sessionid=" + "x" * 4000, "csrftoken="],
    "HTTP_REFERER": ["javascript:", "http://[", "\xff"],
    "HTTP_ACCEPT": ["application/json;q=x", "\xff", "*/*, " * 300],
    "CONTENT_TYPE": ["multipart/form-data", "application/json", "\xff"],
    "CONTENT_LENGTH": ["-1", "x", "99999999999999"],
}
EVERY_NAME = sorted({name for names in PARAMETERS.values() for name in names} | {"limit", "offset", "on", "x", ""})


class FuzzRequest(NamedTuple):
    method: str
    path: str
    query: str
    headers: dict

    def __str__(self):
        headers = {name: text[:80] for name, text in self.headers.items()}
        return f"{self.method} {self.path}?{self.query[:300]} {headers}"


class Outcome(NamedTuple):
    request: FuzzRequest
    status: int
    seconds: float
    fault: str


def routes(resolver, prefix=""):
    """Every route of the site without the admin's, as ``draws/<slug:number>/``."""
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield re.sub(r"[\^$\\]", "", route)
        elif not route.startswith(settings.ADMIN_PATH):
            yield from routes(each, route)


def addresses():
    """Paths of pages and of the API that answer, in both languages."""
    listed = re.findall(r"<loc>(.*?)</loc>", Client().get("/sitemap.xml").content.decode())
    known = {urlsplit(url).path for url in [*listed, *PAGES, *(f"/api/v1/{example}" for example in EXAMPLES.values())]}
    return sorted(known)


class Fuzzer:
    """Makes requests by chance; the same ones for the same seed."""

    def __init__(self, seed):
        self.chance = Random(seed)
        self.addresses = addresses()
        self.routes = sorted(set(routes(get_resolver())))

    def requests(self, count):
        return (self.request() for _number in range(count))

    def request(self):
        path = self.path()
        headers = {name: self.one(HEADERS[name]) for name in self.some(list(HEADERS), 0.3)}
        return FuzzRequest(self.one(METHODS), path, self.query(path), headers)

    def one(self, values):
        return self.chance.choice(values)

    def some(self, values, likelihood):
        return [self.one(values) for _number in range(3) if self.chance.random() < likelihood]

    def path(self):
        if self.chance.random() < 0.5:
            return self.one(self.addresses)
        language = self.one(["/", "/", "/fr/"])
        return language + re.sub(r"<[^>]+>", lambda _part: self.value(), self.one(self.routes))

    def value(self):
        """A value, ready for an address."""
        values = self.one([NUMBERS, DATES, WORDS, RAW])
        return self.one(values) if values is RAW else quote(self.one(values))

    def query(self, path):
        names = PARAMETERS.get(view_name(path)) or EVERY_NAME
        if self.chance.random() < 0.1:
            names = EVERY_NAME
        pairs = [self.pair(self.one(names)) for _number in range(self.one([0, 1, 1, 2, 3, 5, 12]))]
        if pairs and self.chance.random() < 0.03:
            pairs *= self.one([2, 100, 2000])
        return self.one(["&"] * 20 + [";", "&&", "?"]).join(pairs)[:LONGEST_QUERY]

    def pair(self, name):
        if name == EXPORT:
            return f"{EXPORT}={self.one(EXPORTS)}"
        return f"{quote(name)}{self.one(['='] * 20 + ['', '==', '[]='])}{self.value()}"


def view_name(path):
    try:
        return resolve(path).view_name
    except (Resolver404, ValueError):
        return ""


def send(request):
    """The outcome of one request."""
    client = Client(raise_request_exception=False)
    started = process_time()
    try:
        answer = client.generic(request.method, request.path, QUERY_STRING=request.query, **request.headers)
        status, fault = answer.status_code, fault_of(request, answer)
    except Exception as error:
        status, fault = 0, repr(error)
    return Outcome(request, status, process_time() - started, fault)


def fault_of(request, answer):
    """What is wrong with an answer; nothing, where it is a page, a file or a refusal that says why."""
    content = b"".join(answer) if answer.streaming else answer.content
    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    if answer.status_code in (400, 404, 405, 422) and not content and request.method != "HEAD":
        return "a refusal without a word"
    if (
        answer.status_code == 200
        and answer.headers["Content-Type"].startswith("text/html")
        and request.method == "GET"
    ):
        page = "" if answer.headers.get("Content-Encoding") else content.decode()
        return "no heading" if page and "<h1" not in page else "UNDEFINED" * ("UNDEFINED(" in page)
    return "cookie" if answer.cookies else ""


def summary(outcomes):
    """Counts by status, and the slowest requests."""
    counts = {
        status: sum(one.status == status for one in outcomes) for status in sorted({one.status for one in outcomes})
    }
    slowest = sorted(outcomes, key=lambda one: one.seconds, reverse=True)[:5]
    lines = [f"{len(outcomes)} requests: " + ", ".join(f"{count} × {status}" for status, count in counts.items())]
    return "\n".join(
        chain(lines, (f"{one.seconds:.2f} s of the processor, {one.status}  {one.request}" for one in slowest))
    )
