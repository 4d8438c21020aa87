"""Who changed what, when and why: a history of every table that editors touch, kept by django-simple-history."""

import uuid
from datetime import timedelta
from importlib import import_module

from django.apps import apps
from django.db import models, transaction
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history import register
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from .apps import WORKING_TABLES
from .facts import PUBLICATION, assign, facts

CREATED, CHANGED, DELETED = "+", "~", "-"
AT_ONCE = timedelta(seconds=10)
BETWEEN_TABLES = {"Draw": ["programs"]}
WORKED_OUT = {"Draw": ["sequence"], "Occupation": ["teer"]}  # generated columns have nothing to keep


class HistoryMark(models.Model):
    """What a record of history carries beside the library's own columns."""

    change = models.UUIDField(_("change"), null=True, editable=False)  # all rows of one request share it

    class Meta:
        abstract = True


class Records(HistoricalRecords):
    """The library's recorder, found again under the name of its model."""

    of = {}

    def finalize(self, sender, **kwargs):
        super().finalize(sender, **kwargs)
        self.of[sender] = self

    def m2m_changed(self, instance, action, **kwargs):
        """What goes between tables is set right after the row is saved: it belongs to the record of that."""
        newest = None if hasattr(instance, "skip_history_when_saving") else instance.history.first()
        if newest is None or newest.history_date < timezone.now() - AT_ONCE:
            return super().m2m_changed(instance, action, **kwargs)
        if action in ("post_add", "post_remove", "post_clear"):
            for field in newest._history_m2m_fields:
                getattr(newest, field.name).all().delete()
            self.create_historical_record_m2ms(newest, instance)


def follow(model):
    """Keep the history of a table, in this app: a record of the past is not public data."""
    name = model.__name__
    register(
        model,
        app="editing",
        records_class=Records,
        bases=[HistoryMark],
        m2m_fields=BETWEEN_TABLES.get(name, []),
        excluded_fields=WORKED_OUT.get(name, []),
        history_change_reason_field=models.CharField(_("reason"), max_length=255, null=True, blank=True),
    )


def follow_all(labels):
    for label in labels:
        import_module(f"{label}.models")  # they may come later in the list of apps
        for model in [*apps.all_models[label].values()]:
            if not model._meta.auto_created and model._meta.label not in WORKING_TABLES:
                follow(model)


@receiver(pre_save)
def before_saving(sender, instance, raw, **kwargs):
    """What fixtures load has no author; the mark also reaches the rows between tables, which know no ``raw``."""
    if raw:
        instance.skip_history_when_saving = True
    elif sender in Records.of and not instance._state.adding:
        keep_first_state(sender, instance.pk)


@receiver(pre_delete)
def before_deleting(sender, instance, **kwargs):
    if sender in Records.of:
        keep_first_state(sender, instance.pk)


def keep_first_state(model, pk):
    """A row that was loaded has no records yet: write down how it was before its first change."""
    if not model.history.filter(id=pk).exists():
        before = timezone.now() - timedelta(milliseconds=1)
        write_without_author(model, pk, CREATED, _("As it was loaded with the record"), before)


def record_loaded(row):
    """A newer record changed the row: nobody's doing, and a row that nobody has touched needs no record of it."""
    if row.history.exists():
        write_without_author(type(row), row.pk, CHANGED, _("Loaded with the record"), timezone.now())


def write_without_author(model, pk, kind, reason, when):
    for row in model._base_manager.filter(pk=pk):
        row._history_user, row._history_date, row._change_reason = None, when, str(reason)
        Records.of[model].create_historical_record(row, kind)


@receiver(pre_create_historical_record)
def mark_request(history_instance, history_user, **kwargs):
    request = getattr(HistoricalRecords.context, "request", None)
    if request is not None and history_user is not None:
        if not hasattr(request, "change"):
            request.change = uuid.uuid4()
        history_instance.change = request.change
    if history_instance.history_change_reason:
        history_instance.history_change_reason = history_instance.history_change_reason[:255]


def records(row):
    """The records of a row, newest first."""
    return row.history.select_related("history_user")


def deleted(model):
    """The records of rows that were deleted and are not back, newest first."""
    gone = model.history.filter(history_type=DELETED).exclude(id__in=model._base_manager.values("pk"))
    newest = model.history.filter(id=models.OuterRef("id")).values("history_id")[:1]
    return gone.filter(history_id=models.Subquery(newest)).select_related("history_user")


@transaction.atomic
def revert(row, record):
    """Give a row the facts of a record; how far its publication has come stays as it is."""
    held = last_facts(record) if record.history_type == DELETED else facts(record)
    values = {name: value for name, value in held.items() if name not in PUBLICATION}
    between = assign(row, values)
    row.full_clean()
    row.save()
    for name, keys in between.items():
        getattr(row, name).set(keys)


@transaction.atomic
def restore(record, **overrides):
    """Bring a deleted row back under its old key, and with it what went in the same request because of it."""
    model = record.instance_type
    row = model(pk=record.id)
    between = assign(row, last_facts(record) | overrides)
    row.full_clean()
    row.save(force_insert=True)
    for name, keys in between.items():
        getattr(row, name).set(keys)
    for one in deleted_with(record):
        restore(one, **{name: value for name, value in overrides.items() if hasattr(one, name)})
    return row


def last_facts(record):
    """The facts of a deleted row; what went between tables was gone before the record was written."""
    values = facts(record)
    before = record.prev_record
    between = [field.name for field in record.instance_type._meta.many_to_many]
    return values | ({name: facts(before)[name] for name in between} if before else {})


def deleted_with(record):
    """Records of the rows that were deleted with this one because they belong to it."""
    if record.change is None:
        return
    for relation in record.instance_type._meta.related_objects:
        child = relation.related_model
        if relation.one_to_many and relation.on_delete is models.CASCADE and hasattr(child, "history"):
            rows = deleted(child).filter(change=record.change, **{relation.field.attname: record.id})
            yield from rows
