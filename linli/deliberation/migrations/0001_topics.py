"""Let topics be raised, supported, resolved, carried out and signed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("bodies", "0001_initial"),
        ("matters", "0007_a_task_waits"),
        ("people", "0007_households_and_owners"),
        ("places", "0003_flats"),
    ]

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="topic",
                        serialize=False,
                        to="matters.matter",
                        verbose_name="事项",
                    ),
                ),
                ("place_path", models.CharField(max_length=48, verbose_name="路径")),
                ("words", models.TextField(max_length=4000, verbose_name="内容")),
                ("opinion", models.TextField(blank=True, max_length=4000, verbose_name="协商意见")),
                ("resolution", models.TextField(blank=True, max_length=4000, verbose_name="决议")),
                ("result", models.TextField(blank=True, max_length=4000, verbose_name="落实结果")),
                ("since", models.DateTimeField(verbose_name="本步开始")),
                ("resolved_at", models.DateTimeField(null=True, verbose_name="决议时间")),
                ("told_at", models.DateTimeField(null=True, verbose_name="反馈时间")),
                ("supporters", models.PositiveIntegerField(default=0, verbose_name="附议人数")),
            ],
            options={
                "verbose_name": "议题",
                "verbose_name_plural": "议题",
            },
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "缘起事项",
                "verbose_name_plural": "缘起事项",
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
            ],
            options={
                "verbose_name": "协商主体",
                "verbose_name_plural": "协商主体",
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("household", models.CharField(max_length=64, verbose_name="户")),
                ("signed_at", models.DateTimeField(verbose_name="签约时间")),
            ],
            options={
                "verbose_name": "签约",
                "verbose_name_plural": "签约",
            },
        ),
        migrations.CreateModel(
            name="Supporter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("supported_at", models.DateTimeField(verbose_name="附议时间")),
            ],
            options={
                "verbose_name": "附议人",
                "verbose_name_plural": "附议人",
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="做什么")),
                ("due_on", models.DateField(verbose_name="完成日期")),
                ("added_at", models.DateTimeField(verbose_name="安排时间")),
                ("report", models.CharField(blank=True, max_length=400, verbose_name="进展")),
                ("reported_at", models.DateTimeField(null=True, verbose_name="报告时间")),
                ("done_at", models.DateTimeField(null=True, verbose_name="完成时间")),
            ],
            options={
                "verbose_name": "任务",
                "verbose_name_plural": "任务",
            },
        ),
        migrations.CreateModel(
            name="Covenant",
            fields=[
                (
                    "topic",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="covenant",
                        serialize=False,
                        to="deliberation.topic",
                        verbose_name="议题",
                    ),
                ),
                ("text", models.TextField(max_length=8000, verbose_name="正文")),
                ("needed", models.PositiveIntegerField(verbose_name="须签约户数")),
                ("signed", models.PositiveIntegerField(default=0, verbose_name="签约户数")),
                ("in_force_at", models.DateTimeField(null=True, verbose_name="生效时间")),
                ("affirm_by", models.DateField(null=True, verbose_name="重申日期")),
            ],
            options={
                "verbose_name": "公约",
                "verbose_name_plural": "公约",
            },
        ),
        migrations.AddIndex(
            model_name="topic",
            index=models.Index(fields=["place_path", "-since", "-matter"], name="topic_within"),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resolved_at", None), models.Q(("resolution", ""), _negated=True), _connector="OR"
                ),
                name="resolution_has_words",
            ),
        ),
        migrations.AddField(
            model_name="origin",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="origin_of",
                to="matters.matter",
                verbose_name="事项",
            ),
        ),
        migrations.AddField(
            model_name="origin",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="origins",
                to="deliberation.topic",
                verbose_name="议题",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="body",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="bodies.body",
                verbose_name="组织",
            ),
        ),
        migrations.AddField(
            model_name="participant",
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
        migrations.AddField(
            model_name="participant",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="participants",
                to="deliberation.topic",
                verbose_name="议题",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
                verbose_name="签约人",
            ),
        ),
        migrations.AddField(
            model_name="supporter",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.person",
                verbose_name="人",
            ),
        ),
        migrations.AddField(
            model_name="supporter",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="supported_by",
                to="deliberation.topic",
                verbose_name="议题",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="body",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="bodies.body",
                verbose_name="责任单位",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
                verbose_name="责任人",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tasks",
                to="deliberation.topic",
                verbose_name="议题",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="covenant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="signatures",
                to="deliberation.covenant",
                verbose_name="公约",
            ),
        ),
        migrations.AddField(
            model_name="covenant",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.place",
                verbose_name="地点",
            ),
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.UniqueConstraint(
                fields=("topic", "matter"), name="a_matter_leads_to_a_topic_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                fields=("topic", "name"), name="a_participant_takes_part_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="supporter",
            constraint=models.UniqueConstraint(fields=("topic", "person"), name="a_person_supports_once"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body", None), ("person__isnull", False)),
                    models.Q(("body__isnull", False), ("person", None)),
                    _connector="OR",
                ),
                name="task_has_one_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at", None), ("done_at__gte", models.F("added_at")), _connector="OR"
                ),
                name="task_is_done_after_it_was_set",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("covenant", "household"), name="a_household_signs_once"
            ),
        ),
    ]
