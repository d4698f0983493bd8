"""Let a letter be claimed before it leaves, so that none leaves twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0002_keep_addresses_encrypted"),
        ("people", "0004_names_are_found"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="letter",
            name="letters_waiting",
        ),
        migrations.AddField(
            model_name="letter",
            name="claimed_at",
            field=models.DateTimeField(null=True, verbose_name="取走时间"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("claimed_at", None), ("sent_at", None)),
                fields=["channel", "try_after"],
                name="letters_waiting",
            ),
        ),
    ]
