"""The addresses of everything outside systems use, and of the pages that keep them (网址)."""

from django.urls import include, path

app_name = "gateways"

urlpatterns = [
    path("desk/systems/", include("linli.gateways.systems.urls")),
]
