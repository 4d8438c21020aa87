"""Lead statement, main duties and employment requirements, as an operator loaded them from the official open data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editing.constraint_messages import chosen, not_doubled
from editing.records import ByNaturalKey, Keyed
from occupations.noc import Occupation


class OccupationText(Keyed):
    """What one profile of a unit group does, in one language; most unit groups have one profile."""

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="texts", verbose_name=_("occupation"))
    language = models.CharField(_("language"), max_length=2)
    profile = models.CharField(_("profile"), max_length=2, help_text=_("00: the whole unit group."))
    label = models.CharField(_("name of the profile"), max_length=255, blank=True)
    lead = models.TextField(_("lead statement"), blank=True)
    duties = models.JSONField(_("main duties"), default=list)
    requirements = models.JSONField(_("employment requirements"), default=list)
    edition = models.CharField(_("year of the edition"), max_length=4, blank=True)
    loaded_on = models.DateField(_("loaded on"))

    natural_key_fields = ["occupation__code", "language", "profile"]
    editors_may = ("view",)
    is_public_table = False  # texts of others, which the operator replaces as a whole
    objects = ByNaturalKey.as_manager()

    class Meta:
        ordering = ["occupation__code", "language", "profile"]
        verbose_name = _("text of an occupation")
        verbose_name_plural = _("texts of occupations")
        constraints = [
            not_doubled(
                "occupationtext_not_doubled",
                ["occupation", "language", "profile"],
                _("The profile has its texts in that language already. Change that row."),
            ),
            chosen("occupationtext_language_known", "language", ["en", "fr"], _("Choose English or French.")),
            models.CheckConstraint(
                condition=Q(profile__regex=r"^[0-9]{2}$"),
                name="occupationtext_profile_form",
                violation_error_message=_("A profile has two digits."),
            ),
        ]

    def __str__(self):
        return f"{self.code} ({self.language})"

    @property
    def code(self):
        """The code of the profile as the official files write it: 31301.02."""
        return f"{self.occupation.code}.{self.profile}"
