from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def install_triggers(using, **kwargs):
    from . import triggers

    triggers.install_triggers(connections[using])


class DrawsConfig(AppConfig):
    name = "draws"

    def ready(self):
        post_migrate.connect(install_triggers, sender=self)
