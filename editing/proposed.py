from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ProposedChange(models.Model):
    """What an editor would change of a published row, until a publisher decides."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    content_type = models.ForeignKey(ContentType, models.CASCADE, verbose_name=_("table"))
    object_id = models.PositiveBigIntegerField(_("row"))
    changes = models.JSONField(_("changes"))  # by field: the value it had and the value proposed
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by")
    )
    from_record = models.BooleanField(_("from the record"), default=False)  # a newer version of it, no person
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    row = GenericForeignKey()

    class Meta:
        ordering = ["-proposed_at"]
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "accepted", "refused"]), name="proposedchange_state_known"
            )
        ]

    @property
    def proposer(self):
        return _("The record") if self.from_record else self.proposed_by

    def __str__(self):
        return f"{self.row}, {self.proposed_at:%Y-%m-%d %H:%M}"
