"""The way of a row to the public: draft, in review, published; and who may take which step."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .history import records
from .models import ProposalState, ProposedChange
from .records import Live, Reviewed, Sourced, Status
from .roles import may_publish


@dataclass(frozen=True)
class Transition:
    """A change of status: from where, to where, and what its button and its list action say."""

    name: str
    sources: tuple[str, ...]
    target: str
    needs_publisher: bool
    label: Any
    action_label: Any
    reason: Any

    @property
    def stored_reason(self):
        """As the history keeps it, in one language, whoever takes the step; its page says it in the reader's."""
        with override("en"):
            return str(self.reason)


TRANSITIONS = {
    step.name: step
    for step in [
        Transition(
            "submit",
            (Status.DRAFT,),
            Status.REVIEW,
            False,
            _("Save and submit for review"),
            _("Submit the selected drafts for review"),
            _("Submitted for review"),
        ),
        Transition(
            "return",
            (Status.REVIEW,),
            Status.DRAFT,
            False,
            _("Save and take back to draft"),
            _("Take the selected rows in review back to draft"),
            _("Taken back to draft"),
        ),
        Transition(
            "publish",
            (Status.DRAFT, Status.REVIEW),
            Status.PUBLISHED,
            True,
            _("Save and publish"),
            _("Publish the selected rows"),
            _("Published"),
        ),
        Transition(
            "withdraw",
            (Status.PUBLISHED,),
            Status.DRAFT,
            True,
            _("Save and withdraw from the public"),
            _("Withdraw the selected rows from the public"),
            _("Withdrawn from the public"),
        ),
    ]
}


def can_transition(user, row, step):
    return row.status in step.sources and (may_publish(user, type(row)) or not step.needs_publisher)


def transitions_for(user, row):
    """The steps that the user may take with the row now."""
    return [step for step in TRANSITIONS.values() if can_transition(user, row, step)]


def needs_publisher(row):
    """Whether the public sees the row, or will at a set time: it, or the reviewed row that it belongs to."""
    if isinstance(row, Reviewed):
        return row.status == Status.PUBLISHED or is_approved_for_later(row)
    if isinstance(row, Live):
        return row.is_seen()
    parent = parent_of(row)
    return parent is not None and needs_publisher(parent)


def is_approved_for_later(row):
    """Whether a row in review is published by the server when its time comes, since that ends another."""
    return row.status == Status.REVIEW and row.publish_at is not None and later_publications(row).exists()


def later_publications(row):
    """What a publisher approved of the row for a time: to be published."""
    kind = ContentType.objects.get_for_model(row)
    waiting = ProposedChange.objects.filter(content_type=kind, object_id=row.pk, state=ProposalState.SCHEDULED)
    return waiting.filter(changes__has_key="status")


def parent_of(row):
    """The reviewed row that a row without a status of its own is a part of: the edition of a listing."""
    return getattr(row, "edition", None) if isinstance(row, Sourced) and not isinstance(row, Reviewed) else None


def proposable():
    """The tables whose public rows an editor changes only by proposing."""
    parts = [model for model in apps.get_models() if issubclass(model, Sourced) and hasattr(model, "edition")]
    return [*parts, *(one for one in apps.get_models() if issubclass(one, Reviewed | Live) and one not in parts)]


def publishable_model(row):
    """The model whose publishers answer for the row."""
    return type(row) if isinstance(row, Reviewed | Live) else type(parent_of(row))


def may_change(user, row):
    """Whether a change of the row by this user takes effect at once, without a second pair of eyes."""
    return not needs_publisher(row) or may_publish(user, publishable_model(row))


def status_history(row):
    """Each step that the row took and who took it when, newest first."""
    steps, after = [], None
    for record in records(row):
        if after is not None and record.status != after.status:
            steps.append(after)
        after = record
    return steps + ([after] if after is not None else [])
