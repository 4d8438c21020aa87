"""The question that goes with everything handed in: where was it read?"""

from django import forms
from django.contrib.admin import widgets
from django.utils.translation import gettext_lazy as _

from editing.records import Evidence

SOURCE_FIELDS = ["evidence", "source", "source_url"]


class SourceForm(forms.Form):
    """Nothing that a person hands in is official by itself: they say where they read it."""

    evidence = forms.ChoiceField(
        label=_("Evidence"),
        choices=[("", "---------"), *Evidence.choices],
        error_messages={"required": _("Say how near to the department's own publication this was read.")},
    )
    source = forms.CharField(
        label=_("Source"),
        widget=widgets.AdminTextInputWidget,
        max_length=500,
        help_text=_("What was read, in words."),
        error_messages={"required": _("Say in words where this was read.")},
    )
    source_url = forms.URLField(
        label=_("Source link"),
        widget=widgets.AdminTextInputWidget({"type": "url"}),
        required=False,
        assume_scheme="https",
        max_length=500,
    )

    def clean(self):
        """What is called official can be looked up."""
        cleaned = super().clean()
        is_official = cleaned.get("evidence") == Evidence.OFFICIAL
        if is_official and "source_url" not in self.errors and not cleaned.get("source_url"):
            self.add_error("source_url", _("Give the link to the official page."))
        return cleaned

    @property
    def source_fields(self):
        return [self[name] for name in SOURCE_FIELDS]

    @property
    def read_from(self):
        """The answer, as rows keep it."""
        return {name: self.cleaned_data[name] for name in SOURCE_FIELDS}
