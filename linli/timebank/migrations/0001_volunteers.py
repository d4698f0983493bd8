"""Let needs be asked, volunteers offer themselves, and services be confirmed."""

import django.db.models.deletion
from django.db import migrations, models

import linli.frame.vault


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0007_households_and_owners"),
        ("places", "0003_flats"),
    ]

    operations = [
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=32, unique=True, verbose_name="编号")),
                ("place_path", models.CharField(max_length=48, verbose_name="路径")),
                ("words", models.TextField(max_length=2000, verbose_name="要帮什么忙")),
                ("skill", models.CharField(max_length=24, verbose_name="服务类别")),
                ("starts_at", models.DateTimeField(verbose_name="开始时间")),
                ("ends_at", models.DateTimeField(verbose_name="结束时间")),
                ("wanted", models.PositiveSmallIntegerField(default=1, verbose_name="要几个人")),
                ("is_heavy", models.BooleanField(default=False, verbose_name="要用力气")),
                ("is_dangerous", models.BooleanField(default=False, verbose_name="可能有危险")),
                ("contact_name", models.CharField(blank=True, max_length=40, verbose_name="称呼")),
                ("contact_phone", linli.frame.vault.EncryptedText(blank=True, verbose_name="电话")),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="结束时间（办结）")),
                ("closed_why", models.CharField(blank=True, max_length=200, verbose_name="结束的原因")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                        verbose_name="地点",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                        verbose_name="服务对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "需求",
                "verbose_name_plural": "需求",
            },
        ),
        migrations.CreateModel(
            name="Volunteer",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="volunteer",
                        serialize=False,
                        to="people.person",
                        verbose_name="人",
                    ),
                ),
                ("near_path", models.CharField(db_index=True, max_length=48, verbose_name="路径")),
                ("free", models.JSONField(default=list, verbose_name="有空的时段")),
                ("skills", models.JSONField(default=list, verbose_name="会做的")),
                ("proven", models.JSONField(default=list, verbose_name="核验过的")),
                ("is_strong", models.BooleanField(default=False, verbose_name="能做体力活")),
                ("guardian_agrees", models.BooleanField(default=False, verbose_name="监护人同意")),
                ("insured_until", models.DateField(null=True, verbose_name="保险有效期")),
                ("branch", models.CharField(blank=True, max_length=80, verbose_name="党组织")),
                ("reported_at", models.DateTimeField(null=True, verbose_name="报到时间")),
                ("offered_at", models.DateTimeField(verbose_name="报名时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="退出时间")),
                (
                    "near",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                        verbose_name="服务范围",
                    ),
                ),
            ],
            options={
                "verbose_name": "志愿者",
                "verbose_name_plural": "志愿者",
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("asked", "等答复"),
                            ("taken", "已接单"),
                            ("declined", "没有接"),
                            ("there", "服务中"),
                            ("done", "等确认"),
                            ("confirmed", "已确认"),
                            ("void", "不计时间"),
                        ],
                        default="asked",
                        max_length=12,
                        verbose_name="进度",
                    ),
                ),
                ("asked_at", models.DateTimeField(null=True, verbose_name="派单时间")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                ("came_at", models.DateTimeField(null=True, verbose_name="签到时间")),
                ("went_at", models.DateTimeField(null=True, verbose_name="签退时间")),
                ("minutes", models.PositiveIntegerField(default=0, verbose_name="确认的分钟数")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="timebank.need",
                        verbose_name="需求",
                    ),
                ),
                (
                    "volunteer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="timebank.volunteer",
                        verbose_name="志愿者",
                    ),
                ),
            ],
            options={
                "verbose_name": "服务",
                "verbose_name_plural": "服务",
            },
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(fields=["place_path", "-starts_at"], name="need_within"),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="need_ends_after_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(("wanted__gte", 1)), name="need_wants_somebody"
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.UniqueConstraint(
                fields=("need", "volunteer"), name="a_volunteer_serves_a_need_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes", 0), ("confirmed_at__isnull", False), _connector="OR"),
                name="minutes_are_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(("went_at", None), ("went_at__gte", models.F("came_at")), _connector="OR"),
                name="whoever_went_had_come",
            ),
        ),
    ]
