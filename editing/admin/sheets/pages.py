"""The pages of an admin that import a sheet, after showing what it would change, and export one."""

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import XLSX
from import_export.forms import ConfirmImportForm, ImportForm

from editing.admin.cause import CAUSE, FAULTS, REASON, CauseForm

from .files import MAX_BYTES, Sheet, SheetFault


class SheetForm(CauseForm, ImportForm):
    """A file, what happened, and why: asked where the sheet changes facts that the public sees."""

    field_order = ["resource", "import_file", "format", CAUSE, REASON]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, is_asked=False, **kwargs)


class ConfirmSheetForm(ConfirmImportForm):
    change_cause = forms.CharField(required=False, widget=forms.HiddenInput)
    change_reason = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)


class SpreadsheetAdmin(ImportExportMixin):
    """Adds import with a preview, and export, to a ModelAdmin."""

    import_form_class, confirm_form_class = SheetForm, ConfirmSheetForm
    import_template_name = "admin/spreadsheet_import.html"

    skip_export_form = skip_export_form_from_action = True  # its page needs inline scripts, which our policy forbids

    def export_action(self, request):
        """A filter that is not there leads back to the list, as on the list itself."""
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            return redirect(f"{self.address('changelist')}?{ERROR_FLAG}=1")

    def get_export_formats(self):
        return [XLSX]

    def get_import_formats(self):
        return [Sheet]

    def get_confirm_form_initial(self, request, import_form):
        said = import_form.cleaned_data if import_form else {}
        answers = {name: said[name] for name in FAULTS if name in said}
        return super().get_confirm_form_initial(request, import_form) | answers

    def get_import_data_kwargs(self, **kwargs):
        said = kwargs["form"].cleaned_data if kwargs.get("form") else {}
        answers = {name: said.get(name, "") for name in FAULTS}
        return super().get_import_data_kwargs(**kwargs) | {"rollback_on_validation_errors": True} | answers

    def write_to_tmp_storage(self, import_file, input_format):
        """Of a file that is too large no more is kept than shows it."""
        import_file.chunks = lambda: [import_file.read(MAX_BYTES + 1)]
        return super().write_to_tmp_storage(import_file, input_format)

    def add_data_read_fail_error_to_form(self, form, e):
        if not isinstance(e, SheetFault):
            raise e
        form.add_error("import_file", str(e))

    def process_import(self, request, **kwargs):
        """The file was read before; if it is gone since, it has to be uploaded again."""
        try:
            return super().process_import(request, **kwargs)
        except (OSError, SheetFault):
            return self.upload_again(request)

    def process_result(self, result, request):
        if result.has_errors() or result.has_validation_errors():
            return self.upload_again(request)
        return super().process_result(result, request)

    def upload_again(self, request):
        said = _("Nothing was saved: the table or the file has changed since. Upload the file again.")
        self.message_user(request, said, messages.ERROR)
        return redirect(self.address("import"))

    def has_import_permission(self, request):
        return super().has_import_permission(request) and self.has_add_permission(request)
