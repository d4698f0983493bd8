"""The floor under every page: the house's middleware, one query, 25 rows in Jinja2 (底线)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path

from linli.frame.clock import now
from linli.matters.models import Matter
from linli.outbox.models import Letter

ROWS = 25
_COLUMNS = ("number", "title", "category", "step", "due_at", "place_path")
_PAGE = engines["jinja2"].from_string(
    "<!doctype html><title>{{ now }}</title><table>"
    "{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}"
    "</table>"
)


def page(request: HttpRequest) -> HttpResponse:
    """Show the newest matters; knowing who asks costs a page of ours the same."""
    is_known = request.user.is_authenticated
    rows = Matter.objects.order_by("-pk").values_list(*_COLUMNS)[:ROWS]
    return HttpResponse(_PAGE.render({"rows": rows, "is_known": is_known}, request))


def insert(request: HttpRequest) -> HttpResponse:
    """Insert one row for whoever asks, and lead elsewhere: the least that a form does."""
    person = request.user.person_id if request.user.is_authenticated else 0
    Letter.objects.create(to_id=person, subject="通知", body="正文", written_at=now())
    return redirect("/floor/")


urlpatterns = [path("floor/", page), path("floor/insert/", insert), path("", include("linli.config.urls"))]
