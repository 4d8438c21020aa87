from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class RecordAdminSite(admin.AdminSite):
    site_header = site_title = _("Express Entry Record: editing")
    index_title = _("The record")
    empty_value_display = "–"

    def register(self, model_or_iterable, admin_class=None, **options):
        """All but the tables of second factors: their secrets are for nobody's eyes."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        shown = [model for model in models if model._meta.app_label not in ("otp_totp", "otp_static")]
        super().register(shown, admin_class, **options)
