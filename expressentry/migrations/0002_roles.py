from django.db import migrations

ROLES = ["Editors", "Publishers"]


def make(apps, schema_editor):
    """The groups only: their permissions are laid after every migration (``expressentry/roles.py``)."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ROLES:
        groups.get_or_create(name=name)


def remove(apps, schema_editor):
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=ROLES).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("expressentry", "0001_initial"),
    ]

    operations = [migrations.RunPython(make, remove)]
