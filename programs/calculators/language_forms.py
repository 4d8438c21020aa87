from django import forms
from django.utils.translation import gettext_lazy as _

from . import language
from .forms import Group, ToolForm, scores_of, sitting_fields
from .labels import TESTS
from .language import ABILITIES, CLB

LEVELS = range(4, 11)  # the levels for which scores are published
NOT_TAKEN = {key: name for key, name in TESTS.items() if key != CLB}


class LanguageForm(ToolForm):
    """Scores of a test to convert to levels, a level to convert to scores, or both."""

    level = forms.ChoiceField(
        label=_("Level (CLB or NCLC)"), required=False, choices=[("", _("None")), *((str(n), str(n)) for n in LEVELS)]
    )

    groups = [
        Group(_("From scores to levels"), [], ["test"], scores_of("")),
        Group(_("From a level to scores"), [], ["level"]),
    ]
    field_order = list(sitting_fields())

    def clean(self):
        super().clean()
        test, scores = self.sitting("")
        if test:
            self.found = self.converted(test, scores)
        elif any(scores.values()) or not (self.errors or self.cleaned_data.get("level")):
            self.add_error("test", _("Choose a test and give its scores, or choose a level."))

    def converted(self, test, scores):
        """The level of each score that is given; at least one must be."""
        if not any(scores.values()) and not any(ability in self.errors for ability in ABILITIES):
            self.add_error("speaking", _("Give at least one score."))
        return {ability: self.level_of(test, ability, score) for ability, score in scores.items()}

    def level_of(self, test, ability, score):
        return self.level("", test, ability, score) if score else None

    def wanted(self):
        """The scores of every test that give the level that was chosen."""
        level = self.cleaned_data["level"]
        return language.scores_for(self.tests, int(level)) if level else None


LanguageForm.base_fields |= sitting_fields(tests=NOT_TAKEN)
