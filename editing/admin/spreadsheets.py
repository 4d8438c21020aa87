"""Tables as spreadsheets: export them, change them, and import them again after looking at what would change."""

from datetime import datetime, time
from decimal import Decimal

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.formats import sanitize_separators
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import XLSX
from import_export.resources import ModelResource
from import_export.widgets import DateWidget, IntegerWidget

from editing.pages.exports import as_written, inert
from editing.review import may_change


class WholeNumberWidget(IntegerWidget):
    """A whole number as it stands: the library's own widget cuts 1.5 down to 1."""

    def clean(self, value, row=None, **kwargs):
        if self.is_empty(value):
            return None
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
            return super().clean(str(value or ""), row, **kwargs)
        except ValueError:
            raise ValueError(_("“%(value)s” is not a day like 2026-01-31.") % {"value": value}) from None


class RowResource(ModelResource):
    """Rows by their natural key. A published row is no more open to a spreadsheet than to a form."""

    WIDGETS_MAP = ModelResource.WIDGETS_MAP | {
        "DateField": DayWidget,
        "PositiveIntegerField": WholeNumberWidget,
        "PositiveSmallIntegerField": WholeNumberWidget,
    }

    def before_save_instance(self, instance, row, **kwargs):
        if not may_change(kwargs["user"], instance):
            raise ValidationError(_("This row is published: only publishers change it by spreadsheet."))
        instance._change_reason = _("Spreadsheet %(name)s") % {"name": kwargs.get("file_name") or ""}

    def get_instance(self, instance_loader, row):
        """A faulty key is no key: reading the fields then names its column."""
        try:
            return super().get_instance(instance_loader, row)
        except ValueError:
            return None

    def before_import_row(self, row, **kwargs):
        for name, value in row.items():
            row[name] = as_written(value)

    def export_field(self, field, instance, **kwargs):
        value = super().export_field(field, instance, **kwargs)
        return "" if value is None else inert(value)

    class Meta:
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        store_instance = True


class SpreadsheetAdmin(ImportExportMixin):
    """Adds import with a preview, and export, to a ModelAdmin."""

    skip_export_form = skip_export_form_from_action = True  # its page needs inline scripts, which our policy forbids

    def export_action(self, request):
        """A filter that is not there leads back to the list, as on the list itself."""
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            return redirect(f"{self.address('changelist')}?{ERROR_FLAG}=1")

    def get_export_formats(self):
        return [XLSX]

    def has_import_permission(self, request):
        return super().has_import_permission(request) and self.has_add_permission(request)
