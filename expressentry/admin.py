from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class RecordAdminSite(admin.AdminSite):
    site_header = site_title = _("Express Entry Record: editing")
    index_title = _("The record")
    empty_value_display = "–"
