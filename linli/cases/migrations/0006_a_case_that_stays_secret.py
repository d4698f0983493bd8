"""Let a case say that whoever brought it wants it shown to nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_trade_of_who_reported")]

    operations = [
        migrations.AddField(
            "case",
            "is_secret",
            models.BooleanField("要求保密", default=False, db_default=False),
        ),
    ]
