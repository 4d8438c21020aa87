"""Each request has an id, which its answer carries and every line of the log about it names."""

import logging
import secrets
import time
from contextvars import ContextVar

from django.conf import settings
from django.db import connection

from expressentry.release import release

logger = logging.getLogger(__name__)
current_request = ContextVar("current_request", default=None)


class RequestIdMiddleware:
    """Give the request an id, and the answer the same one as ``X-Request-ID``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = secrets.token_hex(8)
        token = current_request.set(request)
        try:
            with connection.execute_wrapper(watched):
                response = self.get_response(request)
        finally:
            current_request.reset(token)
        response.headers["X-Request-ID"] = request.id
        return response


def watched(execute, sql, params, many, context):
    """Name a slow query as it is written, without the values."""
    start = time.monotonic()
    try:
        return execute(sql, params, many, context)
    finally:
        taken = 1000 * (time.monotonic() - start)
        if 0 < settings.SLOW_QUERY_MS <= taken:
            logger.warning("A query took %d ms: %s", taken, sql)


class RequestFormatter(logging.Formatter):
    """Writes the release, and the id, method and address of the request, before the message."""

    def formatMessage(self, record):
        record.release = release()
        request = current_request.get()
        # get_full_path() escapes line breaks, so no visitor can write lines of their own.
        record.about = f"{request.id} {request.method} {request.get_full_path()}" if request else "-"
        return super().formatMessage(record)


def as_warning(record):
    """A stranger who names another host is no error of ours, and has no traceback worth reading."""
    record.levelno, record.levelname, record.exc_info = logging.WARNING, "WARNING", None
    return True


class OncePerMinute(logging.Filter):
    """One mail tells of a fault; a hundred of the same minute tell no more, and all of them are in the log."""

    mailed_at = None

    def filter(self, record):
        now = time.monotonic()
        is_first = self.mailed_at is None or now - self.mailed_at > 60
        if is_first:
            self.mailed_at = now
        return is_first
