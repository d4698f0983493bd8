"""Let a person say which trade of the new employment groups they work in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_names_are_found")]

    operations = [
        migrations.AddField(
            "person",
            "trade",
            models.CharField("行业", max_length=32, blank=True, default="", db_default=""),
        ),
    ]
