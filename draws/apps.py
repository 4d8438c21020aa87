from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def install_triggers(using, **kwargs):
    from . import triggers

    triggers.install_triggers(connections[using])


class DrawsConfig(AppConfig):
    name = "draws"
    verbose_name = _("Draws")

    def ready(self):
        post_migrate.connect(install_triggers, sender=self)
