"""Changes that a publisher approved for a time: made when it has come, as that publisher would have made them."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from editing import notices
from editing.facts import json_value
from editing.models import Notice, ProposalState, ProposedChange
from editing.proposals import may_decide
from editing.records import Status

from .doubts import sentences_of
from .proposed import put_in_place, schedule


@dataclass
class Approval:
    """Stands for the publisher's request: who approved, and what was answered on the page."""

    user: Any
    POST: dict = field(default_factory=dict)


def publishes_later(row):
    """Whether the row is published only when its time comes: it ends another, which stays in force until then."""
    return bool(row.publish_at) and row.publish_at > timezone.now() and row.ends_others()


def publish_later(request, row, comment=""):
    """Keep the approval of a stored row in review: when its time comes it is published, and what it follows ends."""
    at = json_value(row.publish_at)
    changes = {"status": [row.status, Status.PUBLISHED], "publish_at": [at, at]}
    said = {"reason": _("Published"), "proposed_by": notices.submitter(row)}
    proposal = ProposedChange(object_id=row.pk, changes=changes, **said)
    proposal.content_type = ContentType.objects.get_for_model(row)
    proposal.save()
    schedule(request, proposal, row.publish_at, comment)


def apply_due(now=None):
    """Make every change whose time has come; of several servers, one makes it."""
    due = ProposedChange.objects.filter(state=ProposalState.SCHEDULED, apply_at__lte=now or timezone.now())
    for key in due.order_by("apply_at", "pk").values_list("pk", flat=True):
        with transaction.atomic():
            if proposal := due.select_for_update().filter(pk=key).first():
                apply(proposal)


def apply(proposal):
    """Make the change; where that can't be done any more, it waits for a decision again, and the reason is said."""
    approved_by = proposal.decided_by
    try:
        with transaction.atomic(), in_the_name_of(Approval(approved_by, proposal.answers)) as approval:
            if not may_decide(approved_by, proposal):
                raise PermissionDenied
            put_in_place(approval, proposal, proposal.comment)
    except (ValidationError, IntegrityError, PermissionDenied) as fault:
        wait_again(proposal.pk, why(fault))
        return
    said = str(_("Made at the time that was set."))
    LogEntry.objects.log_actions(approved_by.pk, [proposal], CHANGE, said, single_object=True)
    if proposal.proposed_by and proposal.proposed_by != approved_by:
        tell(proposal.proposed_by, Notice.What.PUBLISHED, proposal, proposal.comment)


def wait_again(key, comment):
    proposal = ProposedChange.objects.get(pk=key)
    proposal.state, proposal.apply_at, proposal.comment = ProposalState.WAITING, None, comment
    proposal.save()
    if proposal.decided_by:
        tell(proposal.decided_by, Notice.What.FAILED, proposal, comment)


def tell(user, what, proposal, comment):
    Notice.objects.create(to=user, what=what, comment=comment, by=proposal.decided_by, row=proposal)


def why(fault):
    if isinstance(fault, PermissionDenied):
        return _("Whoever approved it may not publish this any more.")
    return " ".join(map(str, sentences_of(fault)))[:255]


@contextmanager
def in_the_name_of(approval):
    """The history says whose approval it was."""
    HistoricalRecords.context.request = approval
    try:
        yield approval
    finally:
        del HistoricalRecords.context.request
