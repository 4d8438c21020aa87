"""The moment ``?known=``: a page as this record showed it then."""

from datetime import UTC

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .read import first_moment, last_change
from .write import whole_second

NOT_BEGUN = {"date": "–", "time": "–"}  # an empty record


def written(moment):
    """A second as it stands in an address: 2026-11-20T14:03:22Z."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def in_utc(moment):
    """A moment without a zone is in UTC already."""
    return moment and (moment.astimezone(UTC) if timezone.is_aware(moment) else moment.replace(tzinfo=UTC))


class KnownField(forms.Field):
    """A second of a public change; any other moment stands for the last change before it."""

    def to_python(self, value):
        value = (value or "").strip()
        try:
            moment = in_utc(parse_datetime(value)) if value else None
        except (ValueError, OverflowError):  # the first hours of the year 1, and the last of 9999
            moment = None
        if value and moment is None:
            message = _("“%(value)s” is not a valid date and time. Write it in UTC, like 2026-11-20T14:03:22Z.")
            raise forms.ValidationError(message, "invalid", {"value": value})
        return moment and whole_second(moment)

    def clean(self, value):
        moment = super().clean(value)
        if moment is None:
            return None
        if moment > timezone.now():
            raise forms.ValidationError(_("That moment is in the future. The current page is shown."), "future")
        found = last_change(at=moment)
        if found is None:
            first = first_moment()
            message = _("This record can’t say what it showed then: it has kept track since %(date)s at %(time)s UTC.")
            began = {"date": date_format(first, "DATE_FORMAT"), "time": f"{first:%H:%M:%S}"} if first else NOT_BEGUN
            raise forms.ValidationError(message, "before", began)
        return found

    def openapi(self):
        return {"type": "string", "anyOf": [{"format": "date-time"}, {"maxLength": 0}]}


class KnownForm(forms.Form):
    """The moment whose facts and lists a page shows."""

    known = KnownField(
        label=_("As this record showed it at"),
        required=False,
        help_text=_("Date and time in UTC, like 2026-11-20T14:03:22Z."),
    )

    @property
    def moment(self):
        """The moment that was asked for, or None."""
        return (self.is_bound and self.errors is not None and self.cleaned_data.get("known")) or None

    def leads_to(self, request):
        """The address with the moment as it is written, where it was written otherwise; None where it was not."""
        if self.moment is None or request.GET["known"] == written(self.moment):
            return None
        query = request.GET.copy()
        query["known"] = written(self.moment)
        return f"{request.path}?{query.urlencode(safe=':')}"
