"""The addresses of GeoReport v2."""

from django.urls import re_path

from linli.gateways.open311 import calls

app_name = "open311"
_FORM = r"\.(?P<form>json|xml)$"

urlpatterns = [
    re_path(rf"^discovery{_FORM}", calls.discovery, name="discovery"),
    re_path(rf"^v2/services{_FORM}", calls.services, name="services"),
    re_path(rf"^v2/services/(?P<code>[^/]+?){_FORM}", calls.service, name="service"),
    re_path(rf"^v2/requests{_FORM}", calls.requests, name="requests"),
    re_path(rf"^v2/requests/(?P<number>[^/]+?){_FORM}", calls.one_request, name="one_request"),
    re_path(rf"^v2/tokens/(?P<number>[^/]+?){_FORM}", calls.token, name="token"),
]
