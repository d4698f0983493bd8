"""The calls of the hotlines: hand over, ask, take back; JSON or a form (转办接口)."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel, ValidationError

from linli.frame import paging
from linli.gateways import seen, taking_in
from linli.gateways.api import errors, writing
from linli.gateways.choices import Door
from linli.gateways.hotline import actions
from linli.gateways.hotline.sheet import Recall, Sheet
from linli.gateways.problems import Item, Problem, Wrong
from linli.gateways.systems.caller import Caller, let_in

if TYPE_CHECKING:
    from linli.gateways.models import Handover

_PAGE = 50
# What stands where a byte was no UTF-8.
_UNREAD = "\N{REPLACEMENT CHARACTER}"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
Told = TypeVar("Told", bound=BaseModel)


@csrf_exempt
@errors.guarded
def sheets(request: HttpRequest) -> HttpResponse:
    """Take a sheet in (POST), or list those that were handed over by their last movement (GET)."""
    return _answered(request, {"POST": _receive, "GET": _list})


@csrf_exempt
@errors.guarded
def sheet(request: HttpRequest, ref: str) -> HttpResponse:
    """Say how far a sheet is (办理情况)."""
    return _answered(request, {"GET": lambda caller, _: _status(_known(ref, caller), caller)})


@csrf_exempt
@errors.guarded
def recall(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a sheet back (撤单)."""

    def take_back(caller: Caller, request: HttpRequest) -> HttpResponse:
        known = _known(ref, caller)
        taking_in.recall(known, _read(request, Recall).reason, caller=caller)
        return _status(known, caller)

    return _answered(request, {"POST": take_back})


def _answered(request: HttpRequest, calls: dict[str, Any]) -> HttpResponse:
    if request.method not in calls:
        answer = errors.respond(Wrong(Problem.WRONG_METHOD))
        answer.headers["Allow"] = ", ".join(calls)
        return answer
    try:
        answer = _let_in(request, calls[request.method])
    except Exception as error:  # noqa: BLE001  (every error is answered in one shape, and logged)
        answer = errors.respond(error)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _let_in(request: HttpRequest, call: Callable[[Caller, HttpRequest], HttpResponse]) -> HttpResponse:
    caller = let_in(request, door=Door.HOTLINE)
    caller.require(may=caller.system.hands_over, what="热线转办")
    return call(caller, request)


def _receive(caller: Caller, request: HttpRequest) -> HttpResponse:
    taken = actions.receive(_read(request, Sheet), caller=caller)
    return _status(taken.handover, caller, status=201 if taken.is_new else 200)


def _list(caller: Caller, request: HttpRequest) -> HttpResponse:
    found, cursor = seen.handed_over_by(caller.system), request.GET.get("cursor", "")
    if not paging.reads(found, by="moved_at", cursor=cursor):
        raise Wrong(Problem.INVALID, items=[Item("cursor", "不是本列表给的 next_cursor")])
    page = paging.page(found, by="moved_at", cursor=cursor, size=_PAGE)
    faces = seen.briefly(page.rows, to=caller.system)
    items = [writing.brief(face).model_dump(mode="json") for face in faces]
    return _json({"items": items, "next_cursor": page.following})


def _known(ref: str, caller: Caller) -> "Handover":
    known = taking_in.known_as(ref, system=caller.system)
    if known is None:
        raise Wrong(Problem.NOT_FOUND, f"没有收到过编号为「{ref}」的工单。")
    return known


@transaction.atomic
def _status(known: "Handover", caller: Caller, *, status: int = 200) -> HttpResponse:
    face = seen.wholly(known.matter.number, to=caller.system)
    if face is None:
        raise Wrong(Problem.NOT_FOUND)
    return _json(writing.whole(face).model_dump(mode="json"), status=status)


def _read(request: HttpRequest, kind: type[Told]) -> Told:
    try:
        return kind.model_validate(_fields(request))
    except ValidationError as error:
        raise errors.invalid([dict(one) for one in error.errors()]) from error


def _fields(request: HttpRequest) -> object:
    if request.content_type in _FORMS:
        said = request.POST.dict()
        if any(_UNREAD in word for word in said.values()):
            raise Wrong(Problem.UNREADABLE)
        return said
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Wrong(Problem.UNREADABLE) from error


def _json(told: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
