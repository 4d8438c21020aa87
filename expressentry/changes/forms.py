from django import forms
from django.utils.translation import gettext_lazy as _

from editing.ledger.models import Cause

from .events import Kind


class ChangesForm(forms.Form):
    """Which changes: of one kind, by one side, of one row."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All but wording")), *Kind.choices])
    by = forms.ChoiceField(
        label=_("Who changed it"),
        required=False,
        choices=[("", _("All")), (Cause.OFFICIAL, _("The official side")), (Cause.OURS, _("This record"))],
    )
    of = forms.CharField(
        label=_("One row only: draw/254, edition/stem/2023"),
        max_length=120,
        required=False,
        widget=forms.HiddenInput(),
    )

    def chosen(self, events):
        """The events asked for; a change of wording alone is among them where one row or that kind is asked for."""
        asked = self.cleaned_data if self.is_valid() else {"kind": "", "by": "", "of": ""}
        if asked["kind"]:
            events = [one for one in events if one.kind == asked["kind"]]
        elif not asked["of"]:
            events = [one for one in events if one.kind != Kind.WORDING]
        return [one for one in events if one.cause == asked["by"]] if asked["by"] else events

    @property
    def row(self):
        return self.cleaned_data.get("of", "") if self.errors is not None and self.is_bound else ""
