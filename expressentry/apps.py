from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_save

CONTENT_APPS = ("draws", "occupations", "programs")


def content_changed(sender, raw=False, **kwargs):
    """Any change of a public table moves the data version on; fixtures do it once, when all are loaded."""
    if not raw and sender._meta.app_label in CONTENT_APPS:
        from .models import DataVersion

        DataVersion.move_on()


class SiteConfig(AppConfig):
    name = "expressentry"

    def ready(self):
        for signal in (post_save, post_delete, m2m_changed):
            signal.connect(content_changed, dispatch_uid="content_changed")
