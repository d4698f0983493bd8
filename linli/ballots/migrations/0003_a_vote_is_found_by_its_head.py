"""Keep one index of votes: that of the head who cast it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ballots", "0002_asked_to_count_once"),
        ("people", "0007_households_and_owners"),
    ]

    operations = [
        migrations.AlterField(
            model_name="vote",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
                verbose_name="投票人",
            ),
        ),
        migrations.AlterField(
            model_name="vote",
            name="elector",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="votes",
                to="ballots.elector",
                verbose_name="表决权人",
            ),
        ),
        migrations.AlterField(
            model_name="vote",
            name="entered_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
                verbose_name="代录人",
            ),
        ),
    ]
