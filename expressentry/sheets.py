"""Tables as spreadsheets: export them, change them, and import them again after looking at what would change."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import XLSX
from import_export.resources import ModelResource

from .exports import as_written, inert
from .review import may_change


class RowResource(ModelResource):
    """Rows by their natural key. A published row is no more open to a spreadsheet than to a form."""

    def before_save_instance(self, instance, row, **kwargs):
        if not may_change(kwargs["user"], instance):
            raise ValidationError(_("This row is published: only publishers change it by spreadsheet."))
        instance._change_reason = _("Spreadsheet %(name)s") % {"name": kwargs.get("file_name") or ""}

    def before_import_row(self, row, **kwargs):
        """A spreadsheet has a date as midnight of a day."""
        for name, value in row.items():
            row[name] = value.date() if isinstance(value, datetime) else as_written(value)

    def export_field(self, field, instance, **kwargs):
        value = super().export_field(field, instance, **kwargs)
        return "" if value is None else inert(value)

    class Meta:
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        store_instance = True


class SheetAdmin(ImportExportMixin):
    """Adds import with a preview, and export, to a ModelAdmin."""

    skip_export_form = skip_export_form_from_action = True  # its page needs inline scripts, which our policy forbids

    def get_export_formats(self):
        return [XLSX]

    def has_import_permission(self, request):
        return super().has_import_permission(request) and self.has_add_permission(request)
