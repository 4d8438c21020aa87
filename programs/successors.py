"""What changes on a day: a new row from that day on, while the row before ends on the day before."""

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from editing.admin.row_form import RowForm
from editing.facts import PUBLICATION, facts, json_value
from editing.ledger.models import Cause
from editing.models import ProposalState
from editing.proposals import decide, propose, waiting_proposals
from editing.review import needs_publisher

DAYS = ("valid_from", "valid_to")
READ = ("evidence", "source", "source_fr", "source_url", "checked_on", "known_true_on", "note", "note_fr")


class SuccessorForm(RowForm):
    """The form of a row that may follow another one: it then begins later, and is the same rule or amount."""

    follows = None

    def clean(self):
        cleaned = super().clean()
        if self.follows is not None and not self.instance.pk:
            self.check_following(cleaned)
        return cleaned

    def check_following(self, cleaned):
        before, first_day = self.follows, cleaned.get("valid_from")
        if "valid_from" in cleaned and (first_day is None or (before.valid_from and first_day <= before.valid_from)):
            said = _("Give a day after %(day)s, on which the row before begins.")
            self.add_error("valid_from", said % {"day": before.valid_from or "–"})
        for name in key_fields(type(before)):
            if name in cleaned and cleaned[name] != getattr(before, name):
                self.add_error(name, _("It follows %(row)s: this stays the same.") % {"row": before})


def key_fields(model):
    """What stays the same from one row to the one that follows it."""
    return [name.split("__")[0] for name in model.natural_key_fields if name != "valid_from"]


def end_before(row, user):
    """End the row that this one follows on the day before, or propose so while this one isn't public."""
    if row.valid_from is None:
        return []
    same = {name: getattr(row, name) for name in key_fields(type(row))}
    started = Q(valid_from=None) | Q(valid_from__lt=row.valid_from)
    lasting = Q(valid_to=None) | Q(valid_to__gte=row.valid_from)
    before = type(row)._base_manager.select_for_update().filter(started, lasting, **same).exclude(pk=row.pk)
    return [ended(one, row, user) for one in before]


def ended(before, row, user):
    """End one row, at once or as a proposal; answers with what is to be said."""
    last_day = row.valid_from - timedelta(days=1)
    names, reason = {"row": before, "day": last_day}, _("Followed by %(row)s") % {"row": row}
    waiting = [one for one in waiting_proposals(before) if new_values(one) == {"valid_to": json_value(last_day)}]
    if needs_publisher(before) and not needs_publisher(row):
        if not waiting:
            propose(before, {"valid_to": json_value(last_day)}, user, reason, Cause.OFFICIAL)
        return _("%(row)s is proposed to end on %(day)s; it does so when this one is published.") % names
    before.valid_to, before._change_reason, before._change_cause = last_day, reason, Cause.OFFICIAL
    before.save()
    for proposal in waiting:
        decide(proposal, user, ProposalState.ACCEPTED)
    return _("%(row)s ends on %(day)s.") % names


def new_values(proposal):
    return {name: new for name, (_old, new) in proposal.changes.items()}


class FollowingAdmin:
    """Adds “From a later day” to the form of a row: a new one that says the same until it is changed."""

    def followed(self, request):
        """The row that a new one follows, named by the address."""
        key = request.GET.get("follows", "")
        return self.model._base_manager.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None

    def get_changeform_initial_data(self, request):
        initial, before = super().get_changeform_initial_data(request), self.followed(request)
        if before is None:
            return initial
        anew = (*DAYS, *READ, *PUBLICATION)  # what was read of the row before vouches for no other
        return {name: value for name, value in facts(before).items() if name not in anew}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.follows = None if obj else self.followed(request)
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and self.has_add_permission(request):
            context["later_url"] = f"{self.address('add')}?follows={obj.pk}"
        elif before := self.followed(request):
            context["title"] = _("From a later day: %(row)s") % {"row": before}
        return super().render_change_form(request, context, add, change, form_url, obj)


class SuccessorAdmin(FollowingAdmin):
    """Ends the row before on the day before, in the transaction that saves or publishes the new one."""

    form = SuccessorForm

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        step = self.wanted_step(request)
        if form.follows is not None or (step and step.name == "publish"):
            self.say_each(request, end_before(obj, request.user))

    def transition(self, request, row, step, comment="", answer=None):
        with transaction.atomic():
            refused = super().transition(request, row, step, comment, answer)
            if not refused and step.name == "publish":
                self.say_each(request, end_before(row, request.user))
        return refused

    def say_each(self, request, sentences):
        for sentence in sentences:
            self.message_user(request, sentence, messages.SUCCESS)
