from django.db import models
from django.utils import timezone


class DataVersion(models.Model):
    """One row that moves on whenever public data changes; caches and conditional requests ask it."""

    number = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="dataversion_one_row")]

    def __str__(self):
        return str(self.number)

    @classmethod
    def move_on(cls, **kwargs):
        """Tell every worker that data has changed; also a receiver of model signals."""
        now = timezone.now()
        if not cls.objects.filter(pk=1).update(number=models.F("number") + 1, changed_at=now):
            cls.objects.create(pk=1, changed_at=now)
