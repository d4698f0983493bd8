"""Let an inbox be one range of one index, and drop the indexes that another one already serves."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark_rulings(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Mark the lines that wait for a decision."""
    waiting = apps.get_model("matters", "Waiting")
    waiting.objects.filter(what__in=("extension", "escalation")).update(is_ruling=True)
    waiting.objects.filter(what="step", matter__step_kind="decide").update(is_ruling=True)


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0001_initial"),
        ("matters", "0001_initial"),
        ("people", "0002_must_change_password"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="waiting",
            name="waiting_at_place",
        ),
        migrations.RemoveIndex(
            model_name="waiting",
            name="waiting_for_body",
        ),
        migrations.RemoveIndex(
            model_name="waiting",
            name="waiting_for_person",
        ),
        migrations.AddField(
            model_name="waiting",
            name="inbox",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        body__isnull=False,
                        then=django.db.models.functions.text.Concat(
                            models.Value("body "),
                            django.db.models.functions.comparison.Cast("body_id", models.CharField()),
                        ),
                    ),
                    models.When(
                        place__isnull=False,
                        then=django.db.models.functions.text.Concat(
                            models.F("office"),
                            models.Value(" at "),
                            django.db.models.functions.comparison.Cast("place_id", models.CharField()),
                        ),
                    ),
                    models.When(
                        person__isnull=False,
                        then=django.db.models.functions.text.Concat(
                            models.Value("person "),
                            django.db.models.functions.comparison.Cast("person_id", models.CharField()),
                        ),
                    ),
                    default=models.Value(""),
                ),
                output_field=models.CharField(max_length=80, verbose_name="收件箱"),
            ),
        ),
        migrations.AddField(
            model_name="waiting",
            name="is_ruling",
            field=models.BooleanField(default=False, verbose_name="待决定"),
        ),
        migrations.AlterField(
            model_name="matter",
            name="raised_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.person",
                verbose_name="提出人",
            ),
        ),
        migrations.AlterField(
            model_name="waiting",
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
        migrations.AlterField(
            model_name="waiting",
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
        migrations.AlterField(
            model_name="waiting",
            name="place",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.place",
                verbose_name="地点",
            ),
        ),
        migrations.AddIndex(
            model_name="waiting",
            index=models.Index(fields=["inbox", "due_at", "id"], name="waiting_in_inbox"),
        ),
        migrations.AddIndex(
            model_name="waiting",
            index=models.Index(
                condition=models.Q(("is_ruling", True)), fields=["inbox", "due_at"], name="waiting_for_ruling"
            ),
        ),
        migrations.AddIndex(
            model_name="waiting",
            index=models.Index(
                condition=models.Q(("person", None), _negated=True),
                fields=["person"],
                name="waiting_for_person",
            ),
        ),
        migrations.RunPython(mark_rulings, migrations.RunPython.noop),
    ]
