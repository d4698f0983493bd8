"""Let a case say in which trade somebody works who reported it, and find those cases."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_words_are_found")]

    operations = [
        migrations.AddField(
            "case",
            "trade",
            models.CharField("反映人行业", max_length=32, blank=True, default="", db_default=""),
        ),
        migrations.AddIndex(
            "case", models.Index(fields=["trade"], condition=~Q(trade=""), name="cases_of_trade")
        ),
    ]
