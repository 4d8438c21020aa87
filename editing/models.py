import gzip
import json

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from .records import Reviewed, Status


class DataVersion(models.Model):
    """One row that moves on whenever public data changes; caches and conditional requests ask it."""

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    schedule = models.JSONField(
        default=list, help_text="When rows that wait become public by the clock: seconds since 1970."
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="dataversion_one_row")]

    def __str__(self):
        return str(self.number)

    @classmethod
    def bump(cls, now=None):
        """Tell every worker that data has changed.

        Each moment of the old schedule may have counted as a version already: the number passes all of them.
        """
        now = now or timezone.now()
        with transaction.atomic():
            row, _is_new = cls.objects.select_for_update().get_or_create(pk=1)
            row.number += 1 + len(row.schedule)
            row.changed_at, row.schedule = now, schedule_after(now)
            row.save()


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
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="loadedrecord_one_row")]

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


# Tables that live in modules of their own; the history follows every table of the content.
from .apps import CONTENT_APPS  # noqa: E402
from .history import follow_all  # noqa: E402
from .proposed import ProposedChange  # noqa: E402, F401

follow_all(CONTENT_APPS)
