from datetime import date

from django.db import models
from django.db.models import F, Q
from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from draws.plausibility.record import doubtful_pools
from editing.history import RowHistory
from editing.records import Reviewed, ReviewedQuerySet, Sourced

RANGES = [
    (601, 1200), (501, 600), (491, 500), (481, 490), (471, 480), (461, 470), (451, 460), (441, 450),
    (431, 440), (421, 430), (411, 420), (401, 410), (351, 400), (301, 350), (0, 300),
]  # fmt: skip


class PoolSnapshotQuerySet(ReviewedQuerySet):
    def on(self, day):
        """The public snapshot of a day written like 2026-08-16; Http404 says what is wrong otherwise."""
        try:
            as_on = date.fromisoformat(day)
        except ValueError as fault:
            raise Http404(_("A date is written like 2026-08-16.")) from fault
        if snapshot := self.published().filter(as_on=as_on).first():
            return snapshot
        raise Http404(_("No distribution of the pool is recorded for that date."))


class PoolSnapshot(Sourced, Reviewed):
    """Candidates in the pool by CRS range, as the department counted them on a date."""

    as_on = models.DateField(_("as on"), unique=True)
    crs_601_1200 = models.PositiveIntegerField("601–1200")
    crs_501_600 = models.PositiveIntegerField("501–600")
    crs_491_500 = models.PositiveIntegerField("491–500")
    crs_481_490 = models.PositiveIntegerField("481–490")
    crs_471_480 = models.PositiveIntegerField("471–480")
    crs_461_470 = models.PositiveIntegerField("461–470")
    crs_451_460 = models.PositiveIntegerField("451–460")
    crs_441_450 = models.PositiveIntegerField("441–450")
    crs_431_440 = models.PositiveIntegerField("431–440")
    crs_421_430 = models.PositiveIntegerField("421–430")
    crs_411_420 = models.PositiveIntegerField("411–420")
    crs_401_410 = models.PositiveIntegerField("401–410")
    crs_351_400 = models.PositiveIntegerField("351–400")
    crs_301_350 = models.PositiveIntegerField("301–350")
    crs_0_300 = models.PositiveIntegerField("0–300")
    unallocated_451_500 = models.PositiveIntegerField(
        _("in 451–500 but in none of its ranges"),
        default=0,
        help_text=_("Candidates that the published subtotal and total count but no range does."),
    )
    total = models.PositiveIntegerField(_("total"))

    natural_key_fields = ["as_on"]
    objects = PoolSnapshotQuerySet.as_manager()
    history = RowHistory()

    class Meta(Reviewed.Meta):
        ordering = ["-as_on"]
        verbose_name = _("pool snapshot")
        verbose_name_plural = _("pool snapshots")
        constraints = [
            models.CheckConstraint(
                condition=Q(total=sum((F(f"crs_{low}_{high}") for low, high in RANGES), F("unallocated_451_500"))),
                name="poolsnapshot_parts_sum_to_total",
                violation_error_message=_("The ranges do not add up to the total."),
            ),
            models.CheckConstraint(
                condition=Q(total__gt=0),
                name="poolsnapshot_total_above_zero",
                violation_error_message=_("A pool of zero means not published: leave the snapshot out."),
            ),
            *Sourced.Meta.constraints,
            *Reviewed.Meta.constraints,
        ]

    doubtful = classmethod(doubtful_pools)

    def __str__(self):
        return date_format(self.as_on)

    def get_absolute_url(self):
        return reverse("pool:detail", args=[self.as_on.isoformat()])
