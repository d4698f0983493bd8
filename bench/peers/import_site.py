"""django-import-export as documented, on a table of eight columns, one a place by its code (同类).

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

PLACES = 400


class Place(models.Model):
    """A place that rows name by its code."""

    code = models.CharField(max_length=64, unique=True)

    class Meta:
        app_label = "import_export"

    def __str__(self) -> str:
        return self.code


class Resident(models.Model):
    """One resident from outside."""

    ref = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    gender = models.CharField(max_length=8)
    born_in = models.IntegerField()
    phone = models.CharField(max_length=20)
    email = models.CharField(max_length=254)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    about = models.CharField(max_length=200)

    class Meta:
        app_label = "import_export"

    def __str__(self) -> str:
        return self.ref


class Default(resources.ModelResource):
    """The documented way."""

    ref = fields.Field("ref", "编号")
    name = fields.Field("name", "姓名")
    gender = fields.Field("gender", "性别")
    born_in = fields.Field("born_in", "出生年", widgets.IntegerWidget())
    phone = fields.Field("phone", "电话")
    email = fields.Field("email", "邮箱")
    place = fields.Field("place", "住址", widgets.ForeignKeyWidget(Place, "code"))
    about = fields.Field("about", "备注")

    class Meta:
        model = Resident
        import_id_fields = ("ref",)
        fields = ("ref", "name", "gender", "born_in", "phone", "email", "place", "about")


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
        editor.create_model(Place)
        editor.create_model(Resident)
    data = tablib.Dataset().load(file.read_bytes(), format="xlsx")
    places = set(data["住址"])
    others = (f"elsewhere.{number}" for number in range(PLACES - len(places)))
    Place.objects.bulk_create(Place(code=code) for code in (*places, *others))
    print(json.dumps({way.__name__.lower(): _spent(way, file) for way in (Fastest, Default)}))


def _spent(way: type[Default], file: Path) -> float:
    Resident.objects.all().delete()
    start = _cpu()
    data = tablib.Dataset().load(file.read_bytes(), format="xlsx")
    result = way().import_data(data, raise_errors=True)
    assert result.total_rows == Resident.objects.count()
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
