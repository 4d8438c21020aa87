from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def lay_rules(using, **kwargs):
    from . import triggers

    triggers.lay(connections[using])


class DrawsConfig(AppConfig):
    name = "draws"

    def ready(self):
        post_migrate.connect(lay_rules, sender=self)
