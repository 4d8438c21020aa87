"""The way of a row to the public: draft, in review, published; and who may take which step."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .history import records
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
        return row.status == Status.PUBLISHED
    if isinstance(row, Live):
        return row.is_seen()
    parent = parent_of(row)
    return parent is not None and needs_publisher(parent)


def parent_of(row):
    """The reviewed row that a row without a status of its own is a part of: the edition of a listing."""
    return getattr(row, "edition", None) if isinstance(row, Sourced) and not isinstance(row, Reviewed) else None


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
