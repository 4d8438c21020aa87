from django.contrib.admin import apps as admin


class AdminConfig(admin.AdminConfig):
    """Django's admin with our own front page and second factor."""

    default = False
    default_site = "expressentry.admin_site.RecordAdminSite"
