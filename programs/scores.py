"""A reader's own score of the Comprehensive Ranking System (CRS)."""

from django import forms
from django.utils.translation import gettext_lazy as _

WHOLE_SCORE = _("Give a whole number from 0 to 1200.")


class ScoreField(forms.IntegerField):
    """A CRS score; what was typed wrong stays visible."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, **kwargs):
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), WHOLE_SCORE)
        super().__init__(min_value=0, max_value=1200, error_messages=messages, **kwargs)


class ScoreForm(forms.Form):
    crs = ScoreField(label=_("Your CRS score"), required=False)

    @classmethod
    def asked_by(cls, request, **options):
        """The form as the page's address fills it; the page's links leave out what it refuses."""
        form = cls(request.GET, **options)
        request.refused = {*getattr(request, "refused", ()), *form.errors}
        return form

    @property
    def score(self):
        """The score that was given, None where none was, or a bad one."""
        return None if self.errors or not self.is_bound else self.cleaned_data["crs"]
