"""The addresses of the house (网址)."""

from importlib.util import find_spec

from allauth.account import views as entering
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from linli.config.door import without_password
from linli.config.upkeep import health
from linli.console.landing import start

# The staff door stands under its own prefix; the residents' door is the front of the house.
_DOORS = (
    ("desk/", "linli.console.urls"),
    # Entering without a password exists only where everybody is invented.
    *((("demo/", "linli.demo.urls"),) if settings.LINLI_DEMO else ()),
    ("", "linli.gateways.urls"),
    ("", "linli.cases.urls"),
    ("", "linli.portal.urls"),
)

# Accounts are opened by the office that knows the person: of the library's pages only these.
_ENTERING = [
    path(
        "login/",
        entering.LoginView.as_view(extra_context={"is_demo": settings.LINLI_DEMO}),
        name="account_login",
    ),
    path("logout/", entering.logout, name="account_logout"),
    path("inactive/", entering.account_inactive, name="account_inactive"),
    path("password/change/", entering.password_change, name="account_change_password"),
    path("password/set/", without_password, name="account_set_password"),
    path("reauthenticate/", entering.reauthenticate, name="account_reauthenticate"),
    path("security/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include(_ENTERING)),
    path("start/", start, name="start"),
    path("health/", health.health, name="health"),
    path("metrics/", health.metrics, name="metrics"),
    path("", include("linli.frame.urls")),
    *(path(prefix, include(door)) for prefix, door in _DOORS if find_spec(door)),
]
