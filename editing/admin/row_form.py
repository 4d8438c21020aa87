"""The form of a row in the admin: who saves second is told, and the reason goes into the history."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from editing.facts import difference, digest, fact_fields, facts, json_value
from editing.history import records
from editing.ledger.write import is_public
from editing.review import may_change

from .cause import CAUSE, FAULTS, REASON, CauseForm, cause_field, changes_fact, is_part, is_seen, lacking, reason_field

OPENED_ON = "opened_on"
VERSIONS_LOOKED_AT = 100
SAVED_MEANWHILE = _(
    "%(who)s saved this row at %(when)s UTC, while you had it open. Nothing of yours is saved yet. "
    "What you did not touch has their values now. Compare what is marked below: saving again puts your own changes "
    "in place, leaving the page keeps theirs."
)

CHANGE_ALONE = _(
    "This row is published. Open it on its own page: what you save there is handed to the publishers as a proposal."
)
DELETE_ALONE = _("One of these rows is published: only publishers delete it. Nothing was saved.")
JOINS_PUBLISHED = _(
    "What this row would belong to is published: only publishers add to it. "
    "Copy it as a new draft, or ask a publisher to add the row."
)


class OpenedOn(forms.CharField):
    """The version of the row that a form was opened on; never itself a change."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def has_changed(self, initial, data):
        return False


class LockedForm(forms.ModelForm):
    """Refuses to save over what somebody else saved since the form was opened.

    What its editor never touched then takes the other's value; of what both changed it shows both values.
    """

    opened_on = OpenedOn()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and OPENED_ON in self.fields:
            self.initial[OPENED_ON] = digest(self.instance)

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and OPENED_ON in self.fields:
            self.refuse_if_saved_meanwhile(digest(self.instance))
        return cleaned

    def refuse_if_saved_meanwhile(self, now):
        """Compare with the row as it stands: ``_post_clean`` has not yet put the entries on it."""
        if self.cleaned_data.get(OPENED_ON) == now:
            return
        self.data = self.data.copy()
        stored, opened = facts(self.instance), self.facts_opened()
        for field in fact_fields(type(self.instance)):
            if field.name in self.fields and field.name in self.cleaned_data:
                self.settle(field, stored, opened)
        self.add_error(None, ValidationError(SAVED_MEANWHILE, params=self.last_saved()))
        self.data[self.add_prefix(OPENED_ON)] = now

    def facts_opened(self):
        """The row as it was when the form was opened, from its history; nothing where that is not known."""
        wanted = self.cleaned_data.get(OPENED_ON)
        newest = records(self.instance)[:VERSIONS_LOOKED_AT]
        return next((facts(record) for record in newest if digest(record) == wanted), {})

    def settle(self, field, stored, opened):
        """Take the other's value of a field that was not touched, or show both."""
        entered = {field.name: json_value(entry(field, self.cleaned_data[field.name]))}
        found = difference(field, stored, entered)
        if not found:
            return
        if field.name in opened and not difference(field, opened, entered):
            self.put(field.name, field.to_python(stored[field.name]) if is_plain(field) else stored[field.name])
            sentence = _("Changed meanwhile, and taken over here: %(old)s. It was %(new)s.")
        else:
            sentence = _("Stored now: %(old)s. Yours: %(new)s.")
        self.add_error(field.name, sentence % {"old": found.old, "new": found.new})

    def put(self, name, value):
        """Fill a field anew, as a browser would have sent it."""
        field, html_name = self.fields[name], self.add_prefix(name)
        widget = getattr(field.widget, "widget", field.widget)  # inside the one with links to add and change
        context = widget.get_context(html_name, field.prepare_value(value), {})["widget"]
        for part in context.get("subwidgets") or [context]:
            values = part["value"] if isinstance(part["value"], list | tuple) else [part["value"]]
            self.data.setlist(part["name"], [str(one) for one in values if one is not None])
        if isinstance(widget, forms.CheckboxInput) and not value:
            del self.data[html_name]

    def last_saved(self):
        newest = records(self.instance).first()
        who = newest.history_user if newest and newest.history_user else _("Somebody")
        when = f"{newest.history_date:%Y-%m-%d %H:%M:%S}" if newest else _("an unknown time")
        return {"who": who, "when": when}


def is_plain(field):
    return not field.is_relation and not isinstance(field, models.JSONField)


def entry(field, value):
    """What a form field holds as the model keeps it: keys instead of rows."""
    if field.many_to_many:
        return sorted(row.pk for row in value)
    return getattr(value, "pk", value) if field.is_relation else value


class ChildForm(LockedForm):
    """A row edited on the page of the row that it belongs to."""

    user = None

    def clean(self):
        cleaned = super().clean()
        if self.has_changed() and self.instance.pk and not may_change(self.user, self.instance):
            self.add_error(None, CHANGE_ALONE)
        return cleaned


class ChildFormSet(forms.BaseInlineFormSet):
    """Refuses to delete what the user may not change; what is said above of the page is said of its rows."""

    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and not may_change(form.user, form.instance):
                raise ValidationError(DELETE_ALONE)
        if any(map(self.changes_what_is_seen, self.forms)) and (names := lacking(self.data)):
            raise ValidationError([FAULTS[name] for name in names])

    def changes_what_is_seen(self, form):
        if not form.has_changed() and form not in self.deleted_forms:
            return False
        if form.instance.pk is None:  # joins a list that the public sees
            return form not in self.deleted_forms and is_part(self.model) and is_seen(self.instance)
        is_fact = form in self.deleted_forms or changes_fact(type(form.instance), form.changed_data)
        return is_fact and is_seen(form.instance)

    def told(self, row):
        form = CauseForm(self.data, is_asked=False)
        if form.is_valid():
            form.tell(row)
        return row

    def save_new(self, form, commit=True):
        self.told(form.instance)
        return super().save_new(form, commit)

    def save_existing(self, form, obj, commit=True):
        self.told(form.instance)
        return super().save_existing(form, obj, commit)

    def delete_existing(self, obj, commit=True):
        super().delete_existing(self.told(obj), commit)


class RowForm(LockedForm):
    """Says also why, and shows what the database refused at the first attempt to save."""

    change_cause = cause_field()
    change_reason = reason_field()
    user = None
    refused = None
    publishing_faults = None  # a function of the row, where the form is asked to publish it
    withdrawing_faults = None  # the same, where it is asked to withdraw it
    proposes = False  # whether saving means to propose
    own_proposal = None  # what the same person proposed of the row before, where they can go on with it

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in fact_fields(type(self.instance)) if self.own_proposal else []:
            if field.name in self.own_proposal.changes and field.name in self.fields:
                value = self.own_proposal.changes[field.name][1]
                self.initial[field.name] = field.to_python(value) if is_plain(field) else value

    def clean(self):
        cleaned = super().clean()
        self.proposes = bool(self.instance.pk) and not may_change(self.user, self.instance)
        for name in lacking(cleaned) if self.changes_what_is_seen(cleaned) else []:
            self.add_error(name, FAULTS[name])
        return cleaned

    def changes_what_is_seen(self, cleaned):
        model = type(self.instance)
        if self.instance.pk is None:
            return is_part(model) and bool(edition := cleaned.get("edition")) and is_public(edition)
        return bool(self.withdrawing_faults or changes_fact(model, self.changed_data)) and is_seen(self.instance)

    def _post_clean(self):
        super()._post_clean()
        self.instance._change_reason = self.cleaned_data.get(REASON) or None
        self.instance._change_cause = self.cleaned_data.get(CAUSE, "")
        if not self.proposes and not may_change(self.user, self.instance):
            self.add_error(None, JOINS_PUBLISHED)
        if self.refused:
            self.add_error(None, self.refused)
        elif (faults := self.publishing_faults or self.withdrawing_faults) and not self.errors:
            for sentence in faults(self.instance):
                self.add_error(None, sentence)
