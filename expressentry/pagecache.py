"""Public pages, kept until the data, the day or the code changes."""

import hashlib
import json
import time
from bisect import bisect_right
from functools import lru_cache

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from django_http_compression.middleware import best_coding

from editing.days import canadian_day
from editing.models import DataVersion

DAY = 24 * 60 * 60
# Workers of one release must agree; a restart may only make a page fresher.
CODE_VERSION = str(int(time.time()))
# Every answer waits for this query: written out, it takes a sixth of the time.
STORED = f"SELECT number, schedule FROM {DataVersion._meta.db_table} WHERE id = 1"  # noqa: S608
moments = lru_cache(json.loads)  # the same few texts at each request


class PageCacheMiddleware:
    """Keep each public page, compressed, until the data changes; answer unchanged ones with 304.

    One small query asks for the data version, so an editor's save shows on every worker at the next request.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_public(request):
            return self.get_response(request)
        key = page_key(request)
        etag = quote_etag(key)
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if etag in [tag.removeprefix("W/") for tag in known]:
            return with_headers(HttpResponseNotModified(), etag)
        held = cache.get(key)
        if held:
            content, headers = held
            return with_headers(HttpResponse(content, headers=headers), etag)
        response = self.get_response(request)
        if response.status_code == 200 and not response.streaming and not response.cookies:
            cache.set(key, (response.content, dict(response.headers)), DAY)
            return with_headers(response, etag)
        return response


def is_public(request):
    """Pages that are the same for everyone; suggestions, one per letter typed, would crowd them out."""
    private = (f"/{settings.ADMIN_PATH}", "/healthz/", "/api/v1/occupations/suggest")
    return request.method in ("GET", "HEAD") and not request.path_info.startswith(private)


def page_key(request):
    encoding = best_coding(request.headers.get("Accept-Encoding", ""))
    parts = (page_version(), request.method, request.scheme, request.get_host(), request.get_full_path(), encoding)
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:40]


def with_headers(response, etag):
    response.headers["ETag"] = etag
    patch_vary_headers(response, ["Accept-Encoding"])
    patch_cache_control(response, public=True, no_cache=True)
    return response


def data_version(now):
    """The stored number and, of the rows that waited for their time, how many moments have passed by ``now``."""
    with connection.cursor() as cursor:
        cursor.execute(STORED)
        number, schedule = cursor.fetchone() or (0, "[]")
    return number + bisect_right(moments(schedule), now.timestamp())


def page_version(now=None):
    """Data, day and code in one text: equal texts promise equal pages."""
    now = now or timezone.now()
    return f"{data_version(now)}-{canadian_day(now):%Y%m%d}-{CODE_VERSION}"
