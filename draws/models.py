from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Right, StrIndex
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editing.constraint_messages import chosen
from editing.history import RowHistory
from editing.pages.alphabet import alphabetical
from editing.pages.marks import GENERAL
from editing.records import (
    Reviewed,
    ReviewedQuerySet,
    Sourced,
    Status,
    bilingual,
    bilingual_language,
    bilingual_with_language,
)
from occupations.models import Edition
from programs.models import Program

from .corrections.models import Correction, Discrepancy, DrawField, Origin
from .importing.models import FeedCheck, Import
from .plausibility.record import doubtful_draws
from .pool.models import RANGES, PoolSnapshot

__all__ = ["RANGES", "Correction", "Discrepancy", "Draw", "DrawField", "FeedCheck", "Import", "Kind", "Missing",
           "Origin", "PoolSnapshot"]  # fmt: skip

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Kind(models.TextChoices):
    """Types of round, in the department's terms."""

    GENERAL = "general", _("General")
    PROGRAM = "program", _("Program-specific")
    CATEGORY = "category", _("Category-based")


class Missing(models.TextChoices):
    """Why a value is absent; never zero."""

    NOT_PUBLISHED = "not-published", _("not published")
    NOT_HELD = "not-held", _("not recorded here")


class DrawQuerySet(ReviewedQuerySet):
    def same_stream(self, draw):
        """Draws of the same stream: the category, the program, or any general draw."""
        if draw.kind == Kind.CATEGORY:
            return self.filter(kind=draw.kind, edition__in=Edition.objects.filter(category=draw.edition.category_id))
        if draw.kind == Kind.PROGRAM:
            shared = Draw.programs.through.objects.filter(draw=OuterRef("pk"), program__draws=draw)
            return self.filter(Exists(shared), kind=Kind.PROGRAM)
        return self.filter(kind=draw.kind)

    def before(self, draw):
        """Draws numbered before ``draw``, the nearest first."""
        return self.filter(sequence__lt=draw.sequence).order_by("-sequence")

    def after(self, draw):
        """Draws numbered after ``draw``, the nearest first."""
        return self.filter(sequence__gt=draw.sequence).order_by("sequence")

    def lettered(self):
        """The first two numbers with a letter, such as 91a and 91b: two draws that share one."""
        letter = self.annotate(letter=F("sequence") % 32).filter(letter__gt=0)
        return list(letter.order_by("sequence").values_list("number", flat=True)[:2])

    def in_order(self, sort):
        """By a column of the list, reversed after a "-"; of equals the newest stands first."""
        name, is_descending = sort.removeprefix("-"), sort.startswith("-")
        if name in ("invitations", "cutoff"):  # what nobody published comes last both ways
            value = F(name).desc(nulls_last=True) if is_descending else F(name).asc(nulls_last=True)
            return self.order_by(value, "-sequence")
        by_name = ["kind", alphabetical("name").asc(), "-sequence"]
        order = {"number": ["sequence"], "date": ["date", "sequence"], "name": by_name}[name]
        return self.order_by(*order).reverse() if is_descending else self.order_by(*order)


def known_or_missing(field):
    """A value is there, or the row says why not; never both, never neither."""
    absent = Q(**{field: None}) & Q(**{f"{field}_missing__in": Missing.values})
    return models.CheckConstraint(
        condition=absent | (Q(**{f"{field}__isnull": False}) & Q(**{f"{field}_missing": ""})),
        name=f"draw_{field}_known_or_missing",
        violation_error_message=_("Give the value, or say whether it is not published or not recorded here."),
    )


class Draw(Sourced, Reviewed):
    """A round of invitations."""

    number = models.CharField(_("number"), max_length=5, unique=True, help_text=_("Text: 91a and 91b exist."))
    sequence = models.GeneratedField(
        expression=Cast(
            models.Func(F("number"), Value(LETTERS), function="RTRIM", output_field=models.CharField()),
            models.IntegerField(),
        )
        * 32
        + StrIndex(Value(LETTERS), Right("number", 1)),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    date = models.DateField(_("date"), db_index=True, help_text=_("The Canadian calendar date."))
    drawn_at = models.DateTimeField(_("date and time (UTC)"), null=True, blank=True)
    drawn_at_missing = models.CharField(_("if no time"), max_length=13, choices=Missing, blank=True)
    name_en = models.CharField(_("official English name"), max_length=120)
    name_fr = models.CharField(_("official French name"), max_length=120, blank=True, help_text=_("Empty: not found."))
    kind = models.CharField(_("round type"), max_length=8, choices=Kind)
    programs = models.ManyToManyField(Program, related_name="draws", verbose_name=_("programs covered"))
    edition = models.ForeignKey(
        Edition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="draws",
        verbose_name=_("edition in force"),
    )
    invitations = models.PositiveIntegerField(
        _("invitations issued"), null=True, blank=True, help_text=_("Empty: not published.")
    )
    cutoff = models.PositiveSmallIntegerField(
        _("CRS score of lowest-ranked candidate invited"),
        null=True,
        blank=True,
        help_text=_("Empty: not published."),
    )
    tie_break = models.DateTimeField(_("tie-breaking rule (UTC)"), null=True, blank=True)
    tie_break_missing = models.CharField(_("if no tie-break"), max_length=13, choices=Missing, blank=True)
    pool = models.ForeignKey(
        PoolSnapshot,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="draws",
        verbose_name=_("pool before it"),
    )
    pool_missing = models.CharField(_("if no pool"), max_length=13, choices=Missing, blank=True)
    instruction_url = models.URLField(_("ministerial instruction"), max_length=300, blank=True)
    confirmed_by = models.TextField(_("confirmed by"), blank=True)
    confirmed_by_fr = models.TextField(_("confirmed by (French)"), blank=True)

    natural_key_fields = ["number"]
    objects = DrawQuerySet.as_manager()
    history = RowHistory(m2m_fields=["programs"], excluded_fields=["sequence"])  # a generated column
    name = bilingual("name")
    name_language = bilingual_language("name")
    confirmed_by_text, confirmed_by_language = bilingual_with_language("confirmed_by")

    class Meta(Reviewed.Meta):
        ordering = ["-sequence"]
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        indexes = [
            models.Index("kind", "date", name="draw_kind_date"),
            models.Index("cutoff", name="draw_cutoff"),
            models.Index("status", "sequence", name="draw_in_order"),
            models.Index(
                *("status", "date", "sequence", "publish_at", "cutoff", "invitations", "kind", "edition"),
                name="draw_in_order_of_date",
            ),
            models.Index("kind", "status", "sequence", "publish_at", "edition", name="draw_stream"),
            models.Index("status", "edition", "cutoff", name="draw_category_by_cutoff"),
            models.Index("status", "edition", "invitations", name="draw_category_by_size"),
            models.Index("status", "publish_at", "date", "invitations", "cutoff", name="draw_totals"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__regex=r"^[1-9][0-9]{0,3}[a-z]?$"),
                name="draw_number_form",
                violation_error_message=_("A draw number is digits, with a letter where a number was used twice."),
            ),
            chosen("draw_kind_known", "kind", Kind.values, _("Choose general, program or category.")),
            models.CheckConstraint(
                condition=Q(cutoff=None) | Q(cutoff__range=(0, 1200)),
                name="draw_cutoff_in_range",
                violation_error_message=_("A CRS cut-off lies between 0 and 1200."),
            ),
            models.CheckConstraint(
                condition=Q(invitations=None) | Q(invitations__gt=0),
                name="draw_invitations_above_zero",
                violation_error_message=_("Invitations are above zero; leave empty what nobody published."),
            ),
            models.CheckConstraint(
                condition=Q(tie_break=None) | Q(drawn_at=None) | Q(tie_break__lte=F("drawn_at")),
                name="draw_tie_break_not_after_draw",
                violation_error_message=_("The tie-break lies before the draw, not after it."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.CATEGORY, edition__isnull=False) | (~Q(kind=Kind.CATEGORY) & Q(edition=None)),
                name="draw_edition_only_for_category",
                violation_error_message=_("A category draw names the edition in force; no other draw has one."),
            ),
            known_or_missing("drawn_at"),
            known_or_missing("tie_break"),
            known_or_missing("pool"),
            *Sourced.Meta.constraints,
            *Reviewed.Meta.constraints,
        ]

    def __str__(self):
        return _("Draw %(number)s") % {"number": self.number}

    def get_absolute_url(self):
        return reverse("draws:detail", args=[self.number])

    def clean(self):
        """Say in words what the database rule ``draw_edition_in_force`` refuses."""
        super().clean()
        if self.date and self.edition and not self.edition.is_in_force(self.date):
            raise ValidationError(
                {
                    "edition": _(
                        "%(edition)s was not in force on %(date)s. Choose the edition of that day, "
                        "or correct the dates of the edition first."
                    )
                    % {"edition": self.edition, "date": self.date}
                }
            )

    def publishing_faults(self, now=None):
        """Say in words what the database rule ``draw_public_after_its_edition`` refuses."""
        now = now or timezone.now()
        if self.edition is None or self.edition.is_public(max(now, self.publish_at or now)):
            return []
        return [_("%(edition)s is not published yet. Publish the edition first.") % {"edition": self.edition}]

    doubtful = classmethod(doubtful_draws)

    def published_with(self):
        return [self.pool] if self.pool else []

    def shown_with(self):
        return [*self.discrepancies.select_related("draw"), *self.corrections.select_related("draw")]

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.publish_pool()

    def publish_pool(self):
        """A pool snapshot is public no later than a draw that names it."""
        pool = self.pool
        if self.status != Status.PUBLISHED or pool is None or pool.is_public(self.publish_at):
            return
        pool.status, pool.publish_at = Status.PUBLISHED, self.publish_at
        pool._change_reason = _("Published with %(row)s") % {"row": self}
        pool.save()

    @property
    def category(self):
        return self.edition.category if self.edition else None

    @property
    def stream(self):
        """The category or program that its draws are counted with; None for general draws."""
        return next(iter(self.programs.all()), None) if self.kind == Kind.PROGRAM else self.category

    def is_in_stream_of(self, draw):
        """What ``same_stream`` asks, of rows at hand."""
        if self.kind != draw.kind:
            return False
        if self.kind == Kind.PROGRAM:
            return not {*self.programs.all()}.isdisjoint(draw.programs.all())
        return self.category == draw.category

    @property
    def stream_name(self):
        return stream.name if (stream := self.stream) else self.get_kind_display()

    @property
    def stream_slug(self):
        named = self.stream.code.lower() if self.kind == Kind.PROGRAM else self.category and self.category.slug
        return named or self.kind

    @property
    def mark(self):
        return stream.mark if (stream := self.stream) else GENERAL
