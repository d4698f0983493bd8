"""The addresses of the house (网址)."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

# The staff door stands under its own prefix; the residents' door is the front of the house.
_DOORS = (
    ("desk/", "linli.console.urls"),
    ("demo/", "linli.demo.urls"),
    ("", "linli.cases.urls"),
    ("", "linli.portal.urls"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.account.urls")),
    path("", include("linli.frame.urls")),
    *(path(prefix, include(door)) for prefix, door in _DOORS if find_spec(door)),
]
