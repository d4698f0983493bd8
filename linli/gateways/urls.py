"""The addresses of everything outside systems use, and of the pages that keep them (网址)."""

from django.urls import include, path

from linli.gateways.hotline import views as matching

_PAGES = [
    path("desk/systems/", include("linli.gateways.systems.urls")),
    path("desk/systems/<int:number>/matches/", matching.matches, name="matches"),
]

urlpatterns = [
    path("", include((_PAGES, "gateways"))),
    path("api/v1/", include("linli.gateways.api.urls")),
    path("hotline/v1/", include("linli.gateways.hotline.urls")),
]
