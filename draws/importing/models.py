import gzip

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from draws.feed.sources import in_french
from editing.constraint_messages import chosen, not_doubled
from editing.history import RowHistory
from editing.records import ByNaturalKey, Evidence, Sourced

from .differences import ImportDifference


class Outcome(models.TextChoices):
    """How far an import has come."""

    WAITING = "waiting", _("waiting")
    SAVED = "saved", _("saved")
    UNCHANGED = "unchanged", _("nothing to save")
    SET_ASIDE = "set-aside", _("set aside")
    REPLACED = "replaced", _("replaced by a newer one")
    FAILED = "failed", _("could not be read")


class Import(models.Model):
    """A reading of the feed: what it found, what was saved of it, and by whom."""

    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
        help_text=_("Empty: a feed that the command could not read."),
    )
    source = models.CharField(_("source"), max_length=500)
    source_url = models.URLField(_("source link"), max_length=500, blank=True)
    evidence = models.CharField(_("evidence"), max_length=16, choices=Evidence)
    complete_to = models.DateField(_("feed complete to"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome)
    fault = models.TextField(_("fault"), blank=True)
    added = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    found = models.JSONField(_("differences"), default=dict)
    packed = models.BinaryField(_("the feed, compressed"), null=True)  # kept while rows wait to be saved
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("finished by"),
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        get_latest_by = ["made_at", "pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            chosen("import_outcome_known", "outcome", Outcome.values, _("Choose one of the outcomes in the list.")),
            models.CheckConstraint(
                condition=~models.Q(outcome=Outcome.WAITING) | models.Q(packed__isnull=False),
                name="import_waiting_keeps_feed",
                violation_error_message=_("An import that waits must hold its feed. Start the import again."),
            ),
        ]

    def __str__(self):
        return f"{self.made_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        return reverse("admin:draws_import_change", args=[self.pk])

    @property
    def read_from(self):
        """Where the feed was read, as rows keep it."""
        source = {"source": self.source, "source_fr": in_french(self.source), "source_url": self.source_url}
        return {"evidence": self.evidence, **source}

    @property
    def difference(self):
        return ImportDifference.from_json(self.found)

    @difference.setter
    def difference(self, difference):
        self.found = difference.as_json()
        self.added, self.changed = len(difference.new), len(difference.changed)
        self.unchanged, self.refused = difference.unchanged, len(difference.refused)

    @property
    def content(self):
        return gzip.decompress(self.packed)

    @content.setter
    def content(self, content):
        self.packed = gzip.compress(content, 6, mtime=0)

    @property
    def summary(self):
        """The four counts in one line: "added 3, changed 2, unchanged 443, refused 1"."""
        return _("added %(added)d, changed %(changed)d, unchanged %(unchanged)d, refused %(refused)d") % vars(self)

    def finish(self, outcome, user=None):
        """Nothing waits any more: the feed itself is no longer kept."""
        self.outcome, self.packed = outcome, None
        self.finished_at, self.finished_by = timezone.now(), user


class FeedCheck(Sourced):
    """A day on which the official feed was seen, and what was newest in it: the record is complete to then."""

    newest_number = models.CharField(_("newest draw in it"), max_length=5)
    records = models.PositiveIntegerField(_("records in it"))
    note = models.CharField(_("note"), max_length=255, blank=True)

    natural_key_fields = ["checked_on"]
    editors_may = ("view",)
    objects = ByNaturalKey.as_manager()
    history = RowHistory()

    class Meta:
        ordering = ["-checked_on"]
        get_latest_by = "checked_on"
        verbose_name = _("feed check")
        verbose_name_plural = _("feed checks")
        constraints = [
            not_doubled("feedcheck_one_a_day", ["checked_on"], _("That day has a check already. Change that row.")),
            *Sourced.Meta.constraints,
        ]

    def __str__(self):
        return str(self.checked_on)
