"""The log of every request, where the operator asks for it: plain or JSON, one line each, on standard output."""

import json
from datetime import UTC, datetime
from functools import cache

from django.conf import settings
from gunicorn.glogging import Logger

from editing.middleware import TrustedProxiesMiddleware


class AccessLog(Logger):
    def access(self, resp, req, environ, request_time):
        if settings.ACCESS_LOG:
            line = entry(resp, environ, request_time.total_seconds())
            self.access_log.info("%s", json.dumps(line) if settings.ACCESS_LOG == "json" else plain(line))


def entry(resp, environ, seconds):
    headers = {name.lower(): value for name, value in resp.headers}
    return {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "client": client(environ),
        "method": environ.get("REQUEST_METHOD"),
        "path": environ.get("RAW_URI"),
        "status": int(str(resp.status).split()[0]),
        "bytes": resp.sent,
        "seconds": round(seconds, 4),
        "cache": environ.get("expressentry.cache", "none"),
        "request": headers.get("x-request-id"),
        "agent": environ.get("HTTP_USER_AGENT"),
    }


def client(environ):
    """Kept pages are answered before Django looks at the proxies."""
    address = environ.get("REMOTE_ADDR", "")
    if not proxies().is_trusted(address):
        return address
    return proxies().client_address(address, environ.get("HTTP_X_FORWARDED_FOR", ""))


@cache
def proxies():
    return TrustedProxiesMiddleware(None)


def plain(line):
    """Quoted where a client wrote it."""
    quoted = {name: json.dumps(line[name]) for name in ("path", "agent")}
    return " ".join("-" if value is None else str(value) for value in (line | quoted).values())
