"""Let a list of one step be read in its order."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0001_initial"),
        ("matters", "0007_a_task_waits"),
        ("people", "0007_households_and_owners"),
        ("places", "0003_flats"),
    ]

    operations = [
        migrations.AlterField(
            model_name="matter",
            name="place",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.place",
                verbose_name="地点",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["step", "-opened_at", "-id", "place_path"], name="matter_at_step"),
        ),
    ]
