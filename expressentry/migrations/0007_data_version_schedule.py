from django.db import migrations, models
from django.utils import timezone


def write_schedule(apps, schema_editor):
    """Rows that wait now are in the schedule at once, not only after the next save."""
    tables = [model for model in apps.get_models() if {"status", "publish_at"} <= {f.name for f in model._meta.fields}]
    waiting = {"status": "published", "publish_at__gt": timezone.now()}
    moments = {
        moment.timestamp()
        for model in tables
        if not model.__name__.startswith("Historical")
        for moment in model.objects.filter(**waiting).values_list("publish_at", flat=True)
    }
    apps.get_model("expressentry", "DataVersion").objects.update(schedule=sorted(moments))


class Migration(migrations.Migration):

    dependencies = [
        ("expressentry", "0006_correction_origin"),
        ("draws", "0007_correction_origin"),
        ("occupations", "0003_publish_permission"),
        ("programs", "0004_publish_permission"),
    ]

    operations = [
        migrations.AddField(
            model_name="dataversion",
            name="schedule",
            field=models.JSONField(
                default=list, help_text="When rows that wait become public by the clock: seconds since 1970."
            ),
        ),
        migrations.AlterField(
            model_name="dataversion",
            name="number",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.RunPython(write_schedule, migrations.RunPython.noop),
        migrations.RemoveField(model_name="dataversion", name="next_due"),
    ]
