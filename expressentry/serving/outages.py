"""The page for a request that failed because of what the site stands on: database away, busy or full."""

import errno
import logging
import sys
from functools import partial

import psycopg
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.http import HttpResponse, HttpResponseServerError, JsonResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.defaults import bad_request, server_error
from psycopg.pq import TransactionStatus

from editing.middleware import READING, language_of

AWAY, LOST, BUSY, FULL, UNFINISHED, TOO_LARGE = "away", "cut off", "busy", "full", "unfinished", "too large"
STATUS = {AWAY: 503, LOST: 503, BUSY: 503, FULL: 507, UNFINISHED: 408, TOO_LARGE: 413}
RETRY_AFTER = 10  # seconds
GRACE = 2  # seconds after the end of a statement's time until nobody waits for PostgreSQL to say so
# Of PostgreSQL, the beginnings of its SQLSTATE; of SQLite, the beginnings of its error names.
KINDS = {
    "08": LOST, "57P02": LOST, "57P": AWAY, "53300": AWAY, "25006": AWAY,
    "SQLITE_CANTOPEN": AWAY, "SQLITE_READONLY": AWAY,
    "40": BUSY, "55P03": BUSY, "57014": BUSY, "SQLITE_BUSY": BUSY, "SQLITE_LOCKED": BUSY,
    "53": FULL, "58": FULL, "SQLITE_FULL": FULL, "SQLITE_IOERR": FULL,
}  # fmt: skip
logger = logging.getLogger(__name__)


@receiver(connection_created)
def end_waiting(connection, **kwargs):
    """A PostgreSQL that falls silent ends no statement: whoever waits for one goes on soon after its time is up."""
    if connection.vendor == "postgresql" and settings.STATEMENT_TIMEOUT:
        held = connection.connection
        held.wait = partial(wait_in_time, held, held.wait, settings.STATEMENT_TIMEOUT / 1000 + GRACE)


def wait_in_time(held, wait, seconds, *args, **kwargs):
    try:
        return wait(*args, **kwargs | {"timeout": seconds})
    except psycopg.OperationalError:
        if held.info.transaction_status == TransactionStatus.ACTIVE:  # no answer came; nobody waits for it again
            held.close()
        raise


def failed(request):
    """Answer what no view could, while the fault is being handled."""
    try:
        return page_about(request, sys.exception())
    except Exception:  # the page names files and texts, and they may be what is at fault
        logger.exception("The page about a fault failed, too")
        return HttpResponseServerError("Server Error", content_type="text/plain")


def page_about(request, fault):
    kind = next(filter(None, map(kind_of, causes(fault))), None)
    if kind is None:
        return server_error(request)
    logger.warning("Answered that the site is %s: %s: %s", kind, type(fault).__name__, str(fault).strip())
    response = explain(request, kind)
    response._has_been_logged = True  # an outage is one line for each request, not a traceback
    return response


def causes(fault):
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


def kind_of(fault):
    if isinstance(fault, UnreadablePostError):
        return UNFINISHED
    if isinstance(fault, OSError):
        return FULL if fault.errno in (errno.ENOSPC, errno.EDQUOT) else None
    code = getattr(fault, "sqlstate", None) or getattr(fault, "sqlite_errorname", "")
    if not code and isinstance(fault, psycopg.OperationalError | psycopg.InterfaceError):
        return AWAY if was_refused(fault) else LOST  # no server gave it a code
    return next((kind for beginning, kind in KINDS.items() if code.startswith(beginning)), None)


def was_refused(fault):
    """Whether there was no connection to begin with: of one that broke, nobody knows what the server still did."""
    return fault.pgconn is not None or isinstance(fault, psycopg.errors.ConnectionTimeout)


def refused(request, exception):
    """A form that is too large gets a page that says so."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return explain(request, TOO_LARGE)
    return bad_request(request, exception)


def explain(request, kind):
    """The page, or JSON, in the language of the request, without a question to the database."""
    with translation.override(getattr(request, "LANGUAGE_CODE", language_of(request.path_info))):
        why, what_now = words(kind, was_sent=request.method not in READING)
        if request.path_info.startswith("/api/"):
            response = JsonResponse({"error": f"{why} {what_now}"})
        else:
            response = HttpResponse(render_to_string("503.html", {"why": why, "what_now": what_now}))
        response.headers["Content-Language"] = translation.get_language()
    response.status_code = STATUS[kind]
    response.headers["Cache-Control"] = "no-store"
    if response.status_code == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def words(kind, was_sent):
    """What is wrong, and what to do about it."""
    why = {
        AWAY: _("The record can't be reached right now."),
        BUSY: _("The record is busy with other changes right now."),
        FULL: _("There is no space left to store anything."),
        UNFINISHED: _("What you sent did not arrive in full."),
        TOO_LARGE: _("This is more than a form can take."),
    }[AWAY if kind == LOST else kind]
    if kind == TOO_LARGE:
        return why, _(
            "A form takes %(limit)d megabytes of text at most, and nothing of it was saved. Hand in a long text as a "
            "file, or in parts."
        ) % {"limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000}
    if not was_sent:
        return why, _("Nothing is lost. Please try again in a minute.")
    if kind == LOST:
        return why, _(
            "What you sent may or may not have been saved. Check in a minute. If it wasn't saved, open the form "
            "again: your browser has kept what you typed. Put it back, and save."
        )
    if kind == FULL:
        return why, _(
            "Nothing of what you sent was saved. Tell whoever runs this site to make space. Your browser has kept "
            "what you typed into the form: open the form again, put it back, and save."
        )
    return why, _(
        "Nothing of what you sent was saved. Your browser has kept what you typed into the form: open the form again "
        "in a minute, put it back, and save."
    )
