"""Pages for which one must have signed in (须登录)."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse

from linli.frame import drafts, phone

P = ParamSpec("P")


def signed_in(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Ask a stranger to sign in first; what was typed is kept and shown again afterwards.

    Whoever came in with a starting password must change it first.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = request.user
        if not user.is_authenticated:
            return _door(request, settings.LOGIN_URL)
        if user.must_change_password:
            return _door(request, "account_change_password")
        return view(request, *args, **kwargs)

    return guarded


def _door(request: HttpRequest, name: str) -> HttpResponse:
    back = request.get_full_path()
    if request.method == "POST" and not phone.key_of(request):
        drafts.keep(request)
        back = reverse("draft")
    door = f"{resolve_url(name)}?{urlencode({'next': back})}"
    if phone.key_of(request):
        return JsonResponse({"sign_in": door}, status=HTTPStatus.UNAUTHORIZED)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": door})
    return redirect(door)
