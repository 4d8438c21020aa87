"""What waits to be done, for the first page of the admin; each part only for those who may look at it."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from draws.importing.models import Import
from draws.models import Draw, FeedCheck
from editing.days import canadian_day
from editing.models import ProposalState, ProposedChange
from editing.records import Reviewed, Sourced, Status
from editing.review import is_approved_for_later, status_history
from editing.roles import may_publish, may_write

from .integrity import faults

UNCHECKED_AFTER = timedelta(days=90)
NOTICED_FOR = timedelta(days=14)
MOST_LISTED = 20
NEWEST = 5  # draws whose pool should be there soon


def dashboard(user, now=None):
    """The parts of the page by name, or nothing for people who keep no content."""
    if not may_write(user):
        return {}
    now = now or timezone.now()
    reviewed = [model for model in tables(Reviewed) if may_see(user, model)]
    latest = Draw.objects.published(now).first()
    return {
        "latest": latest,
        "days_since": (canadian_day(now) - latest.date).days if latest else None,
        "last_import": Import.objects.defer("packed", "found").select_related("made_by").first(),
        "feed_url": settings.FEED_URL,
        "last_check": FeedCheck.objects.first(),
        "drafts": [counted(model, Status.DRAFT) for model in reviewed if waiting(model, Status.DRAFT)],
        "reviews": [counted(model, Status.REVIEW) for model in reviewed if waiting(model, Status.REVIEW)],
        "proposals": ProposedChange.objects.filter(state=ProposalState.WAITING).count(),
        "scheduled": scheduled(reviewed, now),
        "unchecked": list(unchecked(user, canadian_day(now) - UNCHECKED_AFTER)),
        "without_pool": [draw for draw in Draw.objects.published(now)[:NEWEST] if draw.pool_id is None],
        "faults": faults(keeps=True),
        "to_review": to_review(user, reviewed),
        "notices": notices_of(user, now),
        "doubtful": [*doubtful(reviewed, now)],
    }


def tables(kind):
    """Tables of the record of that kind, without the history."""
    return [model for model in apps.get_models() if issubclass(model, kind)]


def may_see(user, model):
    return user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")


def waiting(model, status):
    return model.objects.filter(status=status).exists()


def counted(model, status):
    return named(model), model.objects.filter(status=status).count(), listed(model, status__exact=status)


def named(model):
    return capfirst(model._meta.verbose_name_plural)


def listed(model, **query):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=query)


def scheduled(models, now):
    """Published rows and approved changes that wait for their time, the next first."""
    rows = [row for model in models for row in model.objects.filter(status=Status.PUBLISHED, publish_at__gt=now)]
    changes = ProposedChange.objects.filter(state=ProposalState.SCHEDULED).prefetch_related("row")
    found = [(row, row.publish_at, row_address(row)) for row in rows]
    found += [(_("Change of %(row)s") % {"row": one.row}, one.apply_at, row_address(one)) for one in changes]
    return sorted(found, key=lambda waiting: waiting[1])


def to_review(user, models):
    """What waits for this publisher, the oldest first: the row, where it is reviewed, and who handed it in when."""
    rows = [
        (row, steps[0])
        for model in models
        if may_publish(user, model)
        for row in model.objects.filter(status=Status.REVIEW)[:MOST_LISTED]
        if not is_approved_for_later(row) and (steps := status_history(row))
    ]
    return [
        (row, row_address(row, "review"), step)
        for row, step in sorted(rows, key=lambda found: found[1].history_date)[:MOST_LISTED]
    ]


def notices_of(user, now):
    """What became lately of what the user submitted, each with where to go on."""
    found = user.notices.filter(made_at__gt=now - NOTICED_FOR).select_related("by").prefetch_related("row")
    return [(one, row, row_address(row)) for one in found[:MOST_LISTED] if (row := noticed(one)) is not None]


def noticed(notice):
    """The row that it is about: of a proposed change the row to change."""
    return notice.row.row if isinstance(notice.row, ProposedChange) else notice.row


def doubtful(models, now):
    """Public rows that are hard to believe, each with why, and with what the history says of its publication."""
    for model in models:
        found = model.doubtful(now=now)
        for row in model.objects.published(now).filter(pk__in=found):
            newest = row.history.first()
            yield row, row_address(row), found[row.pk], newest.history_change_reason if newest else ""


def row_address(row, page="change"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def unchecked(user, day):
    """How many rows of each table have a source link that nobody has opened since that day."""
    for model in tables(Sourced):
        if may_see(user, model) and model is not FeedCheck:
            old = Q(checked_on__lt=day) & ~Q(source_url="")
            count = model.objects.aggregate(count=Count("pk", filter=old))["count"]
            if count:
                yield named(model), count, listed(model, checked_on__lt=day.isoformat())
