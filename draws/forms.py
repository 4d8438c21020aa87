import re
from datetime import datetime, timezone

from django import forms
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from editing.pages.alphabet import without_accents
from occupations.forms import DayField, codes_to_choose
from occupations.models import Edition, FormerCode, Occupation
from programs.models import ABBREVIATIONS
from programs.scores import ScoreField

from .invited.rules import CandidateProfile
from .models import Kind

PROGRAMS = [(code.lower(), words) for code, words in ABBREVIATIONS.items()]
PAGE_SIZES = [("25", "25"), ("50", "50"), ("100", "100"), ("all", _("all"))]
ORDERS = [
    ("-date", _("Newest first")),
    ("date", _("Oldest first")),
    ("-number", _("Highest number first")),
    ("number", _("Lowest number first")),
    ("name", _("By round type")),
    ("-name", _("By round type, reversed")),
    ("-invitations", _("Most invitations first")),
    ("invitations", _("Fewest invitations first")),
    ("-cutoff", _("Highest CRS score first")),
    ("cutoff", _("Lowest CRS score first")),
]


class PageSizeForm(forms.Form):
    """How many rows of a long table stand on a page."""

    per_page = forms.ChoiceField(
        choices=PAGE_SIZES,
        required=False,
        label=_("Rows per page"),
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": _("“%(value)s” is not a number of rows per page: choose 25, 50, 100 or all.")
        },
    )

    def chosen(self, name, fallback):
        """The valid value of a field, or ``fallback``."""
        return fallback if name in self.errors else self.cleaned_data[name] or fallback

    def page_sizes(self, fallback):
        """Each size, its words, and whether it is the one that the page has."""
        return [(size, words, size == self.chosen("per_page", fallback)) for size, words in PAGE_SIZES]


class ListForm(PageSizeForm):
    """In which order draws are listed, and how many on a page."""

    sort = forms.ChoiceField(choices=ORDERS, required=False, label=_("Order"))


TIME_OF_DAY = "([01][0-9]|2[0-3]):[0-5][0-9]"
SAFE_DAY = "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"  # every month has it
MOMENT = f"^({SAFE_DAY}(T{TIME_OF_DAY}(:[0-5][0-9])?(Z|[+-]{TIME_OF_DAY})?)?)?$"


class MomentWidget(forms.MultiWidget):
    """A date and a time under one name; an address may have both as one text, too."""

    use_fieldset = True

    def __init__(self):
        day = forms.DateInput({"type": "date", "aria-label": _("Date")})
        super().__init__([day, forms.TimeInput({"type": "time", "step": 1, "aria-label": _("Time (UTC)")})])
        self.widgets_names = ["", ""]

    def value_from_datadict(self, data, files, name):
        parts = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        return "T".join(part for part in parts if part)

    def decompress(self, value):
        moment = utc_moment(value or "")
        return [f"{moment:%Y-%m-%d}", f"{moment:%H:%M:%S}"] if moment else [value, ""]


class MomentField(forms.CharField):
    """A moment in ISO 8601, UTC unless it says otherwise; a date alone is its first moment."""

    widget = MomentWidget

    def openapi(self):
        return {"type": "string", "pattern": MOMENT}

    def to_python(self, value):
        text = super().to_python(value).replace(" ", "T", 1)
        if not text:
            return None
        moment = utc_moment(text)
        if moment is None:
            message = _("“%(value)s” is not a valid time. Write it like 2022-11-22T15:30:00 (UTC).")
            raise forms.ValidationError(message, "invalid", {"value": value})
        return moment


def utc_moment(text):
    """An ISO time, in UTC unless it says otherwise, or the first moment of an ISO day; None for any other text."""
    try:
        moment = parse_datetime(text) or parse_date(text)
    except ValueError:
        return None
    if moment and not isinstance(moment, datetime):
        moment = datetime.combine(moment, datetime.min.time())
    return moment if not moment or moment.tzinfo else moment.replace(tzinfo=timezone.utc)


class CodesWidget(forms.TextInput):
    """One box for a parameter that may come once with many codes, or many times."""

    def value_from_datadict(self, data, files, name):
        return " ".join(data.getlist(name)) if hasattr(data, "getlist") else data.get(name)


FORMER_LENGTH = 4  # digits of a NOC 2016 code


class CodesField(forms.CharField):
    """NOC 2021 codes, parted by anything; NOC 2016 codes stand for their successors; unknown ones are named."""

    widget = CodesWidget(attrs={"inputmode": "numeric"})

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.former = {}  # NOC 2016 codes that were given, and what they became

    def openapi(self):
        return codes_to_choose()

    def clean(self, value):
        words = [word for word in re.split(r"[\s,;]+", super().clean(value)) if word and word.upper() != "NOC"]
        known = set(Occupation.objects.filter(code__in=words[:50]).values_list("code", flat=True))
        self.former = successors([word for word in words[:50] if len(word) == FORMER_LENGTH])
        if unknown := [word for word in words if word not in known and word not in self.former]:
            message = _("Not a NOC 2021 code: %(codes)s. Look a code up under Occupations.")
            raise forms.ValidationError(message, "unknown", {"codes": ", ".join(unknown)[:200]})
        return frozenset(known.union(*self.former.values()))


def successors(former):
    """The NOC 2021 codes of each NOC 2016 code that there is."""
    found = {}
    if former:
        rows = FormerCode.objects.filter(code_2016__in=former).same_title_first()
        for code, successor in rows.values_list("code_2016", "occupation__code"):
            found.setdefault(code, []).append(successor)
    return found


def published_editions():
    return list(Edition.objects.published().select_related("category"))


def category_choices(editions=None):
    found = published_editions() if editions is None else editions
    names = {edition.category.slug: edition.category.name for edition in found}
    return [("", pgettext_lazy("categories", "All")), *sorted(names.items(), key=lambda one: without_accents(one[1]))]


class InvitedForm(forms.Form):
    """A profile as far as the reader wants to say, and the draws to look at."""

    crs = ScoreField(label=_("CRS score"))
    submitted = MomentField(
        label=_("Profile submitted (UTC)"),
        required=False,
        help_text=_("It matters only at exactly the cut-off. A profile lasts 12 months."),
    )
    program = forms.MultipleChoiceField(
        label=_("Programs you qualify for"), choices=PROGRAMS, required=False, widget=forms.CheckboxSelectMultiple
    )
    noc = CodesField(
        label=_("NOC codes of your experience"), required=False, help_text=_("For example, 21231, 21300.")
    )
    french = forms.IntegerField(
        label=_("French, lowest of four abilities (NCLC)"),
        required=False,
        min_value=0,
        max_value=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    canadian_experience = forms.ChoiceField(
        label=_("Enough of that experience was in Canada"),
        required=False,
        choices=[("", _("not specified")), ("yes", _("yes")), ("no", _("no"))],
    )
    military = forms.ChoiceField(
        label=_("Military recruit"),
        required=False,
        choices=[("", _("not specified")), ("recruit", _("yes")), ("no", _("no"))],
        help_text=_("With the service abroad, the Canadian Forces’ offer and the credential the category asks for."),
    )
    kind = forms.ChoiceField(
        label=_("Round type"), required=False, choices=[("", pgettext_lazy("round types", "All")), *Kind.choices]
    )
    category = forms.ChoiceField(label=_("Category"), required=False, choices=category_choices)
    to = DayField(label=_("To"), required=False)

    field_order = ["crs", "submitted", "program", "noc", "french", "canadian_experience", "military", "kind"]
    field_order += ["category", "from"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.editions = published_editions()
        self.fields["category"].choices = category_choices(self.editions)

    def clean(self):
        super().clean()
        start, end = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if start and end and start > end:
            self.add_error("to", _("This date is before the start date."))

    def profile(self):
        """The profile of a valid form."""
        given = self.cleaned_data
        return CandidateProfile(
            crs=given["crs"],
            submitted=given["submitted"],
            programs=frozenset(code.upper() for code in given["program"]),
            nocs=given["noc"],
            french=given["french"],
            canadian_experience={"yes": True, "no": False, "": None}[given["canadian_experience"]],
            military_recruit={"recruit": True, "no": False, "": None}[given["military"]],
        )


# "from" is a word of Python's own, so it cannot stand in the class.
InvitedForm.base_fields["from"] = DayField(label=_("From"), required=False)
