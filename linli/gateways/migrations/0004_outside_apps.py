import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("gateways", "0003_hooks_follow_the_record"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutsideApp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("owner", models.CharField(max_length=80, verbose_name="主管单位")),
                ("place_path", models.CharField(db_index=True, max_length=48, verbose_name="路径")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                ("asks", models.TextField(max_length=1000, verbose_name="要填的数据项")),
                (
                    "often",
                    models.CharField(
                        choices=[
                            ("daily", "每天"),
                            ("weekly", "每周"),
                            ("monthly", "每月"),
                            ("some", "不定期"),
                        ],
                        max_length=8,
                        verbose_name="多久一次",
                    ),
                ),
                ("minutes_a_week", models.PositiveSmallIntegerField(verbose_name="每人每周分钟数")),
                (
                    "known_here",
                    models.CharField(
                        choices=[("all", "都有"), ("part", "有一部分"), ("none", "没有")],
                        max_length=4,
                        verbose_name="本系统已有",
                    ),
                ),
                ("checks_in", models.BooleanField(default=False, verbose_name="打卡签到")),
                ("gives_points", models.BooleanField(default=False, verbose_name="积分排名")),
                ("counts_online", models.BooleanField(default=False, verbose_name="考核在线时长")),
                ("wants_photos", models.BooleanField(default=False, verbose_name="不必要的照片、视频、轨迹")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("keep", "保留"), ("merge", "并入本系统"), ("stop", "停用")],
                        max_length=8,
                        verbose_name="处理意见",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                ("decided_on", models.DateField(null=True, verbose_name="决定日期")),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                        verbose_name="范围",
                    ),
                ),
            ],
            options={
                "verbose_name": "外部应用",
                "verbose_name_plural": "外部应用",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "name"), name="an_app_is_entered_once_at_a_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on", None), ("decision", "")),
                            models.Q(
                                models.Q(("decision", ""), _negated=True), ("decided_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="a_decision_has_its_day",
                    ),
                ],
            },
        ),
    ]
