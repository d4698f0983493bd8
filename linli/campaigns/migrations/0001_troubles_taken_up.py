import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("bodies", "0001_initial"),
        ("matters", "0005_keep_followers_encrypted"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="campaign",
                        serialize=False,
                        to="matters.matter",
                        verbose_name="事项",
                    ),
                ),
                ("goal", models.CharField(max_length=400, verbose_name="目标")),
                ("measures", models.TextField(blank=True, max_length=2000, verbose_name="措施")),
                ("since", models.DateField(verbose_name="统计起始日")),
                ("weeks", models.PositiveSmallIntegerField(verbose_name="统计周数")),
                ("result", models.TextField(blank=True, max_length=2000, verbose_name="治理结果")),
                ("begun_at", models.DateTimeField(null=True, verbose_name="立项时间")),
                ("told_at", models.DateTimeField(null=True, verbose_name="反馈时间")),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bodies.body",
                        verbose_name="牵头单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "专项治理",
                "verbose_name_plural": "专项治理",
            },
        ),
        migrations.CreateModel(
            name="Included",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="归入时间")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="included",
                        to="campaigns.campaign",
                        verbose_name="专项治理",
                    ),
                ),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="included_in",
                        to="matters.matter",
                        verbose_name="事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "涉及事项",
                "verbose_name_plural": "涉及事项",
            },
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told_at", None),
                    ("begun_at", None),
                    ("told_at__gte", models.F("begun_at")),
                    _connector="OR",
                ),
                name="campaign_is_told_after_it_began",
            ),
        ),
    ]
