"""Find the letters to a person by the one index that keeps them in their order."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0003_a_letter_is_claimed_before_it_leaves"),
    ]

    operations = [
        migrations.AlterField(
            model_name="letter",
            name="to",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.person",
                verbose_name="收信人",
            ),
        ),
    ]
