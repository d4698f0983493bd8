"""Let the deadline of the other side stand with the matter, where every order kind finds it."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def hand_on(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Write on each matter by when whoever handed it over wanted it answered."""
    handovers: Any = apps.get_model("gateways", "Handover").objects
    asked = handovers.filter(matter=OuterRef("pk")).order_by("due_at").values("due_at")[:1]
    timed = handovers.exclude(due_at=None).values("matter")
    apps.get_model("matters", "Matter").objects.filter(pk__in=timed).update(due_by=Subquery(asked))


class Migration(migrations.Migration):
    dependencies = [
        ("gateways", "0005_messages_go_out"),
        ("matters", "0006_a_deadline_set_outside"),
    ]

    operations = [
        migrations.RunPython(hand_on, migrations.RunPython.noop),
        migrations.RemoveField("handover", "due_at"),
    ]
