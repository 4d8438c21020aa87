"""The rules asked of the record: each public draw and pool count beside those before it."""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from editing.days import canadian_day
from editing.records import Status

from .rules import Pool, Round, doubts_about_pool, doubts_about_round

OF_ROW = ("pk", "status", "publish_at")
OF_ROUND = ("number", "date", "invitations", "cutoff")


def first_day(publish_at, now):
    """The day on which the public first sees a row."""
    return canadian_day(max(now, publish_at or now))


def doubtful_draws(model, also=None, now=None):
    """What is hard to believe of draws, by key; a number is known as soon as a draft has it."""
    now, streams = now or timezone.now(), streams_of(model)
    found, before, last_cutoffs = {}, None, {}
    for key, status, publish_at, *facts in model.objects.order_by("sequence").values_list(*OF_ROW, *OF_ROUND):
        round_ = Round(*facts)
        if status == Status.PUBLISHED or key == also:
            last = next((last_cutoffs[one] for one in streams[key] if one in last_cutoffs), None)
            if doubts := doubts_about_round(round_, before, last, first_day(publish_at, now)):
                found[key] = doubts
            if round_.cutoff is not None:
                last_cutoffs |= dict.fromkeys(streams[key], round_.cutoff)
        before = round_
    return found


def streams_of(model):
    """What each draw is counted with, as ``same_stream`` has it: its category, its programs, or all general draws."""
    rows, streams = model.objects.order_by(), defaultdict(list)
    for key, kind, category, program in rows.values_list("pk", "kind", "edition__category", "programs"):
        one = {"program": program, "category": category}.get(kind)
        streams[key].append((kind, one))
    return streams


def doubtful_pools(model, also=None, now=None):
    """What is hard to believe of counts of the pool, by key."""
    now, found, before = now or timezone.now(), {}, None
    rows = model.objects.filter(Q(status=Status.PUBLISHED) | Q(pk=also)).order_by("as_on")
    for key, publish_at, *facts in rows.values_list("pk", "publish_at", "as_on", "total"):
        pool = Pool(*facts)
        if doubts := doubts_about_pool(pool, before, first_day(publish_at, now)):
            found[key] = doubts
        before = pool
    return found
