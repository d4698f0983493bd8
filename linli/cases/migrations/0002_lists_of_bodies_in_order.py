"""Let the list of a body be read in its order, and drop the indexes that another one already serves."""

from datetime import UTC, datetime

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Stands only until the next operation of this migration.
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


def copy_openings(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Note with each order and summons when its matter was brought."""
    matters = apps.get_model("matters", "Matter").objects.filter(pk=models.OuterRef("case_id"))
    for name in ("WorkOrder", "Summons"):
        apps.get_model("cases", name).objects.update(opened_at=models.Subquery(matters.values("opened_at")))


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0001_initial"),
        ("cases", "0001_initial"),
        ("matters", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="workorder",
            name="orders_of_body",
        ),
        migrations.AddField(
            model_name="summons",
            name="opened_at",
            field=models.DateTimeField(default=BEFORE_ALL, verbose_name="提出时间"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="workorder",
            name="opened_at",
            field=models.DateTimeField(default=BEFORE_ALL, verbose_name="提出时间"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="return",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="returns",
                to="cases.case",
                verbose_name="诉求",
            ),
        ),
        migrations.AlterField(
            model_name="summons",
            name="body",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="bodies.body",
                verbose_name="被吹哨部门",
            ),
        ),
        migrations.AlterField(
            model_name="summons",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="summonses",
                to="cases.case",
                verbose_name="诉求",
            ),
        ),
        migrations.AlterField(
            model_name="workorder",
            name="body",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="bodies.body",
                verbose_name="承办单位",
            ),
        ),
        migrations.AddIndex(
            model_name="summons",
            index=models.Index(fields=["body", "-opened_at", "-case"], name="summonses_of_body"),
        ),
        migrations.AddIndex(
            model_name="workorder",
            index=models.Index(fields=["body", "-opened_at", "-case"], name="orders_of_body"),
        ),
        migrations.RunPython(copy_openings, migrations.RunPython.noop),
    ]
