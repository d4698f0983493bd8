import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("gateways", "0001_connected_systems"),
    ]

    operations = [
        migrations.CreateModel(
            name="Match",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "facet",
                    models.CharField(
                        choices=[("category", "分类"), ("order", "缓急"), ("place", "区域")],
                        max_length=8,
                        verbose_name="哪一项",
                    ),
                ),
                ("theirs", models.CharField(max_length=80, verbose_name="对方的说法")),
                ("ours", models.CharField(blank=True, max_length=64, verbose_name="我们的代号")),
                ("seen_at", models.DateTimeField(null=True, verbose_name="第一次见到")),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches",
                        to="gateways.system",
                        verbose_name="对接系统",
                    ),
                ),
            ],
            options={
                "verbose_name": "说法对照",
                "verbose_name_plural": "说法对照",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("system", "facet", "theirs"), name="a_word_is_matched_once"
                    )
                ],
            },
        ),
    ]
