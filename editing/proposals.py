"""A change of a published row that somebody wrote who may not publish: it waits for a publisher."""

from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import plausibility
from .facts import assign, differences, facts, save_with_relations
from .models import OPEN, ProposalState, ProposedChange
from .preview import never_seen
from .records import check_public
from .review import publishable_model
from .roles import may_publish


def propose(row, values, user, reason, cause=""):
    """Write down what differs from the stored row; None where nothing does."""
    old = facts(type(row)._base_manager.get(pk=row.pk))
    changed = {name: [old[name], new] for name, new in values.items() if old[name] != new}
    if not changed:
        return None
    kind = ContentType.objects.get_for_model(row)
    by = {"proposed_by": user, "from_record": user is None, "reason": reason or "", "cause": cause}
    if user and (own := own_open(row, user)) and own.state == ProposalState.WAITING:
        own.delete()  # the new one goes on from it
    return ProposedChange.objects.create(content_type=kind, object_id=row.pk, changes=changed, **by)


def own_open(row, user):
    """The user's own last proposal for the row, where they can go on with it: it waits, or came back."""
    kind = ContentType.objects.get_for_model(row)
    last = ProposedChange.objects.filter(content_type=kind, object_id=row.pk, proposed_by=user).first()
    return last if last and last.state in (ProposalState.WAITING, ProposalState.RETURNED) else None


def propose_for_record(row, said, changed):
    """What a newer record changed of a row edited here: one proposal waits at most, and what was refused stays so."""
    earlier = ProposedChange.objects.filter(
        content_type=ContentType.objects.get_for_model(row), object_id=row.pk, from_record=True
    )
    names = set(changed)
    for one in earlier.filter(state=ProposalState.WAITING):
        names |= one.changes.keys()
        one.delete()
    for one in earlier.filter(state__in=[ProposalState.REFUSED, ProposalState.SCHEDULED]):
        names -= {name for name, (_old, new) in one.changes.items() if said.get(name) == new}
    values = {name: said[name] for name in names if name in said}
    return propose(row, values, None, _("The record of a newer version says otherwise"))


def waiting_proposals(row):
    """Proposals for the row that nobody has decided yet, or that wait for their time, oldest first."""
    kind = ContentType.objects.get_for_model(row)
    rows = ProposedChange.objects.filter(content_type=kind, object_id=row.pk, state__in=OPEN)
    return rows.select_related("proposed_by").order_by("proposed_at")


def proposed_differences(proposal):
    """What it changes, as differences."""
    old = {name: values[0] for name, values in proposal.changes.items()}
    new = {name: values[1] for name, values in proposal.changes.items()}
    return differences(proposal.content_type.model_class(), old, new)


def may_decide(user, proposal):
    if proposal.state not in OPEN or user is None:
        return False
    row = proposal.row
    return may_publish(user, publishable_model(row) if row is not None else proposal.content_type.model_class())


@transaction.atomic
def accept(proposal, user, answer=None, comment=""):
    """Put the proposed values in place; a ValidationError where the row has changed or would be wrong."""
    if not may_decide(user, proposal):
        raise PermissionDenied
    row = row_to_change(proposal)
    known = plausibility.doubts_in_public(row)
    said = _("Proposed by %(who)s: %(reason)s") if proposal.reason else _("Proposed by %(who)s")
    reason = said % {"who": proposal.proposer, "reason": proposal.reason}
    row._change_reason = answer.added_to(reason) if answer else reason
    row._public_reason, row._change_cause = proposal.reason, proposal.cause  # without the name of a person
    put(row, proposal, check_public)
    plausibility.check(row, known, answer)
    decide(proposal, user, ProposalState.ACCEPTED, comment)
    return row


def row_to_change(proposal):
    """The row as the proposal found it, locked; a ValidationError where it is another by now."""
    model = proposal.content_type.model_class()
    row = model._base_manager.select_for_update().filter(pk=proposal.object_id).first()
    if row is None:
        raise ValidationError(_("The row was deleted: bring it back first, or refuse the proposal."))
    now = facts(row)
    stale = {name: now[name] for name, (old, _new) in proposal.changes.items() if now[name] != old}
    if stale:
        old = {name: proposal.changes[name][0] for name in stale}
        raise ValidationError([changed_since(found) for found in differences(model, old, stale)])
    return row


def put(row, proposal, check):
    between = assign(row, {name: new for name, (_old, new) in proposal.changes.items()})
    if "status" in proposal.changes:
        row.make_room()
    check(row)
    save_with_relations(row, between)


@contextmanager
def as_accepted(proposal):
    """The row as it would be after accepting it, taken back at the end; a ValidationError where it can't be."""
    with never_seen():
        row = row_to_change(proposal)
        put(row, proposal, type(row).clean_fields)
        row.is_proposed = True  # the banner of its preview says so
        yield row


def doubts(proposal):
    """What would be hard to believe of the row after accepting it, and is not so already."""
    known = plausibility.doubts_in_public(proposal.row) if proposal.row else []
    try:
        with as_accepted(proposal) as row:
            return [one for one in plausibility.doubts_in_public(row) if one not in known]
    except (ValidationError, IntegrityError):  # whoever accepts it is told
        return []


def changed_since(difference):
    return _("%(label)s has changed since: it was %(old)s and is %(new)s.") % vars(difference)


def decide(proposal, user, state, comment=""):
    proposal.state, proposal.decided_by, proposal.decided_at = state, user, timezone.now()
    proposal.comment, proposal.apply_at = comment, None
    proposal.save()


def schedule(proposal, user, apply_at, answers, comment=""):
    """Keep an approval for the time at which the change is made, with what was answered to the page's questions."""
    proposal.state, proposal.decided_by, proposal.decided_at = ProposalState.SCHEDULED, user, timezone.now()
    proposal.apply_at, proposal.answers, proposal.comment = apply_at, answers, comment
    proposal.save()


def may_withdraw(user, proposal):
    return proposal.state in OPEN and proposal.proposed_by_id == user.pk
