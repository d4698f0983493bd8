import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0003_written_proxies"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="resumed_at",
            field=models.DateTimeField(null=True, verbose_name="复会"),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="progress",
            field=models.CharField(
                choices=[
                    ("called", "已通知"),
                    ("open", "正在开会"),
                    ("adjourned", "已休会"),
                    ("closed", "已散会"),
                    ("cancelled", "已取消"),
                ],
                default="called",
                max_length=10,
                verbose_name="进程",
            ),
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("venue", models.CharField(max_length=80, verbose_name="会场")),
                ("told_at", models.DateTimeField(verbose_name="通知时间")),
                ("meets_at", models.DateTimeField(verbose_name="原定时间")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="开会")),
                ("ended_at", models.DateTimeField(verbose_name="结束")),
                ("reason", models.CharField(max_length=400, verbose_name="理由")),
                ("came", models.TextField(verbose_name="到会")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sittings",
                        to="meetings.meeting",
                        verbose_name="会议",
                    ),
                ),
            ],
            options={
                "verbose_name": "会次",
                "verbose_name_plural": "会次",
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="one_sitting_a_number")
                ],
            },
        ),
    ]
