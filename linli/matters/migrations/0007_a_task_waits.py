"""Let a task stand in an inbox."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0006_a_deadline_set_outside"),
    ]

    operations = [
        migrations.AlterField(
            model_name="waiting",
            name="what",
            field=models.CharField(
                choices=[
                    ("step", "办理"),
                    ("joint", "协办"),
                    ("summon", "报到"),
                    ("extension", "批准延期"),
                    ("escalation", "督办"),
                    ("task", "任务"),
                ],
                default="step",
                max_length=12,
                verbose_name="待办",
            ),
        ),
    ]
