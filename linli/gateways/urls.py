"""The addresses of everything outside systems use, and of the pages that keep them (网址)."""

from django.urls import URLPattern, URLResolver, include, path

from linli.gateways.burden import views as apps
from linli.gateways.hooks import views as hooks
from linli.gateways.hotline import views as matching
from linli.gateways.messages import views as messages

_PAGES: list[URLPattern | URLResolver] = [
    path("desk/systems/", include("linli.gateways.systems.urls")),
    path("desk/systems/<int:number>/matches/", matching.matches, name="matches"),
    path("desk/systems/<int:number>/hooks/", hooks.hooks, name="hooks"),
    path("desk/apps/", apps.show, name="apps"),
    path("desk/apps/new/", apps.enter, name="enter_app"),
    path("desk/apps/export/", apps.export, name="export_apps"),
    path("desk/apps/<int:number>/", apps.one, name="app"),
    path("desk/apps/<int:number>/change/", apps.change, name="change_app"),
    path("desk/apps/<int:number>/decide/", apps.decide, name="decide_app"),
    path("desk/carriers/", messages.carriers, name="carriers"),
    path("desk/carriers/<int:number>/stop/", messages.stop, name="stop_carrier"),
    path("desk/letters/reaching/", messages.reaching, name="reaching"),
    path("desk/hooks/<int:number>/stop/", hooks.stop, name="stop_hook"),
    path("desk/hooks/<int:number>/again/", hooks.send_again, name="send_again"),
]

urlpatterns = [
    path("", include((_PAGES, "gateways"))),
    path("api/v1/", include("linli.gateways.api.urls")),
    path("open311/", include("linli.gateways.open311.urls")),
    path("hotline/v1/", include("linli.gateways.hotline.urls")),
]
