import gzip
import json

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .constraint_messages import chosen
from .ledger import write
from .ledger.models import Cause, LedgerEntry
from .records import Reviewed, Status

__all__ = ["OPEN", "DataVersion", "LedgerEntry", "LoadedRecord", "Notice", "ProposalState", "ProposedChange"]


class DataVersion(models.Model):
    """One row that moves on whenever public data changes; caches and conditional requests ask it."""

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    schedule = models.JSONField(
        default=list, help_text="When rows that wait become public by the clock: seconds since 1970."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="dataversion_one_row",
                violation_error_message=_("There is one number for the whole record. Change its row."),
            )
        ]

    def __str__(self):
        return str(self.number)

    @classmethod
    def bump(cls, rows=None, now=None, reason="", cause="", follow=write.follow, tables=()):
        """Tell every worker that data has changed, and the ledger what: of rows, of tables or of all.

        Each moment of the old schedule may have counted as a version already: the number passes all of them.
        """
        with transaction.atomic():
            row, _is_new = cls.objects.select_for_update().get_or_create(pk=1)
            now = max(now or timezone.now(), row.changed_at)
            row.number += 1 + len(row.schedule)
            row.changed_at, row.schedule = now, schedule_after(now)
            row.save()
            if rows is None:
                write.Change(write.second_of_change(now), reason, cause).compare_all(tables)
            for one in rows or []:
                follow(one, write.second_of_change(now))


def schedule_after(now):
    """The moments after ``now`` at which published rows stop waiting."""
    waiting = {"status": Status.PUBLISHED, "publish_at__gt": now}
    moments = [
        model.objects.filter(**waiting).order_by().values_list("publish_at", flat=True)
        for model in apps.get_models()
        if issubclass(model, Reviewed)
    ]
    return sorted({moment.timestamp() for moment in moments[0].union(*moments[1:])})


class LoadedRecord(models.Model):
    """One row: the files of the record as they were loaded last, to tell what people edited since."""

    digest = models.CharField(max_length=64, blank=True, help_text="Of the files; empty: some rows were refused.")
    packed = models.BinaryField()
    loaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="loadedrecord_one_row",
                violation_error_message=_("There is one note of the record last loaded. Change its row."),
            )
        ]

    def __str__(self):
        return self.digest

    @classmethod
    def rows(cls):
        """Every row as the files had it; none before the first loading."""
        packed = cls.objects.values_list("packed", flat=True).first()
        return json.loads(gzip.decompress(packed)) if packed else []

    @classmethod
    def keep(cls, digest, rows):
        packed = gzip.compress(json.dumps(rows).encode(), 6, mtime=0)
        kept = {"digest": digest, "packed": packed, "loaded_at": timezone.now()}
        cls.objects.update_or_create(pk=1, defaults=kept)


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", pgettext_lazy("one change", "refused")
    RETURNED = "returned", _("returned")
    SCHEDULED = "scheduled", _("approved for a later time")


OPEN = (ProposalState.WAITING, ProposalState.SCHEDULED)  # what can still be decided, or decided otherwise


class ProposedChange(models.Model):
    """What an editor would change of a published row, until a publisher decides."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, verbose_name=_("table"))
    object_id = models.PositiveBigIntegerField(_("row"))
    changes = models.JSONField(_("changes"))  # by field: the value it had and the value proposed
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    cause = models.CharField(_("what happened"), max_length=8, choices=Cause, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by")
    )
    from_record = models.BooleanField(_("from the record"), default=False)  # a newer version of it, no person
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=9, choices=ProposalState, default=ProposalState.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    comment = models.CharField(_("comment"), max_length=255, blank=True)
    apply_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True)  # what the publisher said to the questions of the page

    row = GenericForeignKey()

    class Meta:
        ordering = ["-proposed_at"]
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        constraints = [
            chosen(
                "proposedchange_state_known",
                "state",
                ["waiting", "accepted", "refused", "returned", "scheduled"],
                _("Choose one of the states in the list."),
            ),
            chosen("proposedchange_cause_known", "cause", ["official", "ours", ""], _("Choose one of the causes.")),
            models.CheckConstraint(
                condition=models.Q(state="scheduled", apply_at__isnull=False)
                | (~models.Q(state="scheduled") & models.Q(apply_at=None)),
                name="proposedchange_time_if_scheduled",
                violation_error_message=_(
                    "A scheduled change has a time, and no other has one. Give the time, or leave it empty."
                ),
            ),
        ]

    @property
    def proposer(self):
        return _("The record") if self.from_record else self.proposed_by

    def __str__(self):
        return f"{self.row}, {self.proposed_at:%Y-%m-%d %H:%M}"


class Notice(models.Model):
    """What became of something that a person submitted: a row, or a proposed change of one."""

    class What(models.TextChoices):
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")
        REFUSED = "refused", pgettext_lazy("one change", "refused")
        SCHEDULED = "scheduled", _("approved for a later time")
        FAILED = "failed", _("not applied, and waits again")

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    what = models.CharField(max_length=9, choices=What)
    comment = models.CharField(max_length=255, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()

    row = GenericForeignKey()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            chosen(
                "notice_what_known",
                "what",
                ["returned", "published", "refused", "scheduled", "failed"],
                _("Choose one of the notices in the list."),
            )
        ]

    def __str__(self):
        return f"{self.row}, {self.what}"
