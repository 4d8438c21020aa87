"""Links that keep their word: with the day that a page is about, and the moment at which this record said so."""

from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Subquery

from .forms import written
from .models import LedgerEntry


def record_dates(request):
    """The last complete day of the record, and the second of its last public change: one query for a request."""
    if not hasattr(request, "record_dates"):
        request.record_dates = newest_dates()
    return request.record_dates


def newest_dates():
    newest = LedgerEntry.objects.public().order_by("-known_from").annotate(complete_to=Subquery(checked()))
    return newest.values_list("complete_to", "known_from").first() or (None, None)


def checked():
    """The days on which the official feed was seen, the newest first; their model stands above us."""
    return apps.get_model("draws.feedcheck").objects.values("checked_on")[:1]


def with_record_dates(rows):
    """Rows that bring the dates of the record along, for ``note_record_dates``: a query of their own less."""
    newest = LedgerEntry.objects.public().order_by("-known_from").values("known_from")[:1]
    return rows.annotate(record_complete_to=Subquery(checked()), record_changed_at=Subquery(newest))


def note_record_dates(request, row):
    request.record_dates = (row.record_complete_to, row.record_changed_at)
    return row


def complete_to(request):
    return record_dates(request)[0]


def last_complete(request, day):
    """The day, or the last one that the record is complete to."""
    return min(filter(None, [day, complete_to(request)]))


def changed_at(request):
    return record_dates(request)[1]


def lasting_url(request, known, on=None, kept=()):
    """The whole address of a page with its day and moment, and what else it was asked that is ``kept``."""
    refused = getattr(request, "refused", ())
    others = [(name, one) for name in kept if name not in refused for one in request.GET.getlist(name) if one]
    dated = [("on", on.isoformat())] if on else []
    pairs = [*dated, *([("known", written(known))] if known else []), *others]
    return request.build_absolute_uri(f"{request.path}?{urlencode(pairs, safe=':')}" if pairs else request.path)
