"""What happened, and why: asked wherever a fact that the public sees is changed or taken away."""

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext_lazy as _

from editing.facts import PUBLICATION, fact_fields
from editing.ledger.models import Cause
from editing.ledger.write import is_public
from editing.records import Reviewed, Sourced

CAUSE, REASON = "change_cause", "change_reason"
SAY_WHAT = _("The public sees this row. Say what happened: the official side changed it, or this record was wrong.")
SAY_WHY = _("The public sees this row. Say why in a few words: readers are told.")
FAULTS = {CAUSE: SAY_WHAT, REASON: SAY_WHY}


def cause_field(widget=forms.RadioSelect):
    sides = [(one.value, one.label) for one in (Cause.OFFICIAL, Cause.OURS)]
    return forms.ChoiceField(
        label=_("What happened"),
        required=False,
        choices=sides if widget is forms.RadioSelect else [("", "---------"), *sides],
        widget=widget,
        help_text=_("Asked where a fact changes that the public sees; another wording needs no answer."),
    )


def reason_field():
    return forms.CharField(
        label=_("Why"),
        required=False,
        max_length=255,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("A few words: what you read where, or what was wrong. Readers see them where the row is public."),
    )


class CauseForm(forms.Form):
    """The two questions on a page of their own; both are answered where ``is_asked``."""

    change_cause = cause_field()
    change_reason = reason_field()

    def __init__(self, *args, is_asked=True, **kwargs):
        super().__init__(*args, **kwargs)
        for name, sentence in FAULTS.items():
            self.fields[name].required, self.fields[name].error_messages["required"] = is_asked, sentence

    @property
    def cause_fields(self):
        return [self[name] for name in FAULTS]

    @property
    def sentences(self):
        return [sentence for found in self.errors.values() for sentence in found]

    def tell(self, *rows):
        """Give rows the answer, before they are saved or deleted."""
        for row in rows:
            row._change_cause = self.cleaned_data.get(CAUSE, "")
            row._change_reason = self.cleaned_data.get(REASON, "").strip() or getattr(row, "_change_reason", None)


class CauseActionForm(ActionForm):
    """The questions beside the actions of a list."""

    change_cause = cause_field(forms.Select)
    change_reason = reason_field()


def lacking(answers):
    """Which of the two is not answered."""
    return [name for name in (CAUSE, REASON) if not (answers.get(name) or "").strip()]


def changes_fact(model, names):
    """Whether any of these fields is a fact that readers see, beside its wording and its source."""
    facts = {field.name for field in fact_fields(model)} - {*PUBLICATION}
    return any(name in facts and not model.is_wording(name) for name in names)


def is_part(model):
    """Whether its rows belong to one that readers see: a row that joins a published list changes the list."""
    return issubclass(model, Sourced) and not issubclass(model, Reviewed) and hasattr(model, "edition")


def joins_public(row):
    """Whether a new row changes a list that the public sees."""
    return is_part(type(row)) and is_public(row)


def is_seen(row):
    """Whether the public sees the row as it is stored, or will at a set time."""
    stored = type(row)._base_manager.filter(pk=row.pk).first() if row.pk else None
    return stored is not None and is_public(stored)
