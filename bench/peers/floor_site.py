"""The floor under every page: plain Django, its standard middleware, one table (底线).

``python floor_site.py fill N`` makes the table; ``application`` serves it.
"""

import sys
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import django
from django.conf import settings
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from where import databases

ROWS, GRIDS = 25, 40
TEMPLATE = """<!doctype html><title>{{ title }}</title><table>
{% for row in rows %}<tr><td><a href="/case/{{ row.number }}/">{{ row.number }}</a></td>
<td>{{ row.title }}</td><td>{{ row.kind }}</td><td>{{ row.grid }}</td><td>{{ row.state }}</td>
<td>{{ row.due|date:"Y-m-d H:i" }}</td></tr>{% endfor %}</table>"""

settings.configure(
    SECRET_KEY="measured",
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES=databases(),
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.locmem.Loader", {"list.html": TEMPLATE})],
            },
        }
    ],
)
django.setup()


class Row(models.Model):
    """One case, as plain as it can be."""

    number = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=24)
    grid = models.IntegerField()
    state = models.CharField(max_length=16)
    due = models.DateTimeField()

    class Meta:
        app_label = "floor"
        indexes: ClassVar = [models.Index(fields=["grid", "state", "-id"], name="floor_list")]

    def __str__(self) -> str:
        return self.number


def page(request: HttpRequest) -> HttpResponse:
    """Show 25 rows of a grid, newest first, by key."""
    before = int(request.GET.get("before", "0")) or sys.maxsize // 4
    rows = Row.objects.filter(grid=3, state="open", id__lt=before).order_by("-id")[:ROWS]
    return render(request, "list.html", {"title": "Cases", "rows": rows})


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    """Write one row and commit it."""
    number = request.POST["number"]
    Row.objects.create(number=number, title="A case", kind="light", grid=3, state="open", due=_start())
    return redirect("/list/")


urlpatterns = [path("list/", page), path("insert/", insert)]


def fill(size: int) -> None:
    """Make the table with a number of rows."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    Row.objects.bulk_create((_row(number) for number in range(size)), batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _row(number: int) -> Row:
    state = "open" if number // GRIDS % 5 < 2 else "closed"
    title = f"下水道盖板破损 {number}"
    due = _start() + timedelta(minutes=number)
    return Row(number=f"F-{number:08d}", title=title, kind="light", grid=number % GRIDS, state=state, due=due)


def _start() -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC)


if __name__ == "__main__":
    fill(int(sys.argv[2]))
else:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
