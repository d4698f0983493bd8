"""The addresses of everything outside systems use, and of the pages that keep them (网址)."""

from django.urls import include, path

_PAGES = [
    path("desk/systems/", include("linli.gateways.systems.urls")),
]

urlpatterns = [
    path("", include((_PAGES, "gateways"))),
    path("api/v1/", include("linli.gateways.api.urls")),
]
