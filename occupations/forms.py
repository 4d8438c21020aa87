from datetime import date

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from editing.days import canadian_day
from editing.ledger.forms import KnownForm
from editing.ledger.lasting import last_complete

from .models import Occupation

FIRST_DAY = date(2015, 1, 1)  # of Express Entry


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


class PastDayField(DayField):
    """A day of Express Entry, up to today."""

    def validate(self, value):
        super().validate(value)
        if value and value > canadian_day():
            raise forms.ValidationError(_("That date is in the future. Today’s state is shown."), "future")
        if value and value < FIRST_DAY:
            raise forms.ValidationError(_("Express Entry began on January 1, 2015. Today’s state is shown."), "before")

    def openapi(self):
        return {"type": "string", "pattern": days_until(canadian_day())}


DAYS_OF_ANY_YEAR = "(02-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(0[1-9]|[12][0-9]|30)|(0[13578]|1[02])-31)"


def days_until(last):
    """A pattern for the days from 2015 to the ``last`` one, but February 29 and the ends of this year's months."""
    earlier = f"({one_of(range(FIRST_DAY.year, last.year))})-{DAYS_OF_ANY_YEAR}"
    this_year = f"{last.year}-({one_of(range(1, last.month)) or '00'})-(0[1-9]|1[0-9]|2[0-8])"
    this_month = f"{last:%Y-%m}-({one_of(range(1, last.day + 1))})"
    return f"^({earlier}|{this_year}|{this_month})?$"


def one_of(numbers):
    return "|".join(f"{number:02}" for number in numbers)


class DayForm(forms.Form):
    """The day whose state a page shows."""

    on = PastDayField(label=_("As of"), required=False)

    @property
    def pinned(self):
        """The day that was asked for, or None."""
        return (self.is_bound and self.errors is not None and self.cleaned_data.get("on")) or None

    @property
    def day(self):
        return self.pinned or canadian_day()


def day_shown(request, form):
    """The day asked for, or the last one to which the record is complete: of a later one nothing is known yet."""
    return last_complete(request, form.pinned) if form.pinned else form.day


class DatedForm(KnownForm, DayForm):
    """The day whose state a page shows, and the moment at which this record said so."""

    field_order = ["on", "known"]

    @property
    def today(self):
        """The day of the moment, which is today where none was asked for."""
        return canadian_day(self.moment) if self.moment else canadian_day()

    @property
    def day(self):
        return self.pinned or self.today


class EntriesWidget(forms.Textarea):
    """One box for a parameter that comes once with many lines, or many times."""

    def value_from_datadict(self, data, files, name):
        return "\n".join(data.getlist(name)) if hasattr(data, "getlist") else data.get(name)


class EntriesField(forms.CharField):
    """Occupations in any words; the API names the codes, which always fit."""

    def openapi(self):
        return codes_to_choose()


def codes_to_choose():
    """A list of at most 50 codes of NOC 2021."""
    codes = list(Occupation.objects.values_list("code", flat=True).order_by("code"))
    return {"type": "array", "maxItems": 50, "items": {"type": "string", "enum": codes}}


class ShortlistForm(DatedForm):
    """Occupations in any words, and the day whose state is asked for."""

    noc = EntriesField(
        label=_("Occupations"),
        required=False,
        widget=EntriesWidget(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_(
            "Up to 50, separated by commas, semicolons or line breaks: NOC 2021 codes, whole titles in English "
            "or French, or NOC 2016 codes."
        ),
    )

    field_order = ["noc", "on", "known"]
