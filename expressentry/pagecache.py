"""Public pages, kept until the data, the day or the code changes."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from django_http_compression.middleware import best_coding

from .version import page_version

DAY = 24 * 60 * 60


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
