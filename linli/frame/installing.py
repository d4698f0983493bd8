"""Linli as a phone installs it: its name and icons, its worker, and what the worker asks (装到手机).

国办函〔2026〕12号 leaves a community no app of its own; a page that installs itself needs none.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import URLResolver, get_resolver, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.core.refusal import Refusal
from linli.frame import clock, phone, photos_ahead, throttle
from linli.frame.refused import refusal

_OWN = Path(__file__).parent / "static"
_PART = re.compile(r"<[^>]+>")
_SHELL = (".js", ".css", ".svg")
_ICONS = ((192, "any"), (512, "any"), (192, "maskable"), (512, "maskable"))
_TOO_OFTEN = Refusal("照片传得太频繁了。", remedy="过几分钟会自己再传，不用守着。", asked="上传照片")
_NO_PHOTO = Refusal("没有收到照片。", remedy="请再选一次照片。", asked="上传照片")


@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """Say under which name and icon the site stands on a phone, and where it begins (应用清单)."""
    told = {
        "id": "/",
        "name": "邻里",
        "short_name": "邻里",
        "description": "身边的事，有人管、看得见。",
        "lang": "zh-CN",
        "start_url": reverse("start"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf8f4",
        "theme_color": "#faf8f4",
        "icons": [
            {
                "src": static(f"linli/icons/{purpose}-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size, purpose in _ICONS
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Give the script that stands between the pages and the network, for the whole site (离线脚本).

    It changes with every change of a static file: then a phone fetches everything anew.
    """
    told = {"version": _version(), "shell": _shell(), "offline": reverse("offline"), "forms": _forms()}
    known = json.dumps(told)
    script = f'import {{ begin }} from "{static("linli/phone/worker.js")}";\nbegin({known});\n'
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_safe
@never_cache
def offline(request: HttpRequest) -> HttpResponse:
    """Say that a page was not kept on this phone, and lead to those that were (断网页)."""
    return render(request, "offline.html")


@require_safe
@never_cache
def sending(request: HttpRequest) -> HttpResponse:
    """Tell a phone that wants to send whose session it has, with a fresh token for its forms (发送前)."""
    return JsonResponse({"owner": phone.owner_of(request), "token": get_token(request)})


@require_POST
@never_cache
def photo(request: HttpRequest) -> HttpResponse:
    """Take in one photo ahead of its form (逐张发送)."""
    key, file = phone.key_of(request), request.FILES.get("photo")
    if not key or file is None:
        return refusal(request, (_NO_PHOTO,))
    if throttle.is_too_often(request, act="photo"):
        answer = refusal(request, (_TOO_OFTEN,))
        answer.status_code = 429
        return answer
    photos_ahead.take(file, key=key, account=request.user.pk, at=clock.now())
    return JsonResponse({"taken": key})


@cache
def _shell() -> tuple[str, ...]:
    """List what every page needs: our own scripts and styles."""
    wanted = (path for path in _OWN.rglob("*") if path.suffix in _SHELL)
    return tuple(static(path.relative_to(_OWN).as_posix()) for path in sorted(wanted))


@cache
def _forms() -> tuple[str, ...]:
    """List the addresses of the forms that may wait on a phone, as patterns."""
    return tuple(
        _PART.sub("[^/]+", route) for route, view in _routes(get_resolver()) if hasattr(view, "is_once")
    )


def _routes(resolver: URLResolver, above: str = "/") -> Iterator[tuple[str, object]]:
    for one in resolver.url_patterns:
        route = above + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one, route)
        else:
            yield route, one.callback


@cache
def _version() -> str:
    manifest_hash = getattr(staticfiles_storage, "manifest_hash", "")
    return sha256(f"{manifest_hash} {_shell()}".encode()).hexdigest()[:12]
