"""The names that the official feed has for the rounds of a category, in every spelling."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from editing.history import RowHistory
from editing.records import ByNaturalKey, Keyed, Live

from . import spelling
from .models import Category


class Language(models.TextChoices):
    """The language of the feed in which a name stands."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")


class CategoryRoundName(Live, Keyed):
    """A name by which an import knows the rounds of a category, without the version at its end."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="round_names", verbose_name=_("category"))
    name = models.CharField(
        _("name in the feed"), max_length=spelling.MAX_NAME, help_text=_("Without the version at its end.")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ENGLISH)

    natural_key_fields = ["name"]
    is_public_table = False
    objects = ByNaturalKey.as_manager()
    history = RowHistory()

    class Meta(Live.Meta):
        ordering = ["category__slug", "language", "name"]
        verbose_name = _("round name")
        verbose_name_plural = _("round names")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="roundname_not_doubled",
                violation_error_message=_("This round name is there already."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values),
                name="roundname_language_known",
                violation_error_message=_("Choose English or French."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Say in words which name an import could not tell from this one."""
        super().clean()
        own, label = spelling.split_label(self.name)
        if label:
            raise ValidationError({"name": _("Leave the version at the end out: every version has this name.")})
        others = CategoryRoundName.objects.exclude(pk=self.pk).select_related("category")
        if alike := next((one for one in others if spelling.key(one.name) == own), None):
            said = _("An import reads this name as “%(name)s”, a round of %(category)s, already.")
            raise ValidationError({"name": said % {"name": alike.name, "category": alike.category}})

    def is_seen(self):
        """Where the public sees the category, what its rounds are called is no longer one person's to change."""
        return self.pk is not None and self.category.is_seen()
