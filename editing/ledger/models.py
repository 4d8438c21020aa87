"""The ledger: one entry for each change of what the public sees of a row; nobody changes or deletes an entry."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editing.constraint_messages import chosen


class Cause(models.TextChoices):
    """Why a public fact changed."""

    OFFICIAL = "official", _("The official side changed it")
    OURS = "ours", _("This record was wrong")
    UNSAID = "", _("Not said")


class LedgerQuerySet(models.QuerySet):
    def public(self, now=None):
        """Entries whose moment has come: those of rows that wait for their time are there before."""
        return self.filter(known_from__lte=now or timezone.now())

    def of(self, table, key=None):
        return self.filter(table=table, **({} if key is None else {"key": key}))

    def settled(self):
        """Without what another entry of the same second took the place of: the last one counts."""
        after = self.model.objects.filter(
            table=OuterRef("table"), key=OuterRef("key"), known_from=OuterRef("known_from"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(after))

    def with_before(self):
        """Adds what the public saw until then: ``facts_before``, None where nothing, and ``digest_before``."""
        earlier = self.model.objects.filter(
            table=OuterRef("table"), key=OuterRef("key"), known_from__lt=OuterRef("known_from")
        ).order_by("-known_from", "-pk")
        return self.annotate(
            facts_before=Subquery(earlier.values("facts")[:1]),
            digest_before=Coalesce(Subquery(earlier.values("digest")[:1]), Value("")),
        )

    def changes(self):
        """Entries that changed something for the public, the newest first, each with what was before."""
        return self.settled().with_before().exclude(digest=F("digest_before")).order_by("-known_from", "-pk")


class LedgerEntry(models.Model):
    """What the public sees of one row from a moment on."""

    table = models.CharField(_("table"), max_length=32)  # the name of the model, whatever becomes of the model
    key = models.CharField(_("row"), max_length=500)  # the natural key
    known_from = models.DateTimeField(_("public from"), db_index=True)  # a whole second; the last entry of it counts
    facts = models.JSONField(_("facts"), null=True, encoder=DjangoJSONEncoder)  # None: not public (any more)
    digest = models.CharField(max_length=64, blank=True)  # equal digests, equal facts; empty without facts
    only_wording = models.BooleanField(_("only wording"), default=False)  # the facts are those of the entry before
    reason = models.CharField(_("reason"), max_length=255, blank=True)
    cause = models.CharField(_("cause"), max_length=8, choices=Cause, blank=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["known_from", "pk"]
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        indexes = [models.Index("table", "key", "known_from", name="ledgerentry_in_time")]
        constraints = [
            chosen("ledgerentry_cause_known", "cause", ["official", "ours", ""], _("Choose one of the causes.")),
            models.CheckConstraint(
                condition=Q(facts__isnull=True, digest="") | (Q(facts__isnull=False) & ~Q(digest="")),
                name="ledgerentry_digest_if_facts",
                violation_error_message=_("Facts have a digest, and what is not public has neither."),
            ),
        ]

    def __str__(self):
        return f"{self.table} {self.key}, {self.known_from:%Y-%m-%d %H:%M:%S}"
