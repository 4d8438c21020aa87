from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from editing.days import canadian_day


class DayInput(forms.DateInput):
    """A date picker; a bad date stands in a plain box, as a picker would hide it."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        try:
            good = not value or parse_date(str(value)) is not None
        except ValueError:
            good = False
        context["widget"]["type"] = "date" if good else "text"
        return context


class DayField(forms.DateField):
    """A date as in an address: 2024-01-15. A bad one is named."""

    widget = DayInput(format="%Y-%m-%d")

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

    def clean_on(self):
        if (day := self.cleaned_data["on"]) and day > canadian_day():
            raise forms.ValidationError(_("That day is yet to come. The state of today is shown."), "future")
        return day

    @property
    def pinned(self):
        """The day that was asked for, or None."""
        return (self.is_bound and self.errors is not None and self.cleaned_data.get("on")) or None

    @property
    def day(self):
        return self.pinned or canadian_day()


class EntriesWidget(forms.Textarea):
    """One box for a parameter that comes once with many lines, or many times."""

    def value_from_datadict(self, data, files, name):
        return "\n".join(data.getlist(name)) if hasattr(data, "getlist") else data.get(name)


class ShortlistForm(DayForm):
    """Occupations in any words, and the day whose state is asked for."""

    noc = forms.CharField(
        label=_("Occupations"),
        required=False,
        widget=EntriesWidget(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_(
            "Up to 50, parted by commas, semicolons or lines: NOC 2021 codes, whole titles in English or French, "
            "or NOC 2016 codes."
        ),
    )

    field_order = ["noc", "on"]
