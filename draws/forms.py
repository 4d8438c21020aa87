from django import forms
from django.utils.translation import gettext_lazy as _


class ScoreForm(forms.Form):
    crs = forms.IntegerField(
        label=_("Your CRS score"),
        min_value=0,
        max_value=1200,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            code: _("Give a whole number from 0 to 1200.") for code in ("invalid", "min_value", "max_value")
        },
    )
