"""What the tools ask in common: whole numbers, yes or no, and the results of language tests."""

from typing import NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from editing.days import canadian_day
from programs.models import PointGrid

from . import errors, language
from .labels import ABILITY_WORDS, SITTINGS, TESTS
from .language import ABILITIES, InputError, Levels

CHOOSE = [("", _("Choose"))]
NO_TEST = [("", _("No test"))]
YES, NO = ("yes", "true", "1", "on"), ("no", "false", "0", "off")


class WholeField(forms.IntegerField):
    """A whole number from 0 on; what was typed wrong stays visible."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, fault, **kwargs):
        messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), fault)
        super().__init__(min_value=0, error_messages=messages, **kwargs)


class Checkbox(forms.CheckboxInput):
    """A checkbox that adds ``name=yes`` to the address, or nothing."""

    def __init__(self, attrs=None):
        super().__init__(attrs, check_test=lambda value: str(value).lower() in YES)

    def value_from_datadict(self, data, files, name):
        return data.get(name)

    def format_value(self, value):
        return "yes"


class YesNoField(forms.ChoiceField):
    """True or false from a checkbox, or from an address that says so in another usual way."""

    widget = Checkbox

    def __init__(self, **kwargs):
        messages = {"invalid_choice": _("“%(value)s” is neither yes nor no.")}
        super().__init__(
            choices=[("yes", _("yes")), ("no", _("no"))], required=False, error_messages=messages, **kwargs
        )

    def openapi(self):
        return {"type": "string", "enum": [*YES, *NO, ""]}

    def clean(self, value):
        value = str(value or "no").lower()
        return super().clean("yes" if value in YES else "no" if value in NO else value) == "yes"


def named(prefix, name):
    return f"{prefix}_{name}" if prefix else name


def scores_of(prefix):
    """The names of the four fields for the results of one test."""
    return [named(prefix, ability) for ability in ABILITIES]


def sitting_fields(prefix="", tests=TESTS, required=False):
    """The fields of one language test: which, and the result in each ability."""
    choices = [*(CHOOSE if required else NO_TEST), *tests.items()]
    which = forms.ChoiceField(
        label=_("Test"), choices=choices, required=required, error_messages={"required": errors.TEST}
    )
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    scores = {
        named(prefix, ability): TestScoreField(label=label, required=False, max_length=20, widget=widget)
        for ability, label in ABILITY_WORDS.items()
    }
    return {named(prefix, "test"): which, **scores}


class TestScoreField(forms.CharField):
    """A result in one ability: a level, or a score with at most one decimal."""

    def openapi(self):
        return {"type": "string", "pattern": "^([0-9]{1,3}([.,][05])?)?$"}


class Group(NamedTuple):
    """Fields that stand together: long ones, usual ones, and short ones in a row."""

    legend: str
    wide: list = []
    fields: list = []
    short: list = []
    help_text: str = ""


class ToolForm(forms.Form):
    """A tool's questions, with the language tests that are accepted today."""

    groups = []
    rare = []  # fields that only an address fills in; the page shows them when they are wrong

    def __init__(self, data=None):
        super().__init__(data)
        self.held_tests = PointGrid.objects.published().in_force("language", canadian_day())
        self.tests = self.held_tests.grid if self.held_tests else {"tests": {}}
        accepted = [(key, test["name"]) for key, test in self.tests["tests"].items()]
        for name in self.fields.keys() & {"test", *(named(prefix, "test") for prefix in SITTINGS)}:
            always = [choice for choice in self.fields[name].choices if choice[0] in ("", language.CLB)]
            self.fields[name].choices = always + accepted

    @classmethod
    def asked_by(cls, query):
        """The form as the address fills it in; blank when the address answers none of its questions."""
        return cls(None if cls.base_fields.keys().isdisjoint(query) else query)

    def grouped(self):
        """The groups with their fields, for the page."""
        wrong = [name for name in self.rare if name in self.errors]
        for group in [*self.groups, Group(_("Also in the address"), fields=wrong)] if wrong else self.groups:
            parts = ([self[name] for name in names] for names in (group.wide, group.fields, group.short))
            yield Group(group.legend, *parts, group.help_text)

    def faults(self):
        """Each faulty field with its group and its fault, in the order of the page."""
        for group in self.grouped():
            for field in (*group.wide, *group.fields, *group.short):
                if field.errors:
                    yield group, field, field.errors[0]

    def carried(self):
        """The rare fields that are given and right: the form passes them on."""
        return [self[name].as_hidden() for name in self.rare if self[name].data and name not in self.errors]

    def query(self):
        """What the address says, without what it leaves empty."""
        given = {
            name: field.widget.value_from_datadict(self.data, self.files, name) for name, field in self.fields.items()
        }
        return {name: value for name, value in given.items() if value not in (None, "", [])}

    def levels(self, prefix):
        """The levels of one sitting; None without a test, or with a fault, which then stands at its field."""
        test, scores = self.sitting(prefix)
        if not test:
            return self.name_missing(prefix, scores)
        found = [self.level(prefix, test, ability, score) for ability, score in scores.items()]
        return None if None in found else Levels(*found)

    def name_missing(self, prefix, scores):
        """Without a test, name what else of the sitting is missing, if it is needed or begun."""
        test = named(prefix, "test")
        if any(scores.values()) and test not in self.errors:
            self.add_error(test, errors.NO_TEST)
        if self.fields[test].required:
            for ability in (ability for ability, score in scores.items() if not score):
                self.add_error(named(prefix, ability), errors.SCORE)

    def sitting(self, prefix):
        """Which test was taken, and the result in each ability, as far as they are given."""
        given = self.cleaned_data.get
        return given(named(prefix, "test")), {ability: given(named(prefix, ability), "") for ability in ABILITIES}

    def level(self, prefix, test, ability, score):
        """The level of one result, or None and its fault at the field."""
        field = named(prefix, ability)
        if field in self.errors:
            return None
        try:
            if not score:
                raise InputError(ability, "required")
            return language.level(self.tests, test, ability, score.replace(",", "."))
        except InputError as error:
            self.add_error(field, errors.score_fault(error, self.tests, test, ability, score))
            return None
