"""The addresses of the house (网址)."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

# The staff door stands under its own prefix; the residents' door is the front of the house.
_DOORS = (
    ("desk/", "linli.console.urls"),
    # Entering without a password exists only where everybody is invented.
    *((("demo/", "linli.demo.urls"),) if settings.LINLI_DEMO else ()),
    ("", "linli.cases.urls"),
    ("", "linli.portal.urls"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.account.urls")),
    path("", include("linli.frame.urls")),
    *(path(prefix, include(door)) for prefix, door in _DOORS if find_spec(door)),
]
