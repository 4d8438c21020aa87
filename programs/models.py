from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, FilteredRelation, Max, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editing.constraint_messages import HELD_FROM_THEN, chosen, not_doubled
from editing.days import canadian_day
from editing.history import RowHistory
from editing.pages.markdown import LONGEST
from editing.pages.marks import mark_choices
from editing.pages.typography import colon, money
from editing.records import (
    ByNaturalKey,
    Keyed,
    Live,
    Reviewed,
    ReviewedQuerySet,
    Sourced,
    State,
    Status,
    bilingual,
    bilingual_language,
    bilingual_with_language,
    public_at,
)

from .citations import cited
from .grids.changed_cases import broken_cases
from .grids.trial import trial_faults
from .grids.validation import validate_grid
from .plausibility import doubts_about_amount
from .requirements import DatedQuerySet, OccupationRule, Requirement, dates_in_order, in_force_on, texts_in_limit

__all__ = ["ABBREVIATIONS", "Amount", "Milestone", "OccupationRule", "PointGrid", "Program", "Requirement"]

ABBREVIATIONS = {"FSW": _("FSW"), "FST": _("FST"), "CEC": _("CEC"), "PNP": _("PNP")}


class ProgramQuerySet(ByNaturalKey):
    def with_draw_counts(self, now=None):
        """Add how many public draws covered the program, and how many were for it alone."""
        public = public_at(now or timezone.now(), "draws__")
        alone = public & Q(draws__kind="program")
        counted = self.annotate(draw_count=Count("draws", filter=public), own_draw_count=Count("draws", filter=alone))
        return counted.order_by("position")  # a count drops the order

    def with_occupation_rules(self, day, now=None):
        """Each program once for every public rule in force on ``day`` on which occupations it counts; or bare."""
        rules = public_at(now or timezone.now(), "occupation_rules__") & in_force_on(day, "occupation_rules__")
        rule = FilteredRelation("occupation_rules", condition=rules)
        facts = {name: F(f"rule__{name}") for name in ("prefix", "counts", "minimum_level")}
        return self.annotate(rule=rule).annotate(**facts).order_by("position")

    def draws_by(self, field, now=None):
        """Public draws counted by a fact of the draw, such as its kind, and the day of the latest."""
        public = self.filter(public_at(now or timezone.now(), "draws__"))
        values = public.order_by(f"draws__{field}").values(value=F(f"draws__{field}"))
        return values.annotate(count=Count("draws", distinct=True), latest=Max("draws__date"))


class Program(Live, Keyed):
    """A program whose candidates Express Entry manages."""

    code = models.CharField(_("abbreviation"), max_length=3, unique=True)
    slug = models.SlugField(_("address"), unique=True)
    name_en = models.CharField(_("English name"), max_length=120)
    name_fr = models.CharField(_("French name"), max_length=120)
    legal_reference = models.CharField(_("legal reference"), max_length=120)
    summary_en = models.TextField(_("English summary"), max_length=LONGEST, help_text=_("Markdown."))
    summary_fr = models.TextField(_("French summary"), max_length=LONGEST, blank=True, help_text=_("Markdown."))
    mark = models.CharField(_("mark"), max_length=12, choices=mark_choices, default="circle")
    position = models.PositiveSmallIntegerField(_("position"), unique=True)

    natural_key_fields = ["code"]
    editors_may = ("change", "view")
    objects = ProgramQuerySet.as_manager()
    history = RowHistory()
    name = bilingual("name")
    summary = bilingual("summary")

    class Meta(Live.Meta):
        ordering = ["position"]
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        constraints = [texts_in_limit("program_summaries_in_limit", "summary_en", "summary_fr")]

    def __str__(self):
        return self.name

    @property
    def law(self):
        return cited(self.legal_reference)

    @property
    def abbreviation(self):
        """The code as the page's language has it: FSW is PTQF in French."""
        return ABBREVIATIONS.get(self.code, self.code)

    def get_absolute_url(self):
        return reverse("programs:detail", args=[self.slug])


class Amount(Sourced, Reviewed):
    """A fee, or a step of the proof-of-funds table, in Canadian dollars from a date on."""

    class Table(models.TextChoices):
        FEES = "fees", _("Fees")
        FUNDS = "funds", _("Proof of funds")

    table = models.CharField(_("table"), max_length=5, choices=Table)
    item = models.SlugField(_("item"), max_length=50)
    label_en = models.CharField(_("English label"), max_length=120)
    label_fr = models.CharField(_("French label"), max_length=120, blank=True)
    dollars = models.PositiveIntegerField(_("dollars (CAD)"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)
    note_fr = models.CharField(_("note (French)"), max_length=255, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))

    natural_key_fields = ["table", "item", "valid_from"]
    objects = DatedQuerySet.as_manager()
    history = RowHistory()
    label = bilingual("label")
    note_text, note_language = bilingual_with_language("note")

    class Meta(Reviewed.Meta):
        ordering = ["table", "-valid_from", "position"]
        verbose_name = _("amount")
        verbose_name_plural = _("amounts")
        constraints = [
            not_doubled("amount_not_doubled", ["table", "item", "valid_from"], HELD_FROM_THEN),
            models.CheckConstraint(
                condition=Q(dollars__gt=0),
                name="amount_above_zero",
                violation_error_message=_("An amount is above zero; leave a value that nobody published out."),
            ),
            dates_in_order("amount_dates_in_order"),
            *Sourced.Meta.constraints,
            *Reviewed.Meta.constraints,
        ]

    def __str__(self):
        return f"{colon(self.label)} {money(self.dollars)}"

    @classmethod
    def doubtful(cls, also=None, now=None):
        """Each amount beside the one before it of the same item."""
        found, before, today = {}, {}, canadian_day(now)
        rows = cls.objects.filter(Q(status=Status.PUBLISHED) | Q(pk=also)).order_by("valid_from")
        for row in rows:
            last = before.get((row.table, row.item))
            if doubts := [*doubts_about_amount(row.dollars, last, row.valid_from, today)]:
                found[row.pk] = doubts
            before[row.table, row.item] = row.dollars
        return found


EVENTS = ("round", "pause", "announcement", "proposal", "category")


class MilestoneKind(models.TextChoices):
    LAW = "law", _("law")
    SYSTEM = "system", _("system")
    ROUND = "round", _("round")
    CRS = "crs", _("points")
    RULE = "rule", _("rule")
    CATEGORY = "category", _("categories")
    PAUSE = "pause", _("pause")
    ANNOUNCEMENT = "announcement", _("announcement")
    FEE = "fee", _("fees")
    FUNDS = "funds", _("proof of funds")
    PLAN = "plan", _("plan")
    PROPOSAL = "proposal", _("proposal")


class Milestone(Sourced, Reviewed):
    """A dated event in the history of Express Entry."""

    date = models.DateField(_("date"))
    day_known = models.BooleanField(_("day known"), default=True, help_text=_("Off: only the month is known."))
    kind = models.CharField(_("kind"), max_length=12, choices=MilestoneKind)
    state = models.CharField(_("state"), max_length=9, choices=State)
    text_en = models.CharField(_("English text"), max_length=400)
    text_fr = models.CharField(_("French text"), max_length=400, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)
    note_fr = models.CharField(_("note (French)"), max_length=255, blank=True)

    natural_key_fields = ["date", "text_en"]
    objects = ReviewedQuerySet.as_manager()
    history = RowHistory()
    text, text_language = bilingual("text"), bilingual_language("text")
    note_text, note_language = bilingual_with_language("note")

    class Meta(Reviewed.Meta):
        ordering = ["-date", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            not_doubled(
                "milestone_not_doubled",
                ["date", "text_en"],
                _("That day has that event already. Change that row."),
            ),
            chosen("milestone_state_known", "state", State.values, _("Choose one of the states in the list.")),
            *Sourced.Meta.constraints,
            *Reviewed.Meta.constraints,
        ]

    def __str__(self):
        return f"{colon(self.date)} {self.text}"

    @property
    def lasts(self):
        """Whether it has a state worth saying: a past round is over, not out of force."""
        return self.state != State.PAST or self.kind not in EVENTS

    @property
    def host(self):
        return urlsplit(self.source_url).hostname


class PointGridQuerySet(ReviewedQuerySet):
    def in_force(self, system, on):
        """The newest complete grid of ``system`` that had started by ``on``, or None."""
        return self.filter(system=system, valid_from__lte=on).order_by("-valid_from").first()


class PointGrid(Sourced, Reviewed):
    """The cells of a points system (or of the language-test tables), from a date on."""

    class System(models.TextChoices):
        CRS = "crs", _("Comprehensive Ranking System")
        FSW = "fsw", _("Federal Skilled Worker selection factors")
        LANGUAGE = "language", _("language tests")

    system = models.CharField(_("system"), max_length=8, choices=System)
    valid_from = models.DateField(_("valid from"))
    known_true_on = models.DateField(_("last known true"))
    grid = models.JSONField(_("cells"))
    note = models.TextField(_("note"), blank=True)

    natural_key_fields = ["system", "valid_from"]
    objects = PointGridQuerySet.as_manager()
    history = RowHistory()

    class Meta(Reviewed.Meta):
        ordering = ["system", "-valid_from"]
        verbose_name = _("point grid")
        verbose_name_plural = _("point grids")
        constraints = [
            not_doubled("pointgrid_not_doubled", ["system", "valid_from"], HELD_FROM_THEN),
            chosen(
                "pointgrid_system_known",
                "system",
                ["crs", "fsw", "language"],
                _("Choose one of the systems in the list."),
            ),
            models.CheckConstraint(
                condition=~Q(system="crs")
                | Q(grid__has_key="id") & Exact(KT("grid__id"), Cast("valid_from", models.TextField())),
                name="pointgrid_named_for_its_first_day",
                violation_error_message=_("A CRS grid is named for its first day: its “id” is that day."),
            ),
            *Sourced.Meta.constraints,
            *Reviewed.Meta.constraints,
        ]

    def __str__(self):
        return f"{self.get_system_display()}, {self.valid_from}"

    def clean(self):
        super().clean()
        if self.system and self.grid:
            try:
                validate_grid(self.system, self.grid)
            except ValueError as fault:
                raise ValidationError(str(fault)) from fault

    def pages(self):
        """The public pages that show the cells, the one with all of them first."""
        if self.system == self.System.FSW:
            return [Program.objects.get(code="FSW").get_absolute_url()]
        is_crs = self.system == self.System.CRS
        return [reverse(name) for name in (["crs-grid", "how-it-works"] if is_crs else ["tools:language"])]

    def publishing_faults(self):
        """The cells must fit their schema, and every page and calculator that reads them must work with them."""
        try:
            validate_grid(self.system, self.grid)
        except ValueError as fault:
            return [str(fault)]
        return trial_faults(self) or broken_cases(self.system, self.grid)
