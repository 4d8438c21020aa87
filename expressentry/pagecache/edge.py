"""The WSGI application in front of Django: answers kept pages by itself, and asks Django once for the others."""

import hashlib
import re
import secrets
from concurrent.futures import Future, TimeoutError
from functools import cache, lru_cache
from threading import Lock
from typing import NamedTuple
from urllib.parse import urlsplit

from cachetools import LRUCache
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connections
from django.http import HttpResponseNotModified
from django.utils.http import parse_etags
from django_http_compression.middleware import best_coding

from .addresses import asks_database, is_public, kept_as

DAY = 24 * 60 * 60
LONGEST_WAIT = 10  # seconds for a page that another thread draws
OVERHEAD = 1500  # bytes of a kept page beside its body: key, headers of its own and objects
PASSING = {"x-request-id", "x-noise"}  # noise, which hides the length of secrets: a public page has none
# Browsers ask each time; a proxy may answer for a second, and for a day while the site fails.
CACHE_CONTROL = "no-cache, public, s-maxage=1, stale-if-error=86400"
OWN_CACHE_CONTROL = "no-cache, private"  # of what nobody keeps: a reader's own, and made-up addresses
# Of the request: how it was answered ("hit", "miss", "none") and its id, for the log; that only headers are wanted.
STATE, REQUEST_ID, UNCHANGED = "expressentry.cache", "expressentry.request_id", "expressentry.unchanged"
HOST = re.compile(r"(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::([0-9]+))?")

coding_of = lru_cache(maxsize=200)(best_coding)
same_header = lru_cache(maxsize=1000)(lambda *header: header)  # most headers are those of every page
tags = lru_cache(maxsize=200)(lambda given: {tag.removeprefix("W/") for tag in parse_etags(given)})


class Page(NamedTuple):
    status: str
    headers: list
    body: bytes
    etag: str  # empty: the answer is for one reader alone


class PageCache:
    """Keeps public pages, compressed: so many bytes in the process, and more in a cache that servers share."""

    def __init__(self, application, version):
        self.application, self.version = application, version
        self.drawing, self.lock = {}, Lock()
        self.pages = LRUCache(settings.PAGE_CACHE_BYTES, getsizeof=lambda page: OVERHEAD + len(page.body))

    def __call__(self, environ, start_response):
        method, path, query = environ["REQUEST_METHOD"], environ["PATH_INFO"], environ["QUERY_STRING"]
        if not asks_database(path):
            return self.application(environ, start_response)
        version, age = self.version.current()
        if age is not None:
            connections["default"].close()  # it may be silent for ever; a new one is waited for three seconds
        if version is None or not is_public(method, path):
            return self.application(environ, start_response)
        try:
            address = kept_as(path, query) if is_usual_origin(environ) else None
        except DatabaseError:  # the API asks it once for what it takes
            address = None
        key = page_key(environ, version, address or f"{path}?{query}")
        page = self.held(key) if address else None
        environ[STATE] = "hit" if page else "miss" if address else "none"
        page = page or self.missing(key, environ, is_kept=bool(address), is_away=age is not None)
        if page:
            return answer(page, environ, start_response, age)
        return self.application(environ, start_response if age is not None else tagging(start_response, name_of(key)))

    def missing(self, key, environ, is_kept, is_away):
        """The page from elsewhere; None where Django is to answer this one reader."""
        name = name_of(key)
        if f'"{name}"' in tags(environ.get("HTTP_IF_NONE_MATCH", "")):
            return self.unchanged(name, environ, is_kept)
        if not is_kept:
            return None
        return self.shared(key, name) if is_away else self.drawn_once(key, name, environ)

    def held(self, key):
        with self.lock:
            return self.pages.get(key)

    def keep(self, key, page):
        with self.lock:
            if self.pages.getsizeof(page) <= self.pages.maxsize:
                self.pages[key] = page
        return page

    def shared(self, key, name):
        found = caches["pages"].get(name)
        is_page = isinstance(found, tuple) and len(found) == len(Page._fields)
        return self.keep(key, Page(*found)) if is_page else None

    def unchanged(self, name, environ, is_kept):
        """A reader has the newest page, but this process does not: only its headers are made."""
        control = CACHE_CONTROL if is_kept else OWN_CACHE_CONTROL
        page = self.held(name) or self.answered(environ, {UNCHANGED: True}, name, control)
        return self.keep(name, page) if is_kept and page.etag else page

    def drawn_once(self, key, name, environ):
        """Readers who ask for the same page meanwhile wait for it; if it is not one to keep, they get their own."""
        with self.lock:
            other = self.drawing.get(key)
            ours = other or self.drawing.setdefault(key, Future())
        if other:
            return waited_for(other)
        page = None
        try:
            page = self.held(key) or self.shared(key, name) or self.draw(key, name, environ)
            return page
        finally:
            with self.lock:
                del self.drawing[key]
            ours.set_result(page if page and page.etag else None)

    def draw(self, key, name, environ):
        page = self.answered(environ, {"REQUEST_METHOD": "GET"}, name)
        if page.etag:
            self.keep(key, page)
            caches["pages"].set(name, tuple(page), DAY)
        return page

    def answered(self, environ, asked, name, control=CACHE_CONTROL):
        """What Django says; of what is for everyone, without what belongs to this request alone."""
        page = drawn(self.application, environ | asked, name, control)
        environ[REQUEST_ID] = dict(page.headers).get("X-Request-ID")
        if not page.etag:
            return page
        return page._replace(headers=[same_header(*one) for one in page.headers if one[0].lower() not in PASSING])


def waited_for(future):
    try:
        return future.result(LONGEST_WAIT)
    except TimeoutError:
        return None


def forwarded_scheme(environ):
    return (settings.SECURE_PROXY_SSL_HEADER and environ.get(settings.SECURE_PROXY_SSL_HEADER[0])) or ""


@cache
def named_ports():
    """Where the operator says that readers come in: the server itself may listen elsewhere."""
    ports = (urlsplit(origin).port for origin in settings.CSRF_TRUSTED_ORIGINS)
    return [str(port) for port in ports if port]


def is_usual_origin(environ):
    """Whether host, port and scheme are written as links to the site have them: others would fill the cache."""
    host = HOST.fullmatch(environ.get("HTTP_HOST", ""))
    is_known = host is not None and host[1] in (None, environ.get("SERVER_PORT"), *named_ports())
    return is_known and forwarded_scheme(environ) in ("", "http", "https")


def page_key(environ, version, address):
    """All that an answer depends on: the host and scheme are part of the links in it."""
    scheme = forwarded_scheme(environ) or environ["wsgi.url_scheme"]
    origin = (scheme, environ.get("HTTP_HOST", ""), environ.get("SCRIPT_NAME", ""))
    return (version, *origin, address, coding_of(environ.get("HTTP_ACCEPT_ENCODING", "")) or "")


def name_of(key):
    return hashlib.sha256("\n".join(key).encode(errors="surrogateescape")).hexdigest()[:40]


def drawn(application, environ, name, control):
    """What Django answers, all of it, with its tag if it is for everyone."""
    said = []
    result = application(environ, lambda status, headers, exc_info=None: said.append((status, headers)))
    try:
        body = b"".join(result)
    finally:
        result.close()
    status, headers = said[-1]
    is_shared = is_for_everyone(status, headers)
    headers = tagged(headers, name, control) if is_shared else headers
    return Page(status, headers, body, f'"{name}"' if is_shared else "")


def is_for_everyone(status, headers):
    given = {name.lower(): value.lower() for name, value in headers}
    control, vary = given.get("cache-control", ""), given.get("vary", "accept-encoding")
    is_private = "set-cookie" in given or "private" in control or "no-store" in control
    return status[:3] in ("200", "304") and not is_private and vary == "accept-encoding"


def tagged(headers, name, control):
    kept = [header for header in headers if header[0].lower() not in ("etag", "vary", "cache-control")]
    return [*kept, ("ETag", f'"{name}"'), ("Vary", "Accept-Encoding"), ("Cache-Control", control)]


def tagging(start_response, name):
    """Tags what everyone would get at an address that is not kept."""

    def start(status, headers, exc_info=None):
        if is_for_everyone(status, headers):
            headers = tagged(headers, name, OWN_CACHE_CONTROL)
        return start_response(status, headers, exc_info)

    return start


def answer(page, environ, start_response, age):
    """The page, or that it is unchanged; with its age where the database could not say whether it is the newest."""
    status, headers, body = page.status, page.headers, page.body
    if page.etag:
        headers = [*headers, ("X-Request-ID", environ.get(REQUEST_ID) or secrets.token_hex(8))]
    if age is not None:
        headers = [*headers, ("Age", str(age))]
    if page.etag and page.etag in tags(environ.get("HTTP_IF_NONE_MATCH", "")):
        status, body = "304 Not Modified", b""
        headers = [header for header in headers if not header[0].lower().startswith("content-")]
    start_response(status, headers)
    return [body] if body and environ["REQUEST_METHOD"] != "HEAD" else []


class UnchangedMiddleware:
    """Answers that a page is unchanged where the edge knows it, so that such answers have all the usual headers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return HttpResponseNotModified() if request.META.get(UNCHANGED) else self.get_response(request)
