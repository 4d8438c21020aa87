"""The history of rows that an import saves many at a time, as django-simple-history keeps it for one."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from editing.history import CHANGED, CREATED, Records


def keep_first_states(model, rows):
    """Rows that were loaded have no records yet: write down how they were before their first change."""
    known = set(model.history.filter(id__in=[row.pk for row in rows]).values_list("id", flat=True))
    first = [row for row in rows if row.pk not in known]
    before = timezone.now() - timedelta(milliseconds=1)
    for row in first:
        row._history_user = None  # the library would name whoever asks now
    write(model, first, CREATED, _("As it was loaded with the record"), default_date=before)
    for row in first:
        del row._history_user


def remember(model, rows, kind, change, user, reason):
    """Write down how rows are now; all that one import saves shares a mark."""
    marked = {"default_user": user, "custom_historical_attrs": {"change": change}}
    write(model, rows, kind, reason, **marked)


def write(model, rows, kind, reason, **given):
    if not rows:
        return
    reason = reason[: model.history.model._meta.get_field("history_change_reason").max_length]
    records = model.history.bulk_history_create(rows, update=kind == CHANGED, default_change_reason=reason, **given)
    for field in model.history.model._history_m2m_fields:
        between = Records.of[model].m2m_models[field]
        write_between(field, between, dict(zip([row.pk for row in rows], records, strict=True)))


def write_between(field, between, records):
    """What the rows have between tables, kept with each record."""
    through, own = field.remote_field.through, field.m2m_field_name()
    rows = through.objects.filter(**{f"{own}__in": records})
    between.objects.bulk_create(
        between(
            history=records[getattr(row, f"{own}_id")],
            **{f.attname: getattr(row, f.attname) for f in through._meta.fields},
        )
        for row in rows
    )
