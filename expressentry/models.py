from django.apps import apps
from django.db import models
from django.utils import timezone

from .records import Reviewed, Status


class DataVersion(models.Model):
    """One row that moves on whenever public data changes; caches and conditional requests ask it."""

    number = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    next_due = models.DateTimeField(null=True, help_text="When the next scheduled row becomes public by the clock.")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="dataversion_one_row")]

    def __str__(self):
        return str(self.number)

    @classmethod
    def move_on(cls, now=None):
        """Tell every worker that data has changed."""
        now = now or timezone.now()
        state = {"changed_at": now, "next_due": next_due(now)}
        if not cls.objects.filter(pk=1).update(number=models.F("number") + 1, **state):
            cls.objects.create(pk=1, **state)


def next_due(now):
    """The first moment after ``now`` at which a published row stops waiting, or None."""
    waiting = {"status": Status.PUBLISHED, "publish_at__gt": now}
    dues = [
        model.objects.filter(**waiting).values_list("publish_at", flat=True).order_by("publish_at")[:1]
        for model in apps.get_models()
        if issubclass(model, Reviewed)
    ]
    return min((due for rows in dues for due in rows), default=None)


# Tables that live in modules of their own; the history follows every table of the content.
from .apps import CONTENT_APPS  # noqa: E402
from .history import follow_all  # noqa: E402
from .proposed import ProposedChange  # noqa: E402, F401

follow_all(CONTENT_APPS)
