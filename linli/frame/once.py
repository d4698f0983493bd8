"""A form that a phone sends again, because the answer got lost, is not done again (只办一次)."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import BaseStorage
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.html import strip_tags

from linli.frame import clock, phone, photos_ahead
from linli.frame.models import Sending

P = ParamSpec("P")
CONFLICT = 409
PHOTOS_FIRST = 424
_NOT_YOURS = 403


def once(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Do what a phone sends under a key at most once, and give the same answer whenever it comes again.

    The answer is kept in the transaction of the act itself. What was refused or filled in wrongly did
    nothing: it is not kept, and may be sent again under the same key.
    """

    @wraps(view)
    def counted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        key = phone.key_of(request) if request.method == "POST" else ""
        if not key:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            row, is_new = Sending.objects.get_or_create(key=key, defaults=_claim(request))
            if not is_new:
                return _again(row, request)
            if lacking := photos_ahead.missing(request):
                transaction.set_rollback(True)
                return JsonResponse({"photos": lacking}, status=PHOTOS_FIRST)
            photos_ahead.hand_over(request)
            response = view(request, *args, **kwargs)
            answer = _worth_keeping(request, response)
            if answer is None:
                transaction.set_rollback(True)
                return response
            row.status, row.answer = answer.status_code, answer.content.decode()
            row.save(update_fields=("status", "answer"))
            return answer

    counted.is_once = True  # type: ignore[attr-defined]  # a mark for the list of forms that may wait
    return counted


def forget_old(*, before: datetime) -> int:
    """Forget what phones sent so long ago that none will send it again; returns how many (清理)."""
    return Sending.objects.filter(at__lt=before).delete()[0]


def _claim(request: HttpRequest) -> dict[str, Any]:
    return {"account": request.user.pk, "at": clock.now()}


def _again(row: Sending, request: HttpRequest) -> HttpResponse:
    if row.account not in (None, request.user.pk):
        return JsonResponse({"sign_in": ""}, status=_NOT_YOURS)
    return HttpResponse(row.answer, status=row.status, content_type="application/json")


def _worth_keeping(request: HttpRequest, response: HttpResponseBase) -> HttpResponse | None:
    """Return what to answer for something that was done, or for a conflict that was put on record."""
    if response.status_code == CONFLICT and isinstance(response, HttpResponse):
        return response
    onward = response.headers.get("Location") or response.headers.get("HX-Redirect")
    if not onward:
        return None
    said = _said(request)
    about = response.headers.get("Content-Location", onward)
    return _json({"done": said, "href": onward, "about": about})


def _said(request: HttpRequest) -> str:
    """Return what would stand on the next page; whoever looks at that page reads it there all the same."""
    messages = get_messages(request)
    said = " ".join(strip_tags(str(one)) for one in messages)
    if isinstance(messages, BaseStorage):
        messages.used = phone.is_sent_later(request)
    return said


def _json(told: dict[str, str]) -> HttpResponse:
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json")
