"""Note how far the deadlines have followed a calendar that came in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("handoffs", "0001_bring_tables_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reckoning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("since_year", models.PositiveSmallIntegerField(verbose_name="从哪年到期的算起")),
                ("source", models.CharField(max_length=120, verbose_name="通知")),
                ("days_off", models.PositiveSmallIntegerField(verbose_name="放假天数")),
                ("makeup_days", models.PositiveSmallIntegerField(verbose_name="调休上班天数")),
                ("by", models.PositiveBigIntegerField(null=True, verbose_name="经办人编号")),
                ("office", models.CharField(max_length=120, verbose_name="职务")),
                ("total", models.PositiveIntegerField(verbose_name="要看的事项")),
                ("looked_at", models.PositiveIntegerField(default=0, verbose_name="看过的事项")),
                ("moved", models.PositiveIntegerField(default=0, verbose_name="改动的事项")),
                ("reached", models.PositiveBigIntegerField(default=0, verbose_name="看到哪一件")),
                ("begun_at", models.DateTimeField(verbose_name="开始")),
                ("stirred_at", models.DateTimeField(verbose_name="最近进展")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束")),
            ],
            options={
                "verbose_name": "重算期限",
                "verbose_name_plural": "重算期限",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["id"], name="reckoning_under_way"
                    )
                ],
            },
        ),
    ]
