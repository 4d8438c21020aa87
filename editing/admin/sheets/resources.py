"""Rows of a table as a sheet has them: read by their keys, compared, and written with their history."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import sanitize_separators
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Diff, ModelResource
from import_export.widgets import DateWidget, IntegerWidget

from editing.admin.cause import CAUSE, FAULTS, REASON, changes_fact, joins_public, lacking
from editing.admin.doubts import ON_ITS_OWN_PAGE
from editing.constraint_messages import message_of
from editing.history import CHANGED, CREATED, keep_first_states, write_records
from editing.ledger.write import is_public
from editing.models import DataVersion
from editing.pages.exports import as_written, inert
from editing.records import Reviewed
from editing.review import may_change

from .files import SheetFault

NAMED_REFUSALS = 10  # of the database, each found by halving


class WholeNumberWidget(IntegerWidget):
    """A whole number as it stands: the library's own widget cuts 1.5 down to 1."""

    def clean(self, value, row=None, **kwargs):
        if self.is_empty(value):
            return None
        if type(value) is int or (isinstance(value, str) and value.isdecimal()):  # nearly every value, and fast
            return int(value)
        try:
            number = super().clean(value, row, **kwargs)
            exact = not isinstance(value, bool) and Decimal(sanitize_separators(value)) == number
        except (TypeError, ValueError, ArithmeticError):  # a date, words, infinity
            exact = False
        if not exact:
            raise ValueError(_("“%(value)s” is not a whole number.") % {"value": value})
        return number


class DayWidget(DateWidget):
    """A day as ISO 8601 writes it, or a spreadsheet's midnight; a day that reads two ways is no day."""

    def __init__(self):
        super().__init__("%Y-%m-%d")

    def clean(self, value, row=None, **kwargs):
        try:
            if isinstance(value, datetime) and value.time() == time():
                return value.date()
            text = str(value or "").strip()
            day = date.fromisoformat(text) if text else None
            if day and day.isoformat() != text:
                raise ValueError
            return day
        except ValueError:
            raise ValueError(_("“%(value)s” is not a day like 2026-01-31.") % {"value": value}) from None


class KeyedLoader(BaseInstanceLoader):
    """Every row of the table by its key, in one query."""

    def __init__(self, resource, dataset=None):
        super().__init__(resource, dataset)
        self.keys = [resource.fields[name] for name in resource.get_import_id_fields()]
        rows = resource.get_queryset().select_related()
        self.rows = {tuple(key.get_value(row) for key in self.keys): row for row in rows}

    def get_instance(self, row):
        return self.rows.get(tuple(key.clean(row) for key in self.keys))


class UnstyledDiff(Diff):
    """What a row would change; the library's inline style is refused by the policy, the style sheet has its own."""

    def as_html(self):
        cells = [re.sub('<(ins|del) style="[^"]*"', r"<\1", cell) for cell in super().as_html()]
        return [mark_safe(cell) for cell in cells]  # noqa: S308 - the library has escaped the values


class RowResource(ModelResource):
    """Rows by their natural key. A published row is no more open to a spreadsheet than to a form."""

    WIDGETS_MAP = ModelResource.WIDGETS_MAP | {
        "DateField": DayWidget,
        "PositiveIntegerField": WholeNumberWidget,
        "PositiveSmallIntegerField": WholeNumberWidget,
    }

    def get_diff_class(self):
        return UnstyledDiff

    def before_import(self, dataset, **kwargs):
        self.rows_by_key, self.row_of, self.known_doubts = {}, {}, self.doubts()
        self.user, self.cause = kwargs["user"], kwargs.get(CAUSE, "")
        self.reason = _("Spreadsheet %(name)s") % {"name": kwargs.get("file_name") or ""}
        self.public_reason = kwargs.get(REASON) or self.reason
        self.changed_facts = False
        lacking = [name for name in self.get_import_id_fields() if name not in dataset.headers]
        if lacking:
            said = _("The sheet has no column “%(name)s”. Name the columns as an export of this table does.")
            dataset.wipe()
            raise SheetFault(said % {"name": "”, “".join(lacking)})

    def before_import_row(self, row, **kwargs):
        for name, value in row.items():
            row[name] = as_written(value)
        key = tuple(str(row[name] or "").strip() for name in self.get_import_id_fields())
        first = self.rows_by_key.setdefault(key, kwargs["row_number"])
        if first != kwargs["row_number"]:
            said = _("Row %(row)d has the same %(columns)s. Remove one of the two.")
            raise ValidationError(said % {"row": first + 1, "columns": ", ".join(self.get_import_id_fields())})

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Notice on the way whether a row that the public sees says another fact."""
        skipped = super().skip_row(instance, original, row, import_validation_errors)
        if skipped or import_validation_errors:
            return skipped
        if is_public(original) if original.pk else joins_public(instance):
            self.changed_facts |= changes_fact(type(instance), self.changed(instance, original))
        return skipped

    def changed(self, instance, original):
        fields = self.get_import_fields()
        return [one.attribute for one in fields if one.get_value(instance) != one.get_value(original)]

    def after_import(self, dataset, result, **kwargs):
        """What is hard to believe becomes public on its own page alone, where a reason is asked for."""
        super().after_import(dataset, result, **kwargs)
        if self.changed_facts and (names := lacking({CAUSE: self.cause, REASON: kwargs.get(REASON)})):
            raise ValidationError([str(FAULTS[name]) for name in names])
        new = [said for key, said in self.doubts().items() if said != self.known_doubts.get(key)]
        if new:
            raise ValidationError([*(sentence for said in new for sentence in said), str(ON_ITS_OWN_PAGE)])

    def doubts(self):
        return self._meta.model.doubtful() if issubclass(self._meta.model, Reviewed) else {}

    def get_instance(self, instance_loader, row):
        """A faulty key is no key: reading the fields then names its column."""
        try:
            return super().get_instance(instance_loader, row)
        except (ValueError, ValidationError):
            return None

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        try:
            super().import_field(field, instance, row, is_m2m, **kwargs)
        except (ArithmeticError, TypeError, AttributeError):
            said = _("“%(value)s” does not fit here. Compare it with an export of this table.")
            raise ValueError(said % {"value": row.get(field.column_name)}) from None

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """What needs no query; the rules of the database are asked for all rows at once."""
        errors = dict(import_validation_errors or {})
        relations = {field.name for field in instance._meta.fields if field.remote_field}
        try:
            instance.clean_fields(exclude=errors.keys() | relations)
        except ValidationError as fault:
            errors = fault.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def before_save_instance(self, instance, row, **kwargs):
        if not may_change(kwargs["user"], instance):
            raise ValidationError(_("This row is published: only publishers change it by spreadsheet."))
        self.row_of[id(instance)] = kwargs["row_number"], row

    def bulk_create(self, using_transactions, dry_run, raise_errors, batch_size=None, result=None):
        self.write(self.create_instances, self.insert, CREATED, result, dry_run)

    def bulk_update(self, using_transactions, dry_run, raise_errors, batch_size=None, result=None):
        keep_first_states(self._meta.model, [row.pk for row in self.update_instances])
        self.write(self.update_instances, self.update, CHANGED, result, dry_run)

    def insert(self, rows):
        self._meta.model.objects.bulk_create(rows)

    def update(self, rows):
        self._meta.model.objects.bulk_update(rows, self.get_bulk_update_fields(), batch_size=100)

    def write(self, rows, put, kind, result, dry_run):
        """Write rows and, unless all is taken back, their history; the rows that the database refuses are named."""
        refused = [*refusals(rows, put)] if rows else []
        for row, fault in refused:
            number, values = self.row_of[id(row)]
            result.append_invalid_row(number, values, sentences(row, fault))
        if rows and not refused and not dry_run:
            write_records(self._meta.model, rows, kind, self.reason, default_user=self.user)
            DataVersion.bump(reason=self.public_reason, cause=self.cause, tables={self._meta.model})
        rows.clear()

    def export_field(self, field, instance, **kwargs):
        value = super().export_field(field, instance, **kwargs)
        return "" if value is None else inert(value)

    class Meta:
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        store_instance = True
        instance_loader_class = KeyedLoader
        use_bulk = True
        batch_size = None


def refusals(rows, put):
    """The first rows that the database refuses, each with its fault; the others are written."""
    waiting, found = [rows], 0
    while waiting and found < NAMED_REFUSALS:
        part = waiting.pop()
        try:
            with transaction.atomic():
                put(part)
        except IntegrityError as fault:
            if len(part) == 1:
                found += 1
                yield part[0], fault
            else:
                middle = len(part) // 2
                waiting += [part[middle:], part[:middle]]


def sentences(row, fault):
    """What is wrong with a refused row, by column where a rule names one."""
    try:
        row.full_clean()
    except ValidationError as named:
        return named
    return ValidationError(message_of(fault))
