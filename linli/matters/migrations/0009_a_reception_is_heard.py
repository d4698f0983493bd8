"""Let those who received whoever raised a matter be told of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0008_lists_by_step"),
        ("people", "0007_households_and_owners"),
    ]

    operations = [
        migrations.AlterField(
            model_name="matter",
            name="channel",
            field=models.CharField(
                choices=[
                    ("web", "网页"),
                    ("grid", "网格"),
                    ("window", "窗口"),
                    ("phone", "电话"),
                    ("12345", "12345 热线"),
                    ("110", "110"),
                    ("lane", "巷理事"),
                    ("recept", "代表接待"),
                    ("system", "对接系统"),
                    ("import", "导入"),
                ],
                max_length=8,
                verbose_name="渠道",
            ),
        ),
        migrations.CreateModel(
            name="Hearer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hearers",
                        to="matters.matter",
                        verbose_name="事项",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                        verbose_name="人",
                    ),
                ),
            ],
            options={
                "verbose_name": "接待人",
                "verbose_name_plural": "接待人",
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "person"), name="heard_once_by_a_person")
                ],
            },
        ),
    ]
