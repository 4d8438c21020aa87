"""What sources disagree on, and what the official record changed."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from draws.wording import value_language, value_text
from editing.constraint_messages import chosen, not_doubled
from editing.history import RowHistory
from editing.pages.typography import colon
from editing.records import Reviewed, ReviewedQuerySet, Sourced, bilingual, bilingual_language, public_at


class DrawField(models.TextChoices):
    """The facts of a draw that sources can disagree on."""

    NAME = "name", _("Name")
    DATE = "date", _("Date")
    DRAWN_AT = "drawn_at", _("Date and time")
    INVITATIONS = "invitations", _("Invitations issued")
    CUTOFF = "cutoff", _("CRS score of lowest-ranked candidate invited")
    INVITATIONS_AND_CUTOFF = "invitations_cutoff", _("Invitations issued and CRS score")
    TIE_BREAK = "tie_break", _("Tie-breaking rule")
    PROGRAMS = "programs", _("Programs covered")
    POOL = "pool", _("Pool")
    POOL_DATE = "pool_date", _("Date of the pool")


class OfDrawQuerySet(ReviewedQuerySet):
    def of_public_draws(self, now=None):
        """Public rows whose draw is public too: those of a withdrawn draw lead nowhere."""
        now = now or timezone.now()
        return self.published(now).filter(public_at(now, "draw__"))

    def about(self, draw):
        """Rows of the draw, and those on the sizes that its year's total counts."""
        size = Q(field=DrawField.INVITATIONS, draw__date__year=draw.date.year, draw__sequence__lte=draw.sequence)
        return self.filter(Q(draw=draw) | size)


class WithDraw(Reviewed):
    """A row about a draw, which the public sees no sooner than the draw."""

    class Meta(Reviewed.Meta):
        abstract = True

    def public_since(self):
        moments = [super().public_since(), self.draw.public_since()]
        return max(moments) if all(moments) else None


class Discrepancy(Sourced, WithDraw):
    """A fact of a draw on which sources disagree."""

    draw = models.ForeignKey("draws.Draw", models.CASCADE, related_name="discrepancies", verbose_name=_("draw"))
    field = models.CharField(_("fact"), max_length=20, choices=DrawField)
    value_here = models.CharField(_("value here"), max_length=120, blank=True)
    value_elsewhere = models.CharField(_("value elsewhere"), max_length=120, blank=True)
    note_en = models.TextField(_("English note"))
    note_fr = models.TextField(_("French note"), blank=True)

    natural_key_fields = ["draw__number", "field", "value_elsewhere"]
    objects = OfDrawQuerySet.as_manager()
    history = RowHistory()
    note = bilingual("note")
    note_language = bilingual_language("note")

    class Meta(Reviewed.Meta):
        ordering = ["-draw__sequence", "field"]
        verbose_name = _("discrepancy")
        verbose_name_plural = _("discrepancies")
        constraints = [
            not_doubled(
                "discrepancy_not_doubled",
                ["draw", "field", "value_elsewhere"],
                _("This value elsewhere is recorded for that fact of the draw already. Change that row."),
            ),
            chosen(
                "discrepancy_field_known",
                "field",
                DrawField.values,
                _("Choose one of the facts of a draw in the list."),
            ),
            *Sourced.Meta.constraints,
            *Reviewed.Meta.constraints,
        ]

    def __str__(self):
        return f"{colon(self.draw)} {self.get_field_display()}"

    def get_absolute_url(self):
        return f"{self.draw.get_absolute_url()}#discrepancies"

    @property
    def here(self):
        return value_text(self.value_here)

    @property
    def here_language(self):
        return value_language(self.value_here)

    @property
    def elsewhere(self):
        return value_text(self.value_elsewhere)

    @property
    def elsewhere_language(self):
        return value_language(self.value_elsewhere)

    @property
    def difference(self):
        """How many more invitations there would be if the other source were right; None where no sum changes."""
        values = (self.value_elsewhere, self.value_here)
        if self.field != DrawField.INVITATIONS or not all(value.isdigit() for value in values):
            return None
        return int(values[0]) - int(values[1])


class Origin(models.TextChoices):
    """Why a published value changed."""

    OFFICIAL = "official", _("The official record changed")
    OURS = "ours", _("This record was wrong")


class Correction(Sourced, WithDraw):
    """A value that changed after it was published: in the official record, or here because it was wrong here."""

    draw = models.ForeignKey("draws.Draw", models.CASCADE, related_name="corrections", verbose_name=_("draw"))
    field = models.CharField(_("fact"), max_length=20, choices=DrawField)
    origin = models.CharField(_("what happened"), max_length=8, choices=Origin, default=Origin.OFFICIAL)
    old_value = models.CharField(_("old value"), max_length=255)
    new_value = models.CharField(_("new value"), max_length=255)
    last_seen_old = models.DateField(_("old value last seen"), null=True, blank=True)
    first_seen_new = models.DateField(_("new value first seen"))
    only_wording = models.BooleanField(_("only wording"), help_text=_("The fact is the same, written otherwise."))
    note_en = models.TextField(_("English note"), blank=True)
    note_fr = models.TextField(_("French note"), blank=True)

    natural_key_fields = ["draw__number", "field", "first_seen_new"]
    objects = OfDrawQuerySet.as_manager()
    history = RowHistory()
    note = bilingual("note")
    note_language = bilingual_language("note")

    class Meta(Reviewed.Meta):
        ordering = ["-first_seen_new", "-draw__sequence", "field"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            not_doubled(
                "correction_not_doubled",
                ["draw", "field", "first_seen_new"],
                _("A correction of that fact of the draw, first seen then, is recorded already. Change that row."),
            ),
            models.CheckConstraint(
                condition=~Q(old_value=F("new_value")),
                name="correction_changes_something",
                violation_error_message=_("Old and new value are the same."),
            ),
            models.CheckConstraint(
                condition=Q(last_seen_old=None) | Q(last_seen_old__lte=F("first_seen_new")),
                name="correction_dates_in_order",
                violation_error_message=_("The old value was last seen before the new one was first seen."),
            ),
            chosen(
                "correction_field_known",
                "field",
                DrawField.values,
                _("Choose one of the facts of a draw in the list."),
            ),
            chosen(
                "correction_origin_known",
                "origin",
                Origin.values,
                _("Say whether the official record changed or this one was wrong."),
            ),
            *Sourced.Meta.constraints,
            *Reviewed.Meta.constraints,
        ]

    def __str__(self):
        return f"{colon(self.draw)} {self.get_field_display()}"

    def get_absolute_url(self):
        return f"{self.draw.get_absolute_url()}#corrections"

    @property
    def anchor(self):
        """Its name among the changes of its draw."""
        return f"draw-{self.draw.number}-{self.field}-{self.first_seen_new}"

    @property
    def old(self):
        return self.old_value if self.only_wording else value_text(self.old_value)

    @property
    def new(self):
        return self.new_value if self.only_wording else value_text(self.new_value)

    @property
    def is_quoted(self):
        """Whether the new value stands in the words of the source, which are English."""
        return self.only_wording or value_language(self.new_value) == "en"

    @property
    def is_ours(self):
        return self.origin == Origin.OURS
