"""What every sourced or reviewed row of the record carries."""

from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from datetime import timezone as zones
from functools import reduce

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

_known: ContextVar[Callable[[type[models.Model]], dict] | None] = ContextVar("known", default=None)
ALWAYS = datetime.min.replace(tzinfo=zones.utc)
# Fields that say where and how a fact was read or stands, beside the texts in two languages.
WORDING = ("confirmed_by", "source", "source_url", "checked_on", "known_true_on", "mark", "note", "position")


class Evidence(models.TextChoices):
    """How near to the department's own publication a row was read."""

    OFFICIAL = "official", _("official")
    GOVERNMENT_COPY = "government-copy", _("government copy")
    THIRD_PARTY = "third-party", _("third party")
    REPORTED = "reported", _("reported, unconfirmed")


class Status(models.TextChoices):
    """Where a row stands on its way to the public."""

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    PUBLISHED = "published", _("published")


class State(models.TextChoices):
    """Whether a rule or event counts today."""

    IN_FORCE = "in-force", _("in force")
    PAST = "past", _("no longer in force")
    PROPOSED = "proposed", _("proposed")
    REPORTED = "reported", _("reported, unconfirmed")


class ByNaturalKey(models.QuerySet):
    """Rows found by what people call them, as fixtures do."""

    def get_by_natural_key(self, *values):
        if known := _known.get():
            return self.of_known(known(self.model).get(tuple(map(str, values))), values)
        return self.get(**dict(zip(self.model.natural_key_fields, values, strict=True)))

    def of_known(self, pk, values):
        if pk is None:
            raise self.model.DoesNotExist(f"{self.model._meta.label}: {values}")
        return self.model(pk=pk)


@contextmanager
def known_keys(keys_of):
    """Find rows within by ``keys_of``, which gives the key of each row of a model, without a question for each."""
    token = _known.set(keys_of)
    try:
        yield
    finally:
        _known.reset(token)


class Keyed(models.Model):
    """A row that people call by the facts of ``natural_key_fields``, some of them of a row that it belongs to."""

    editors_may = ("add", "change", "delete", "view")  # beside publishers, who may do everything
    is_public_table = True  # whether its rows stand in the ledger
    public_because_of = ()  # rows of other tables that ``public_since`` asks, by the name of the relation
    facts_in_words = ()  # texts that are the fact itself, where other texts only word it

    class Meta:
        abstract = True

    def natural_key(self):
        return tuple(reduce(getattr, name.split("__"), self) for name in self.natural_key_fields)

    def shown_with(self):
        """Other rows that the public sees only because it sees this one."""
        return []

    @classmethod
    def is_wording(cls, name):
        """Whether another value of the field says the same fact otherwise."""
        return name not in cls.facts_in_words and (name in WORDING or name.endswith(("_en", "_fr")))


def bilingual(field, english=None):
    """A property that reads ``<field>_fr`` on French pages where it is known, else ``<field>_en`` or ``english``."""

    def read(row):
        french = getattr(row, f"{field}_fr") if get_language() == "fr" else ""
        return french or getattr(row, english or f"{field}_en")

    return property(read)


def bilingual_language(field):
    """A property with the language that ``bilingual(field)`` answers in, for the ``lang`` of its element."""

    def read(row):
        return "fr" if get_language() == "fr" and getattr(row, f"{field}_fr") else "en"

    return property(read)


def bilingual_with_language(field):
    """Both properties of a field whose English text is ``<field>`` itself."""
    return bilingual(field, field), bilingual_language(field)


class Sourced(Keyed):
    """A row that says where it was read, how good that source is, and when it was checked."""

    evidence = models.CharField(_("evidence"), max_length=16, choices=Evidence)
    source = models.CharField(_("source"), max_length=500, help_text=_("What was read, in words."))
    source_fr = models.CharField(_("source (French)"), max_length=500, blank=True)
    source_url = models.URLField(_("source link"), max_length=500, blank=True)
    checked_on = models.DateField(_("checked on"), help_text=_("The day somebody last read the source."))

    source_text, source_language = bilingual_with_language("source")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(evidence__in=Evidence.values),
                name="%(app_label)s_%(class)s_evidence_known",
                violation_error_message=_("Choose one of the four levels of evidence."),
            )
        ]


class ReviewedQuerySet(ByNaturalKey):
    """Rows with a status; everything public goes through ``published``."""

    def published(self, now=None):
        """Rows that the public may see at ``now`` (this moment unless given)."""
        return self.filter(public_at(now or timezone.now()))


def public_at(now, prefix=""):
    """The condition for a row to be public at ``now``, also across a relation (``draws__``)."""
    due = models.Q(**{f"{prefix}publish_at": None}) | models.Q(**{f"{prefix}publish_at__lte": now})
    return models.Q(**{f"{prefix}status": Status.PUBLISHED}) & due


class Reviewed(models.Model):
    """A row that somebody publishes, at once or at a set time."""

    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT, db_index=True)
    publish_at = models.DateTimeField(
        _("publish at"),
        null=True,
        blank=True,
        help_text=_("UTC. A published row stays hidden until then; empty means at once."),
    )

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values),
                name="%(app_label)s_%(class)s_status_known",
                violation_error_message=_("Choose draft, in review or published."),
            )
        ]

    def is_public(self, now=None):
        """Whether the public may see the row at ``now`` (this moment unless given)."""
        return self.status == Status.PUBLISHED and (not self.publish_at or self.publish_at <= (now or timezone.now()))

    def public_since(self):
        """The moment from which the public sees the row; None where it is not published."""
        return (self.publish_at or ALWAYS) if self.status == Status.PUBLISHED else None

    def publishing_faults(self):
        """Sentences that say why the row can't be published yet."""
        return []

    def withdrawing_faults(self):
        """Sentences that say why the row can't be withdrawn yet."""
        return []

    def make_room(self):
        """Change what can't be public beside this row, before it is; answers with sentences on what was changed."""
        return []

    def ends_others(self):
        """Whether publishing this row ends another."""
        return False

    def published_with(self):
        """Rows that become public with this one."""
        return []

    @classmethod
    def doubtful(cls, also=None, now=None):
        """What is hard to believe of public rows, and of the row ``also`` as if it were public: sentences by key."""
        return {}


class Live(models.Model):
    """A row without a status, which the public sees as soon as it is saved: only publishers change it directly."""

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")

    def is_seen(self):
        """Whether the public sees the row."""
        return True


def check_public(row):
    """What a publication asks of a row, where it is public and did not come through its form."""
    row.full_clean()
    if isinstance(row, Reviewed) and row.status == Status.PUBLISHED and (faults := row.publishing_faults()):
        raise ValidationError(faults)
