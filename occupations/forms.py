from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A date as in an address: 2024-01-15. A bad one is named."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%d"], localize=False, **kwargs)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError:
            message = _("“%(value)s” is not a date. Write it as year-month-day: 2024-01-15.")
            raise forms.ValidationError(message, "invalid", {"value": value}) from None


class DayForm(forms.Form):
    """The day whose state a page shows."""

    on = DayField(label=_("State of the day"), required=False)

    @property
    def pinned(self):
        """The day that was asked for, or None."""
        return (self.is_valid() and self.cleaned_data["on"]) or None

    @property
    def day(self):
        return self.pinned or timezone.localdate()
