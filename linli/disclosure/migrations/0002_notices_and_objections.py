"""Hang notices on the board, and keep what is held against them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0001_initial"),
        ("matters", "0007_a_task_waits"),
        ("people", "0006_an_address_is_kept_once"),
        ("places", "0002_names_are_found"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=24, unique=True, verbose_name="编号")),
                ("place_path", models.CharField(max_length=48, verbose_name="路径")),
                ("pack", models.CharField(max_length=32, verbose_name="方法包")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decision", "决定公开"),
                            ("result", "结果公开"),
                            ("party", "党务公开"),
                            ("affairs", "事务公开"),
                            ("finance", "财务公开"),
                            ("list", "名单公布"),
                            ("covenant", "公约公示"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="标题")),
                ("words", models.TextField(max_length=8000, verbose_name="内容")),
                ("office", models.CharField(max_length=120, verbose_name="公示单位")),
                ("clause", models.CharField(blank=True, max_length=40, verbose_name="规则编号")),
                ("days", models.PositiveSmallIntegerField(verbose_name="公示日数")),
                ("shown_at", models.DateTimeField(verbose_name="公示开始")),
                ("ends_at", models.DateTimeField(verbose_name="公示届满")),
                ("taken_down_at", models.DateTimeField(null=True, verbose_name="撤下时间")),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="撤下理由")),
                (
                    "matter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="matters.matter",
                        verbose_name="事项",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                        verbose_name="地点",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="disclosure.notice",
                        verbose_name="更正哪一份",
                    ),
                ),
            ],
            options={
                "verbose_name": "公示",
                "verbose_name_plural": "公示",
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(max_length=2000, verbose_name="异议")),
                ("raised_at", models.DateTimeField(verbose_name="提出时间")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="答复")),
                ("is_upheld", models.BooleanField(null=True, verbose_name="成立")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objections",
                        to="disclosure.notice",
                        verbose_name="公示",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "异议",
                "verbose_name_plural": "异议",
            },
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["place_path", "-shown_at", "-id"], name="notice_at_place"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("shown_at"))), name="notice_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_down_at", None),
                    models.Q(
                        ("taken_down_at__gte", models.F("shown_at")), models.Q(("reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="notice_comes_down_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="objection",
            index=models.Index(
                condition=models.Q(("answered_at", None)), fields=["notice"], name="objection_not_answered"
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("is_upheld", None)),
                    models.Q(
                        ("answered_at__gte", models.F("raised_at")),
                        ("is_upheld__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="objection_is_answered_in_words",
            ),
        ),
    ]
