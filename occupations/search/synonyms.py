"""Everyday words that job titles rarely use, and the words that they do use: rows that editors keep."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from editing.constraint_messages import not_doubled
from editing.history import RowHistory
from editing.records import Keyed, Reviewed, ReviewedQuerySet


class Synonym(Reviewed, Keyed):
    """Words of a query that are looked up as others; a phrase with several meanings has a row for each."""

    phrase = models.CharField(
        _("everyday words"), max_length=60, help_text=_("As people type them. Accents and capitals do not matter.")
    )
    meaning = models.CharField(
        _("words of titles"),
        max_length=120,
        help_text=_("What is looked up in their place: words that job titles have."),
    )

    natural_key_fields = ["phrase", "meaning"]
    is_public_table = False
    objects = ReviewedQuerySet.as_manager()
    history = RowHistory()

    class Meta(Reviewed.Meta):
        ordering = ["phrase", "meaning"]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        constraints = [
            not_doubled(
                "synonym_not_doubled", ["phrase", "meaning"], _("That synonym is already here. Change that row.")
            ),
            models.CheckConstraint(
                condition=~Q(phrase=F("meaning")),
                name="synonym_changes_something",
                violation_error_message=_("Both are the same: nothing would be looked up in another way."),
            ),
            models.CheckConstraint(
                condition=Q(phrase__regex="[A-Za-z0-9]") & Q(meaning__regex="[A-Za-z0-9]"),
                name="synonym_has_words",
                violation_error_message=_("Both need at least one word."),
            ),
            *Reviewed.Meta.constraints,
        ]

    def __str__(self):
        return f"{self.phrase} → {self.meaning}"

    def get_absolute_url(self):
        """What the search finds for the phrase."""
        return reverse("occupations:list", query={"q": self.phrase})
