"""django-import-export as documented, on a table of eight columns, one of them a key by its code (同类).

``python import_site.py FILE`` makes the tables, imports the Excel file as new rows and prints for each way
the CPU seconds, those of the database process included, as JSON.
"""

import json
import sys
from pathlib import Path
from time import process_time

import django
import tablib
from django.conf import settings
from django.db import connection, models
from where import databases

settings.configure(
    DATABASES=databases(),
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "import_export"],
)
django.setup()

from import_export import fields, resources, widgets

UNITS = 400


class Unit(models.Model):
    """A place that rows name by its code."""

    code = models.CharField(max_length=24, unique=True)

    class Meta:
        app_label = "import_export"

    def __str__(self) -> str:
        return self.code


class Order(models.Model):
    """One order from outside."""

    ref = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=80)
    words = models.TextField()
    name = models.CharField(max_length=40)
    phone = models.CharField(max_length=20)
    kind = models.CharField(max_length=24)
    told_at = models.DateTimeField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)

    class Meta:
        app_label = "import_export"

    def __str__(self) -> str:
        return self.ref


class Default(resources.ModelResource):
    """The documented way."""

    unit = fields.Field("unit", "unit", widgets.ForeignKeyWidget(Unit, "code"))

    class Meta:
        model = Order
        import_id_fields = ("ref",)
        fields = ("ref", "title", "words", "name", "phone", "kind", "told_at", "unit")


class Fastest(Default):
    """Every switch for speed that the documentation names."""

    class Meta(Default.Meta):
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        force_init_instance = True


def main(file: Path) -> None:
    """Import the file once in each way, each time into an empty table."""
    with connection.schema_editor() as editor:
        editor.create_model(Unit)
        editor.create_model(Order)
    Unit.objects.bulk_create(Unit(code=f"U{number:04d}") for number in range(UNITS))
    print(json.dumps({way.__name__.lower(): _spent(way, file) for way in (Fastest, Default)}))


def _spent(way: type[Default], file: Path) -> float:
    Order.objects.all().delete()
    start = _cpu()
    data = tablib.Dataset().load(file.read_bytes(), format="xlsx")
    result = way().import_data(data, raise_errors=True)
    assert result.total_rows == Order.objects.count()
    return _cpu() - start


def _cpu() -> float:
    return process_time() + _database_cpu()


def _database_cpu() -> float:
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text(encoding="ascii")
    return int(told.split()[0]) / 1_000_000_000


if __name__ == "__main__":
    main(Path(sys.argv[1]))
