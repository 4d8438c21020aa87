from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("expressentry", "0003_history")]

    operations = [
        migrations.AddField(
            model_name="dataversion",
            name="next_due",
            field=models.DateTimeField(
                help_text="When the next scheduled row becomes public by the clock.", null=True
            ),
        ),
    ]
