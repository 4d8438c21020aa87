"""The form of a row in the admin: who saves second is told, and the reason goes into the history."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from editing.facts import difference, digest, fact_fields, facts, json_value
from editing.history import records
from editing.review import may_change

OPENED_ON = "opened_on"
REASON = "change_reason"
SAVED_MEANWHILE = _(
    "%(who)s saved this row at %(when)s UTC, while you had it open. Nothing of yours is saved yet. "
    "Compare what is marked below: saving again puts your values in place, leaving the page keeps theirs."
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
    """Refuses to save over what somebody else saved since the form was opened, and shows both values."""

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
        stored = facts(self.instance)
        for field in fact_fields(type(self.instance)):
            if field.name in self.fields and field.name in self.cleaned_data:
                self.mark(field, stored)
        self.add_error(None, ValidationError(SAVED_MEANWHILE, params=self.last_saved()))
        self.data = self.data.copy()
        self.data[self.add_prefix(OPENED_ON)] = now

    def mark(self, field, stored):
        entered = {field.name: json_value(entry(field, self.cleaned_data[field.name]))}
        if found := difference(field, stored, entered):
            sentence = _("Stored now: %(old)s. Yours: %(new)s.") % {"old": found.old, "new": found.new}
            self.add_error(field.name, sentence)

    def last_saved(self):
        newest = records(self.instance).first()
        who = newest.history_user if newest and newest.history_user else _("Somebody")
        when = f"{newest.history_date:%Y-%m-%d %H:%M:%S}" if newest else _("an unknown time")
        return {"who": who, "when": when}


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
    """Refuses to delete what the user may not change."""

    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and not may_change(form.user, form.instance):
                raise ValidationError(DELETE_ALONE)


class RowForm(LockedForm):
    """Says also why, and shows what the database refused at the first attempt to save."""

    change_reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=255,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("A few words for the history: what you read where, or what was wrong."),
    )
    user = None
    refused = None
    publishing_faults = None  # a function of the row, where the form is asked to publish it
    withdrawing_faults = None  # the same, where it is asked to withdraw it
    proposes = False  # whether saving means to propose

    def clean(self):
        cleaned = super().clean()
        self.proposes = bool(self.instance.pk) and not may_change(self.user, self.instance)
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        self.instance._change_reason = self.cleaned_data.get(REASON) or None
        if not self.proposes and not may_change(self.user, self.instance):
            self.add_error(None, JOINS_PUBLISHED)
        if self.refused:
            self.add_error(None, self.refused)
        elif (faults := self.publishing_faults or self.withdrawing_faults) and not self.errors:
            for sentence in faults(self.instance):
                self.add_error(None, sentence)
