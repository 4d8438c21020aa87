"""Who changed what, when and why: a history of every table that editors touch, kept by django-simple-history."""

import uuid
from datetime import timedelta

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from simple_history.models import HistoricalRecords
from simple_history.signals import post_create_historical_record, pre_create_historical_record

from .facts import PUBLICATION, assign, facts, save_with_relations
from .records import check_public

CREATED, CHANGED, DELETED = "+", "~", "-"
# Kept in one language: the page of the history says them in the reader's.
LOADED, LOADED_BEFORE = gettext_noop("Loaded with the record"), gettext_noop("As it was loaded with the record")
LONGEST_REASON = 255


class HistoryMark(models.Model):
    """What a record of history carries beside the library's own columns."""

    change = models.UUIDField(_("change"), null=True, editable=False)  # all rows of one request share it

    class Meta:
        abstract = True


class RowHistory(HistoricalRecords):
    """The history of a table, kept in this app: a record of the past is not public data."""

    def __init__(self, **given):
        reason = models.CharField(_("reason"), max_length=LONGEST_REASON, null=True, blank=True)
        super().__init__(app="editing", bases=[HistoryMark], history_change_reason_field=reason, **given)

    def m2m_changed(self, instance, action, reverse, **given):
        """What goes between tables belongs to the record that saving the row wrote in the open transaction."""
        record = None if reverse else record_of_transaction(instance)
        if record is None:
            return super().m2m_changed(instance, action, reverse=reverse, **given)
        if action in ("post_add", "post_remove", "post_clear"):
            for field in record._history_m2m_fields:
                getattr(record, field.name).all().delete()
            self.create_historical_record_m2ms(record, instance)


def has_history(model):
    return hasattr(model._meta, "simple_history_manager_attribute")


@receiver(post_create_historical_record)
def remember_until_commit(instance, history_instance, **kwargs):
    instance._record_of_transaction = history_instance
    transaction.on_commit(lambda: vars(instance).pop("_record_of_transaction", None))


def record_of_transaction(row):
    """The record that the open transaction wrote of this very object, unless it was undone or another followed."""
    record = getattr(row, "_record_of_transaction", None)
    if record is None:
        return None
    newest = row.history.first()
    is_kept = newest == record and newest.history_date == record.history_date  # an undone key is given again
    return record if is_kept else None


@receiver(pre_save)
def before_saving(sender, instance, raw, **kwargs):
    """What fixtures load has no author; the mark also reaches the rows between tables, which know no ``raw``."""
    if raw:
        instance.skip_history_when_saving = True
    elif has_history(sender) and not instance._state.adding:
        keep_first_states(sender, [instance.pk])


@receiver(pre_delete)
def before_deleting(sender, instance, **kwargs):
    if has_history(sender):
        keep_first_states(sender, [instance.pk])


def keep_first_states(model, keys):
    """Rows that were loaded have no records yet: write down how they were before their first change."""
    untouched = ~Exists(model.history.filter(id=OuterRef("pk")))
    before = timezone.now() - timedelta(milliseconds=1)
    rows = model._base_manager.filter(untouched, pk__in=keys)
    write_without_author(rows, CREATED, LOADED_BEFORE, before)


def record_loaded(row):
    """A newer record changed the row: nobody's doing, and a row that nobody has touched needs no record of it."""
    if row.history.exists():
        rows = type(row)._base_manager.filter(pk=row.pk)
        write_without_author(rows, CHANGED, LOADED, timezone.now())


def write_without_author(queryset, kind, reason, when):
    rows = list(queryset)
    for row in rows:
        row._history_user = None  # the library would name whoever asks now
    write_records(queryset.model, rows, kind, reason, default_date=when)


def write_records(model, rows, kind, reason, **given):
    """Write down how many rows are now, as the library does for one."""
    if not rows:
        return
    given["default_change_reason"] = str(reason)[:LONGEST_REASON]
    records = model.history.bulk_history_create(rows, update=kind == CHANGED, **given)
    for field in model.history.model._history_m2m_fields:
        write_between(field, dict(zip([row.pk for row in rows], records, strict=True)))


def write_between(field, records):
    """What the rows have between tables, kept with the record of each."""
    between, through, own = RowHistory.m2m_models[field], field.remote_field.through, field.m2m_field_name()
    rows = through.objects.filter(**{f"{own}__in": records})
    between.objects.bulk_create(
        between(
            history=records[getattr(row, f"{own}_id")],
            **{f.attname: getattr(row, f.attname) for f in through._meta.fields},
        )
        for row in rows
    )


@receiver(pre_create_historical_record)
def mark_request(history_instance, history_user, **kwargs):
    request = getattr(HistoricalRecords.context, "request", None)
    if request is not None and history_user is not None:
        if not hasattr(request, "change"):
            request.change = uuid.uuid4()
        history_instance.change = request.change
    if history_instance.history_change_reason:
        history_instance.history_change_reason = history_instance.history_change_reason[:LONGEST_REASON]


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
    check_public(row)
    save_with_relations(row, between)


@transaction.atomic
def restore(record, **overrides):
    """Bring a deleted row back under its old key, and with it what went in the same request because of it."""
    model = record.instance_type
    row = model(pk=record.id)
    between = assign(row, last_facts(record) | overrides)
    check_public(row)
    save_with_relations(row, between, force_insert=True)
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
