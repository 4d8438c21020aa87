"""Questions to the API: the same forms as on the pages, declared to OpenAPI, faults as 422; and to exports."""

from contextlib import contextmanager
from contextvars import ContextVar
from typing import ClassVar

from django import forms
from django.http import Http404, HttpResponseBadRequest
from django.utils.translation import gettext_lazy
from django_tables2.export import ExportMixin
from ninja import Router, Schema
from pydantic import create_model

from .pages.typography import colon

_taken: ContextVar[dict | None] = ContextVar("taken", default=None)
NO_NUL = r"^[^\u0000]*$"


class InvalidParameters(Exception):
    """A question with bad values; ``faults`` names each field and what is wrong with it."""

    def __init__(self, errors):
        super().__init__(str(errors))
        self.faults = [{"field": field, "fault": str(fault)} for field, faults in errors.items() for fault in faults]


def checked(*asked):
    """The last of the forms, if every value of all of them is good."""
    errors = {field: faults for form in asked for field, faults in form.errors.items()}
    for form in asked:
        find_moment(form)
    if errors:
        raise InvalidParameters(errors)
    return asked[-1]


def find_moment(form):
    """A good moment of which this record says nothing is a missing thing, not a bad value."""
    if form.has_error("known", "before") or form.has_error("known", "future"):
        raise Http404(form.errors["known"][0])


def bad_values(errors):
    """The faults by field, where a file was asked for and none can be given."""
    faults = [f"{colon(field)} {fault}" for field, faults in errors.items() for fault in faults]
    return HttpResponseBadRequest("\n".join(faults), content_type="text/plain; charset=utf-8")


class CheckedExport(ExportMixin):
    """Rows for the taking, where every value asked for is good: else the faults, and no file."""

    def faults(self):
        """What is wrong with the question, by field."""
        return self.filterset.form.errors

    def create_export(self, export_format):
        if errors := self.faults():
            return bad_values(errors)
        return super().create_export(export_format)


class ReadingRouter(Router):
    """A router whose addresses answer HEAD as well as GET."""

    def get(self, path, **options):
        return self.api_operation(["GET", "HEAD"], path, **options)


class Question(Schema):
    """The parameters of a form for OpenAPI; the form itself checks what is asked."""

    form_fields: ClassVar[dict]
    needed: ClassVar[tuple]

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema, handler):
        """Made when it is asked for, not when the code is imported: some choices are in the database."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        schema["required"] = [name for name, field in cls.form_fields.items() if field.required or name in cls.needed]
        taken = (_taken.get() or {}).get(cls.__name__) or taken_by(cls)
        schema["properties"] = {name: parameter(field, taken[name]) for name, field in cls.form_fields.items()}
        return schema


def query_parameters(name, fields, needed=()):
    """The question that takes the form ``fields``; those ``needed`` are required although the form itself copes."""
    question = create_model(name, __base__=Question, **dict.fromkeys(fields, (list[str] | None, None)))
    question.form_fields, question.needed = fields, needed
    return question


def taken_by(question):
    return {name: values_of(field) for name, field in question.form_fields.items()}


def taken_now():
    """What the parameters of each question take: some of it is in the record."""
    return {question.__name__: taken_by(question) for question in Question.__subclasses__()}


@contextmanager
def taking(taken):
    """Describe within what ``taken_now`` gave, without asking again."""
    token = _taken.set(taken)
    try:
        yield
    finally:
        _taken.reset(token)


def parameter(field, taken):
    """What a parameter takes, so that whatever fits is accepted; and what it means."""
    words = [str(part).rstrip(".") for part in (field.label, field.help_text) if part]
    return {**taken, "description": ". ".join(words) + "."}


def values_of(field):
    if hasattr(field, "openapi"):
        return field.openapi()
    if isinstance(field, forms.ChoiceField):
        return choices_of(field)
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    if isinstance(field, forms.DateField):
        return {"type": "string", "anyOf": [{"format": "date"}, {"maxLength": 0}]}
    longest = {} if field.max_length is None else {"maxLength": field.max_length}
    return {"type": "string", "pattern": NO_NUL, **longest}


def choices_of(field):
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": {"type": "string", "enum": [str(value) for value, _label in field.choices]}}
    values = [str(value) for value, _label in field.choices if value != ""]
    return {"type": "string", "enum": values if field.required else [*values, ""]}


class PageForm(forms.Form):
    """Which part of a long list: at most 1,000 items from ``offset`` on."""

    limit = forms.IntegerField(
        min_value=1, max_value=1000, required=False, label=gettext_lazy("Maximum number of items, 1 to 1000")
    )
    offset = forms.IntegerField(
        min_value=0, max_value=1_000_000, required=False, label=gettext_lazy("Number of items to skip")
    )

    def part(self, rows):
        limit, offset = self.cleaned_data["limit"] or 100, self.cleaned_data["offset"] or 0
        return rows[offset : offset + limit]
