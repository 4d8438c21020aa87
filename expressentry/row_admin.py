"""What the admin pages of all models share."""

from django.contrib import admin
from django.db import IntegrityError, models
from django.utils.translation import gettext_lazy as _

from .refusals import in_words

SOURCE = (
    _("Where it was read"),
    {
        "fields": ["evidence", "source", "source_url", "checked_on"],
        "description": _("Every figure says where it comes from, and when somebody last looked there."),
    },
)
PUBLICATION = (
    _("Publication"),
    {
        "fields": ["status", "publish_at"],
        "description": _("Only published rows are public. A published row with a time to come waits for it."),
    },
)


class RefusedFormMixin:
    """A form that shows what the database refused at the first attempt to save it."""

    refused = None

    def clean(self):
        cleaned = super().clean()
        if self.refused:
            self.add_error(None, self.refused)
        return cleaned


class WebAddresses:
    """Links without a scheme are taken as secure ones."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class StackedRows(WebAddresses, admin.StackedInline):
    extra = 0
    show_change_link = True


class TabularRows(WebAddresses, admin.TabularInline):
    extra = 0
    show_change_link = True


class RowAdmin(WebAddresses, admin.ModelAdmin):
    """An admin page on which a refusal of the database is a sentence beside the form, never an error page."""

    list_per_page = 50
    save_on_top = True

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (RefusedFormMixin, form), {"refused": getattr(request, "refused", None)})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as fault:
            request.refused = in_words(fault)
            return super().changeform_view(request, object_id, form_url, extra_context)
