from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _

CONTENT_APPS = ("draws", "occupations", "programs")


def content_changed(sender, raw=False, **kwargs):
    """Any change of a table of the record moves the data version on; fixtures do it once, when all are loaded."""
    from .history import has_history
    from .models import DataVersion

    raw = raw or hasattr(kwargs.get("instance"), "skip_history_when_saving")  # rows between tables know no raw
    if not raw and has_history(sender._meta.auto_created or sender):
        DataVersion.bump()


class EditingConfig(AppConfig):
    name = "editing"
    verbose_name = _("Review")

    def ready(self):
        from . import audit, roles  # noqa: F401 - audit and alphabet connect themselves
        from .pages import alphabet, typography  # noqa: F401

        typography.teach_dates_french()
        for signal in (post_save, post_delete, m2m_changed):
            signal.connect(content_changed, dispatch_uid="content_changed")
        for config in roles.content_configs():
            post_migrate.connect(roles.grant_permissions, sender=config)
