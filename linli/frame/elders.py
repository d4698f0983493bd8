"""Large print with fewer choices, remembered on the device (长者版)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_COOKIE = "elders"
_A_YEAR = 365 * 24 * 60 * 60


def is_chosen(request: HttpRequest) -> bool:
    """Tell whether this device asked for the elders' version."""
    return request.COOKIES.get(_COOKIE) == "1"


def choose(response: HttpResponse, *, is_on: bool) -> HttpResponse:
    """Remember on this device which version is wanted."""
    if not is_on:
        response.delete_cookie(_COOKIE, samesite="Lax")
        return response
    response.set_cookie(
        _COOKIE,
        "1",
        max_age=_A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
