"""Know the flats of a building and their floor areas."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0002_names_are_found"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dwelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place_path", models.CharField(max_length=48, verbose_name="路径")),
                ("label", models.CharField(max_length=30, verbose_name="门牌")),
                ("area", models.PositiveBigIntegerField(null=True, verbose_name="专有部分面积（平方厘米）")),
                (
                    "area_source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("register", "不动产登记簿"),
                            ("measured", "实测"),
                            ("contract", "买卖合同"),
                        ],
                        max_length=8,
                        verbose_name="面积依据",
                    ),
                ),
                ("developer", models.CharField(blank=True, max_length=80, verbose_name="建设单位")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dwellings",
                        to="places.place",
                        verbose_name="地点",
                    ),
                ),
            ],
            options={
                "verbose_name": "房屋",
                "verbose_name_plural": "房屋",
                "indexes": [models.Index(fields=["place_path", "label"], name="dwelling_within")],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "label"), name="dwelling_once_at_a_place"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area", None), ("area_source", "")),
                            models.Q(("area__gt", 0), models.Q(("area_source", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="area_says_where_it_was_read",
                    ),
                ],
            },
        ),
    ]
