from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_delete, pre_save
from django.utils.translation import gettext_lazy as _

CONTENT_APPS = ("draws", "occupations", "programs")


def content_changes(sender, instance, raw=False, **kwargs):
    """Note what the ledger needs to know of a row before it is saved or deleted."""
    from .history import has_history
    from .ledger import write

    if not raw and has_history(sender) and instance.pk and not instance._state.adding:
        write.before(instance)


def content_leaves(sender, instance, **kwargs):
    """Say in the ledger that a row goes, and why, before it does: of a published list none goes without."""
    from .ledger import write
    from .models import DataVersion

    content_changes(sender, instance)
    if write.is_in_ledger(sender):
        DataVersion.bump([instance], follow=write.leave)


def content_changed(sender, instance, raw=False, **kwargs):
    """Any change of a table of the record moves the data version on; fixtures do it once, when all are loaded."""
    from .history import has_history
    from .models import DataVersion

    raw = raw or hasattr(instance, "skip_history_when_saving")  # rows between tables know no raw
    if not raw and has_history(sender._meta.auto_created or sender):
        DataVersion.bump(rows_changed(instance, **kwargs))


def rows_changed(instance, model=None, reverse=False, pk_set=None, **kwargs):
    """Rows of the ledger that a signal is about; None for any. What goes between tables belongs to one side."""
    if not reverse:
        return [instance]
    return None if pk_set is None else model._base_manager.filter(pk__in=pk_set)


def install_ledger_triggers(using, **kwargs):
    from .ledger import triggers

    triggers.install(connections[using])


class EditingConfig(AppConfig):
    name = "editing"
    verbose_name = _("Review")

    def ready(self):
        from . import audit, roles  # noqa: F401 - audit and alphabet connect themselves
        from .pages import alphabet, typography  # noqa: F401

        typography.teach_dates_french()
        pre_save.connect(content_changes, dispatch_uid="content_changes")
        pre_delete.connect(content_leaves, dispatch_uid="content_leaves")
        for signal in (post_save, post_delete, m2m_changed):
            signal.connect(content_changed, dispatch_uid="content_changed")
        post_migrate.connect(install_ledger_triggers, sender=self)
        for config in roles.content_configs():
            post_migrate.connect(roles.grant_permissions, sender=config)
