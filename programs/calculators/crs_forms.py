from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from editing.days import canadian_day
from programs.grids.labels import CRS_EDUCATION, JOB_OFFERS
from programs.grids.validation import job_offer_points
from programs.models import PointGrid

from . import crs, errors, labels, language
from .forms import CHOOSE, Group, ToolForm, WholeField, YesNoField, scores_of, sitting_fields
from .labels import SITTINGS
from .language import InputError

LANGUAGES = list(labels.LANGUAGES.items())
CHOSEN = ("spouse", "canadian_study", "job_offer", "spouse_education")  # none where nothing is
EDUCATION = {
    "required": _("Choose the highest education."),
    "invalid_choice": _("“%(value)s” is not one of the education levels here."),
}


def years_field(label, help_text=""):
    return WholeField(errors.YEARS, label=label, help_text=help_text, required=False, max_value=80)


class GridField(forms.CharField):
    """A grid by its first day."""

    def openapi(self):
        dates = PointGrid.objects.published().filter(system="crs").values_list("valid_from", flat=True)
        return {"type": "string", "enum": [*map(str, dates), ""]}


class CrsForm(ToolForm):
    """A profile for the Comprehensive Ranking System (CRS): the lines that it scores, in the order of the API."""

    spouse = forms.ChoiceField(label=_("Spouse or partner"), required=False, choices=list(labels.SPOUSE.items()))
    age = WholeField(errors.AGE, label=_("Age"), max_value=120)
    education = forms.ChoiceField(
        label=_("Highest education"), choices=[*CHOOSE, *CRS_EDUCATION.items()], error_messages=EDUCATION
    )
    first_language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("Set by the test")), *LANGUAGES]
    )
    second_language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("The other")), *LANGUAGES]
    )
    canadian_work_years = years_field(_("Years of work in Canada"), _("TEER 0 to 3, in the last ten years."))
    foreign_work_years = years_field(_("Years of work abroad"), _("TEER 0 to 3, in the last ten years."))
    certificate = YesNoField(label=_("Certificate of qualification in a trade, from Canada"))
    nomination = YesNoField(label=_("Nomination by a province or territory"))
    sibling = YesNoField(label=_("Brother or sister in Canada, citizen or permanent resident"))
    canadian_study = forms.ChoiceField(
        label=_("Study in Canada"),
        required=False,
        choices=[("none", pgettext_lazy("study or offer", "None")), *list(labels.STUDY.items())[1:]],
    )
    job_offer = forms.ChoiceField(
        label=_("Job offer"),
        required=False,
        choices=[("none", pgettext_lazy("study or offer", "None")), *JOB_OFFERS.items()],
    )
    spouse_education = forms.ChoiceField(
        label=_("Highest education"), required=False, choices=list(CRS_EDUCATION.items()), error_messages=EDUCATION
    )
    spouse_canadian_work_years = years_field(_("Years of work in Canada"))
    grid = GridField(
        label=_("Grid"), required=False, max_length=40, help_text=_("Its date; leave blank for today’s grid.")
    )

    groups = [
        Group(_("About you"), ["education"], ["age"]),
        Group(SITTINGS["first"], [], ["first_test", "first_language"], scores_of("first")),
        Group(SITTINGS["second"], [], ["second_test"], scores_of("second"), labels.SECOND_HELP),
        Group(_("Work"), [], ["canadian_work_years", "foreign_work_years", "certificate"]),
        Group(
            _("Spouse or common-law partner"),
            ["spouse", "spouse_education"],
            ["spouse_canadian_work_years", "spouse_test"],
            scores_of("spouse"),
            _(
                "Counts only if your spouse or partner is coming with you and is neither a citizen nor a permanent "
                "resident of Canada."
            ),
        ),
        Group(_("Additional points"), ["canadian_study", "job_offer"], ["nomination", "sibling"]),
    ]
    rare = ["second_language", "job_offer", "grid"]
    field_order = ["spouse", "age", "education", "first_language", *sitting_fields("first"), "second_language"]
    field_order += [*sitting_fields("second"), "canadian_work_years", "foreign_work_years", "certificate"]
    field_order += ["nomination", "sibling", "canadian_study", "job_offer", "spouse_education"]
    field_order += [*sitting_fields("spouse")]

    def __init__(self, data=None):
        super().__init__(data)
        self.grids = list(PointGrid.objects.published().filter(system="crs"))
        today = canadian_day()
        self.in_force = next((held for held in self.grids if held.valid_from <= today), None)
        self.ask_for_offers(self.named(self.data.get("grid", "").strip()))

    def named(self, name):
        """The grid of that day, or the one in force today."""
        return next((held for held in self.grids if str(held.valid_from) == name), None) if name else self.in_force

    def ask_for_offers(self, held):
        """The page asks for a job offer only where the grid has points for it, of the kinds that it tells apart."""
        offers = job_offer_points(held.grid) if held else {}
        if offers:
            self.rare = [name for name in self.rare if name != "job_offer"]
            told_apart = [choice for choice in self.fields["job_offer"].choices if choice[0] in ("none", *offers)]
            self.fields["job_offer"].widget.choices = told_apart
        else:
            self.groups = [group._replace(wide=[n for n in group.wide if n != "job_offer"]) for group in self.groups]

    def clean_grid(self):
        """The grid that was named, or the one in force today."""
        held = self.named(self.cleaned_data["grid"])
        if held is None:
            dates = ", ".join(str(held.valid_from) for held in self.grids)
            raise forms.ValidationError(
                _("No such grid is recorded here. Recorded: %(dates)s."), "unknown", {"dates": dates}
            )
        return held

    def clean(self):
        super().clean()
        sittings = {prefix: self.levels(prefix) for prefix in SITTINGS}
        self.check_languages()
        if not self.errors:
            self.profile = self.profiled(sittings)

    def check_languages(self):
        """Find the first official language, and refuse a second one that is the same."""
        given = self.cleaned_data
        if not given.get("first_test") or "first_language" in self.errors:
            return
        try:
            first = language.first_language(self.tests, given["first_test"], given["first_language"])
            given["first_language"] = first
            if given.get("second_test"):
                language.check_second_test(self.tests, first, given["second_test"])
            if given.get("second_language") == first:
                raise InputError("second_language", "same_language", language=first)
        except InputError as error:
            self.add_error(error.field, errors.language_fault(error))

    def profiled(self, sittings):
        given = self.cleaned_data
        years = {name: given[name] or 0 for name in crs.YEARS_FIELDS}
        same = {name: given[name] for name in ("age", "education", "first_language", "certificate", "nomination")}
        chosen = {name: given[name] or "none" for name in CHOSEN}
        levels = {"first": sittings["first"], "second": sittings["second"], "spouse_first": sittings["spouse"]}
        return crs.CrsProfile(**years, **same, **chosen, **levels, sibling=given["sibling"])

    def score(self):
        """The score of a valid form."""
        return crs.score(self.profile, self.cleaned_data["grid"].grid)


for prefix in SITTINGS:
    CrsForm.base_fields |= sitting_fields(prefix, required=prefix == "first")
