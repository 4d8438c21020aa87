from django import forms
from django.utils.translation import gettext_lazy as _

from editing.days import canadian_day
from programs.grids.labels import FSW_ADAPTABILITY, FSW_EDUCATION
from programs.models import PointGrid

from . import errors, fsw, language
from .crs_forms import EDUCATION, years_field
from .forms import CHOOSE, Group, ToolForm, WholeField, YesNoField, scores_of, sitting_fields
from .labels import SECOND_HELP, SITTINGS
from .language import InputError


class FswForm(ToolForm):
    """A profile for the six selection factors of the Federal Skilled Worker Program."""

    age = WholeField(errors.AGE, label=_("Age on the day of the application"), max_value=120)
    education = forms.ChoiceField(
        label=_("Highest education"), choices=[*CHOOSE, *FSW_EDUCATION.items()], error_messages=EDUCATION
    )
    experience_years = years_field(_("Years of skilled work"), _("TEER 0 to 3, in the last ten years."))
    arranged_employment = YesNoField(label=_("Arranged employment in Canada"))
    adaptability = forms.MultipleChoiceField(
        label=_("What applies"),
        required=False,
        choices=list(FSW_ADAPTABILITY.items()),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "stacked"}),
    )
    spouse = YesNoField(
        label=_("A spouse or partner is coming with you who is neither a citizen nor a permanent resident")
    )

    groups = [
        Group(_("About you"), ["education"], ["age"]),
        Group(SITTINGS["first"], [], ["first_test"], scores_of("first")),
        Group(SITTINGS["second"], [], ["second_test"], scores_of("second"), SECOND_HELP),
        Group(_("Work"), [], ["experience_years", "arranged_employment"]),
        Group(_("Adaptability"), ["spouse", "adaptability"], help_text=_("10 points at most in total.")),
    ]
    field_order = ["age", "education", *sitting_fields("first"), *sitting_fields("second")]

    def __init__(self, data=None):
        super().__init__(data)
        self.held = PointGrid.objects.published().in_force("fsw", canadian_day())
        follows = [key for key in FSW_ADAPTABILITY if key == fsw.ARRANGED]  # from its own box
        shown = [choice for choice in self.fields["adaptability"].choices if choice[0] not in follows]
        self.fields["adaptability"].widget.choices = shown

    def clean(self):
        super().clean()
        first, second = self.levels("first"), self.levels("second")
        self.check_languages()
        if self.held is None:
            self.add_error(None, _("No grid is recorded here for today."))
        if not self.errors:
            self.profile = self.profiled(first, second)

    def check_languages(self):
        """Refuse a second test of the language that the first one measures."""
        first, second = (self.cleaned_data.get(name) for name in ("first_test", "second_test"))
        if not (first and second):
            return
        measured = language.language_of(self.tests, first)
        try:
            language.check_second_test(self.tests, measured or "", second)
        except InputError as error:
            self.add_error(error.field, errors.language_fault(error))

    def profiled(self, first, second):
        given = self.cleaned_data
        same = {name: given[name] for name in ("age", "education", "arranged_employment", "spouse")}
        years, items = given["experience_years"] or 0, frozenset(given["adaptability"])
        return fsw.FswProfile(**same, first=first, second=second, experience_years=years, adaptability=items)

    def score(self):
        """The points of a valid form."""
        return fsw.score(self.profile, self.held.grid)


for prefix in ("first", "second"):
    FswForm.base_fields |= sitting_fields(prefix, required=prefix == "first")
