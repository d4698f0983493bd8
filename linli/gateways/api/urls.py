"""The addresses of the REST interface."""

from django.urls import include, path, re_path

from linli.gateways.api import interface, page

urlpatterns = [
    path("", page.show, name="api_page"),
    path("", include((interface.addresses(), "ninja"), namespace="api-1")),
    re_path(r"^.*$", page.nowhere, name="api_nowhere"),
]
