"""Count each try for itself; those of the last hour, which nothing else hangs on, are forgotten."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("frame", "0002_tries_from_an_address")]

    operations = [
        migrations.DeleteModel("Tries"),
        migrations.CreateModel(
            name="Try",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, verbose_name="编号")),
                ("held_until", models.BigIntegerField(db_index=True, verbose_name="计到")),
            ],
            options={
                "verbose_name": "尝试",
                "verbose_name_plural": "尝试",
                "indexes": [models.Index(fields=["key", "held_until"], name="tries_of_an_address")],
            },
        ),
    ]
