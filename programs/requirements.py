"""What a program asks of a candidate, and which occupations it counts, between two dates."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from editing.constraint_messages import HELD_FROM_THEN, chosen, not_doubled
from editing.history import RowHistory
from editing.pages.markdown import LONGEST
from editing.pages.typography import colon
from editing.records import Reviewed, ReviewedQuerySet, Sourced, State, bilingual

from .citations import cited


def in_force_on(day, prefix=""):
    """The condition for a rule to count on ``day``, also across a relation; an unknown start counts as always."""
    started = Q(**{f"{prefix}valid_from": None}) | Q(**{f"{prefix}valid_from__lte": day})
    lasting = Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gte": day})
    return Q(**{f"{prefix}state": State.IN_FORCE}) & started & lasting


def in_force_facts(facts, day):
    """The same of the facts of a rule, as the ledger has them."""
    started = facts["valid_from"] is None or facts["valid_from"] <= day.isoformat()
    lasting = facts["valid_to"] is None or facts["valid_to"] >= day.isoformat()
    return facts["state"] == State.IN_FORCE and started and lasting


class DatedQuerySet(ReviewedQuerySet):
    def in_force(self, on):
        """Rows valid on the date ``on``; an unknown start counts as always."""
        started = Q(valid_from=None) | Q(valid_from__lte=on)
        return self.filter(started, Q(valid_to=None) | Q(valid_to__gte=on))


class RequirementQuerySet(DatedQuerySet):
    def processing_times(self, on):
        """How long each program takes, as the department said last by the date ``on``."""
        times = self.published().in_force(on).filter(topic=Requirement.Topic.PROCESSING, state=State.IN_FORCE)
        return times.select_related("program")

    def by_state(self, on):
        """Public rows in three lists: in force on the date ``on``, proposed, and reported."""
        rows = self.published().filter(Q(valid_to=None) | Q(valid_to__gte=on)).select_related("program")
        started = [row for row in rows if row.valid_from is None or row.valid_from <= on]
        return {
            "in_force": [row for row in started if row.state == State.IN_FORCE],
            "proposed": [row for row in rows if row.state == State.PROPOSED],
            "reported": [row for row in rows if row.state == State.REPORTED],
        }


def dates_in_order(name):
    return models.CheckConstraint(
        condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
        name=name,
        violation_error_message=_("The last day is on or after the first."),
    )


def texts_in_limit(name, *fields):
    return models.CheckConstraint(
        condition=Q(*[LessThanOrEqual(Length(field), LONGEST) for field in fields]),
        name=name,
        violation_error_message=_("A text is too long."),
    )


class Requirement(Sourced, Reviewed):
    """What a program asks of a candidate, between two dates."""

    class Topic(models.TextChoices):
        EXPERIENCE = "experience", _("Work experience")
        LANGUAGE = "language", _("Language")
        EDUCATION = "education", _("Education")
        POINTS = "points", _("Selection points")
        JOB_OFFER = "job-offer", _("Job offer")
        FUNDS = "funds", _("Proof of funds")
        NOMINATION = "nomination", _("Nomination")
        RESIDENCE = "residence", _("Where you will live")
        OTHER = "other", _("Other")
        PROCESSING = "processing", _("Processing time")

    program = models.ForeignKey(
        "programs.Program", models.CASCADE, related_name="requirements", verbose_name=_("program")
    )
    key = models.SlugField(_("key"), max_length=40, help_text=_("Names the rule across its dates."))
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    in_short_en = models.CharField(_("in short (English)"), max_length=120, help_text=_("For comparison."))
    in_short_fr = models.CharField(_("in short (French)"), max_length=120, blank=True)
    text_en = models.TextField(_("English text"), max_length=LONGEST, help_text=_("Markdown."))
    text_fr = models.TextField(_("French text"), max_length=LONGEST, blank=True, help_text=_("Markdown."))
    legal_reference = models.CharField(_("legal reference"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.IN_FORCE)
    valid_from = models.DateField(_("valid from"), null=True, blank=True, help_text=_("Empty: not known."))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    known_true_on = models.DateField(_("last known true"), help_text=_("Last date the source vouches for."))
    position = models.PositiveSmallIntegerField(_("position"))

    natural_key_fields = ["program__code", "key", "state", "valid_from"]
    facts_in_words = ("in_short_en", "text_en")
    objects = RequirementQuerySet.as_manager()
    history = RowHistory()
    in_short = bilingual("in_short")
    text = bilingual("text")

    class Meta(Reviewed.Meta):
        ordering = ["program__position", "position"]
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        constraints = [
            not_doubled("requirement_not_doubled", ["program", "key", "state", "valid_from"], HELD_FROM_THEN),
            models.UniqueConstraint(
                fields=["program", "key", "state"],
                condition=Q(valid_from=None),
                name="requirement_without_start_not_doubled",
                violation_error_message=_("There is such a requirement without a start already."),
            ),
            dates_in_order("requirement_dates_in_order"),
            texts_in_limit("requirement_texts_in_limit", "text_en", "text_fr"),
            chosen("requirement_state_known", "state", State.values, _("Choose one of the states in the list.")),
            *Sourced.Meta.constraints,
            *Reviewed.Meta.constraints,
        ]

    def __str__(self):
        return f"{colon(self.program.abbreviation)} {self.in_short}"

    @property
    def law(self):
        return cited(self.legal_reference)


class OccupationRule(Sourced, Reviewed):
    """Whether a program counts experience in the occupations whose NOC 2021 code begins with a prefix."""

    program = models.ForeignKey(
        "programs.Program", models.CASCADE, related_name="occupation_rules", verbose_name=_("program")
    )
    prefix = models.CharField(
        _("beginning of the code"),
        max_length=5,
        help_text=_("NOC 2021, as text. An x stands for any first digit: x0 is all of TEER 0."),
    )
    counts = models.BooleanField(_("counts"), default=True, help_text=_("Off: left out of a wider group that counts."))
    minimum_level = models.PositiveSmallIntegerField(
        _("lowest language level"), null=True, blank=True, help_text=_("CLB or NCLC in all four abilities.")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.IN_FORCE)
    valid_from = models.DateField(_("valid from"), null=True, blank=True, help_text=_("Empty: not known."))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    known_true_on = models.DateField(_("last known true"), help_text=_("Last date the source vouches for."))

    natural_key_fields = ["program__code", "prefix", "state", "valid_from"]
    objects = DatedQuerySet.as_manager()
    history = RowHistory()

    class Meta(Reviewed.Meta):
        ordering = ["program__position", "prefix", "valid_from"]
        verbose_name = _("occupation rule")
        verbose_name_plural = _("occupation rules")
        constraints = [
            not_doubled("occupationrule_not_doubled", ["program", "prefix", "state", "valid_from"], HELD_FROM_THEN),
            models.UniqueConstraint(
                fields=["program", "prefix", "state"],
                condition=Q(valid_from=None),
                name="occupationrule_without_start_not_doubled",
                violation_error_message=_("There is such a rule without a start already."),
            ),
            models.CheckConstraint(
                condition=Q(prefix__regex=r"^([0-9]{1,5}|x[0-9])$"),
                name="occupationrule_prefix_form",
                violation_error_message=_("Give the first digits of a NOC 2021 code, or x and the digit of the TEER."),
            ),
            models.CheckConstraint(
                condition=Q(minimum_level=None) | Q(minimum_level__range=(1, 12)),
                name="occupationrule_level_in_range",
                violation_error_message=_("A CLB or NCLC level lies between 1 and 12."),
            ),
            dates_in_order("occupationrule_dates_in_order"),
            chosen("occupationrule_state_known", "state", State.values, _("Choose one of the states in the list.")),
            *Sourced.Meta.constraints,
            *Reviewed.Meta.constraints,
        ]

    def __str__(self):
        return f"{colon(self.program.abbreviation)} {self.prefix}"
