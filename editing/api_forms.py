"""Questions to the API: the same forms as on the pages, declared to OpenAPI, faults as 422; and to exports."""

from django import forms
from django.http import HttpResponseBadRequest
from django_tables2.export import ExportMixin
from ninja import Schema
from pydantic import Field, create_model

from .pages.typography import colon


class InvalidParameters(Exception):
    """A question with bad values; ``faults`` names each field and what is wrong with it."""

    def __init__(self, errors):
        super().__init__(str(errors))
        self.faults = [{"field": field, "fault": str(fault)} for field, faults in errors.items() for fault in faults]


def checked(*asked):
    """The last of the forms, if every value of all of them is good."""
    errors = {field: faults for form in asked for field, faults in form.errors.items()}
    if errors:
        raise InvalidParameters(errors)
    return asked[-1]


class CheckedExport(ExportMixin):
    """Rows for the taking, where every value asked for is good: else the faults, and no file."""

    def faults(self):
        """What is wrong with the question, by field."""
        return self.filterset.form.errors

    def create_export(self, export_format):
        if errors := self.faults():
            faults = [f"{colon(field)} {fault}" for field, faults in errors.items() for fault in faults]
            return HttpResponseBadRequest("\n".join(faults), content_type="text/plain; charset=utf-8")
        return super().create_export(export_format)


def query_parameters(name, fields, leave=(), many=()):
    """A schema that tells OpenAPI which parameters the form ``fields`` take; the form itself checks them."""
    return create_model(
        name,
        __base__=Schema,
        **{
            key: (list[str] | None if takes_many(key, field, many) else str | None, described(field))
            for key, field in fields.items()
            if key not in leave
        },
    )


def takes_many(key, field, many):
    return key in many or isinstance(field, forms.MultipleChoiceField)


def asks_database(choices):
    """Whether choices come from a function, which must not be called when the code is only imported."""
    wrapped = getattr(choices, "choices", None) or getattr(choices, "func", None)
    if wrapped is None or isinstance(wrapped, type):  # an enumeration holds its own
        return False
    return callable(wrapped) or asks_database(wrapped)


def described(field):
    """What OpenAPI says of a form field: its label, its help, and the values it knows."""
    parts = [str(field.label or ""), str(field.help_text or "")]
    if field.required:
        parts.append("Required.")
    if isinstance(field, forms.ChoiceField):
        parts.append(described_choices(field.choices))
    elif isinstance(field, forms.DateField):
        parts.append("A day like 2024-01-15.")
    return Field(None, description=". ".join(part.rstrip(".") for part in parts if part) + ".")


def described_choices(choices):
    """The values by name; those that only the database knows are left to the page. Nothing where there is none."""
    if asks_database(choices):
        return "A value that the page offers."
    values = [str(value) for value, _ in choices if value != ""]
    return "One of: " + ", ".join(values) if values else ""


class PageForm(forms.Form):
    """Which part of a long list: at most 1,000 items from ``offset`` on."""

    limit = forms.IntegerField(min_value=1, max_value=1000, required=False, label="Items at most, 1 to 1000")
    offset = forms.IntegerField(min_value=0, max_value=1_000_000, required=False, label="Items to pass over")

    def part(self, rows):
        limit, offset = self.cleaned_data["limit"] or 100, self.cleaned_data["offset"] or 0
        return rows[offset : offset + limit]
