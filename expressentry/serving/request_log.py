"""Each request has an id, which its answer carries and every line of the log about it names."""

import logging
import secrets
from contextvars import ContextVar

current_request = ContextVar("current_request", default=None)


class RequestIdMiddleware:
    """Give the request an id, and the answer the same one as ``X-Request-ID``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = secrets.token_hex(8)
        token = current_request.set(request)
        try:
            response = self.get_response(request)
        finally:
            current_request.reset(token)
        response.headers["X-Request-ID"] = request.id
        return response


class RequestFormatter(logging.Formatter):
    """Writes the id, method and address of the request before the message."""

    def formatMessage(self, record):
        request = current_request.get()
        # get_full_path() escapes line breaks, so no visitor can write lines of their own.
        record.about = f"{request.id} {request.method} {request.get_full_path()}" if request else "-"
        return super().formatMessage(record)
