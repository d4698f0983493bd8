import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0002_names_are_found"),
    ]

    operations = [
        migrations.CreateModel(
            name="HotProblem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place_path", models.CharField(max_length=48, verbose_name="路径")),
                ("category", models.CharField(max_length=48, verbose_name="分类")),
                ("since", models.DateField(verbose_name="起始日")),
                ("until", models.DateField(verbose_name="截止日")),
                ("voices", models.PositiveIntegerField(verbose_name="反映和加入人次")),
                ("usual", models.FloatField(verbose_name="平常人次")),
                ("found_at", models.DateTimeField(verbose_name="发现时间")),
                ("looked_at", models.DateTimeField(verbose_name="最近统计")),
                ("cooled_at", models.DateTimeField(null=True, verbose_name="回落时间")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="places.place",
                        verbose_name="地点",
                    ),
                ),
            ],
            options={
                "verbose_name": "高频问题",
                "verbose_name_plural": "高频问题",
                "indexes": [
                    models.Index(
                        condition=models.Q(("cooled_at", None)),
                        fields=["place_path"],
                        name="hot_problem_at_place",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cooled_at", None)),
                        fields=("place", "category"),
                        name="one_hot_problem_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="hot_problem_has_its_days"
                    ),
                ],
            },
        ),
    ]
