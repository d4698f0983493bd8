import django.db.models.deletion
from django.db import migrations, models

import linli.matters.tokens


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0001_initial"),
        ("matters", "0003_systems_hand_over"),
        ("people", "0002_must_change_password"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=linli.matters.tokens.new_token,
                        max_length=16,
                        unique=True,
                        verbose_name="查询码",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="称呼")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="电话")),
                ("words", models.CharField(blank=True, max_length=400, verbose_name="补充")),
                ("is_open", models.BooleanField(default=False, verbose_name="话可以公开")),
                ("joined_at", models.DateTimeField(verbose_name="加入时间")),
                ("left_at", models.DateTimeField(null=True, verbose_name="退出时间")),
            ],
            options={
                "verbose_name": "同遇人",
                "verbose_name_plural": "同遇人",
            },
        ),
        migrations.AddField(
            model_name="matter",
            name="joined",
            field=models.PositiveIntegerField(default=0, verbose_name="同遇人数"),
        ),
        migrations.AddField(
            model_name="matter",
            name="merged_into",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duplicates",
                to="matters.matter",
                verbose_name="并入",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["place_path", "-opened_at"],
                name="matter_open_at_place",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="matter_merged_into",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", None), ("closed_at__isnull", False), _connector="OR"),
                name="merged_matter_is_closed",
            ),
        ),
        migrations.AddField(
            model_name="follower",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="followers",
                to="matters.matter",
                verbose_name="事项",
            ),
        ),
        migrations.AddField(
            model_name="follower",
            name="merged_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="moved_followers",
                to="matters.matter",
                verbose_name="随哪件并入",
            ),
        ),
        migrations.AddField(
            model_name="follower",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.person",
                verbose_name="人",
            ),
        ),
        migrations.AddIndex(
            model_name="follower",
            index=models.Index(
                condition=models.Q(("person__isnull", False)),
                fields=["person", "-id"],
                name="followed_by_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="follower",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False)),
                fields=("matter", "person"),
                name="a_person_joins_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="follower",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_at", None), ("left_at__gte", models.F("joined_at")), _connector="OR"
                ),
                name="follower_leaves_after_joining",
            ),
        ),
    ]
