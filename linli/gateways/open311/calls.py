"""The calls of GeoReport v2: services, requests, tokens, discovery (Open311)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from linli.disclosure import queries as disclosure
from linli.frame import throttle
from linli.frame.clock import now
from linli.gateways import seen, taking_in
from linli.gateways.api import errors
from linli.gateways.choices import Door
from linli.gateways.open311 import asking, telling
from linli.gateways.open311.asking import Jurisdiction
from linli.gateways.open311.writing import answer
from linli.gateways.problems import Problem, Told, Wrong
from linli.gateways.seen import Face
from linli.gateways.systems.caller import key_of, let_in, shown_key
from linli.matters import queries as matters
from linli.places.path import is_within

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from linli.disclosure.models import Publication

_PAGE, _PAGES = 100, 100
_MOST_NUMBERS = 100
_CHANGED = "2026-11-22T00:00:00+08:00"
_SPEC = "http://wiki.open311.org/GeoReport_v2"
Call = Callable[..., HttpResponse]


def call(*methods: str) -> Callable[[Call], Call]:
    """Let errors of a call be answered in the shapes of the specification."""

    def around(view: Call) -> Call:
        @csrf_exempt
        def guard(request: HttpRequest, form: str, **asked: str) -> HttpResponse:
            try:
                errors.require_readable(request)
                _require_method(request, methods)
                _require_pace(request)
                return view(request, form, **asked)
            except Exception as error:  # noqa: BLE001  (every error is answered in one shape, and logged)
                return _problem(error, form=form, methods=methods)

        return guard

    return around


@call("GET", "HEAD")
def services(request: HttpRequest, form: str) -> HttpResponse:
    """List what may be reported here."""
    return answer("services", telling.services(asking.jurisdiction(request.GET.dict())), form=form)


@call("GET", "HEAD")
def service(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Say which more fields a service takes."""
    of = asking.jurisdiction(request.GET.dict())
    if code not in of.edition.categories:
        raise Wrong(Problem.NOT_FOUND, f"没有 service_code「{code}」。")
    return answer("service_definition", telling.definition(code), form=form)


@call("GET", "HEAD", "POST")
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """Take a new request in (POST), or list the public ones (GET)."""
    return _open(request, form) if request.method == "POST" else _list(request, form)


@call("GET", "HEAD")
def one_request(request: HttpRequest, form: str, number: str) -> HttpResponse:
    """Show one request: a public one to everybody, any other to the system that brought it."""
    of = asking.jurisdiction(request.GET.dict())
    face = _face(request, number, of=of)
    if face is None:
        raise Wrong(Problem.NOT_FOUND, f"没有 service_request_id「{number}」，或者没有公开。")
    return answer("service_requests", telling.requests([face], of=of), form=form)


@call("GET", "HEAD")
def token(request: HttpRequest, form: str, number: str) -> HttpResponse:
    """Answer a token with its number: here they are the same, as a number is given at once."""
    face = _face(request, number, of=asking.jurisdiction(request.GET.dict()))
    if face is None:
        raise Wrong(Problem.NOT_FOUND, "没有这个 token。")
    told = [{"service_request_id": face.matter.number, "token": number}]
    return answer("service_requests", told, form=form)


@call("GET", "HEAD")
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Say where the interface stands and in which formats."""
    address = request.build_absolute_uri(reverse("open311:services", args=("json",)))
    told = {
        "changeset": _CHANGED,
        "contact": "请找本地的书记、调度员。",
        "key_service": "请找本地的书记、调度员或者系统管理员，在「对接」页面接入。",
        "endpoints": [
            {
                "specification": _SPEC,
                "url": address.rsplit("/", 1)[0],
                "changeset": _CHANGED,
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }
    return answer("discovery", told, form=form)


def _open(request: HttpRequest, form: str) -> HttpResponse:
    said = asking.fields(request)
    caller = let_in(request, door=Door.OPEN311, given=said.get("api_key", ""))
    caller.require(may=caller.system.writes, what="报事项")
    of = asking.jurisdiction({"jurisdiction_id": caller.system.pack} | said)
    if of.edition.key != caller.system.pack:
        raise Wrong(Problem.NOT_GIVEN, "密钥不属于这个 jurisdiction_id。")
    told = asking.new_request(said, of=of, caller=caller)
    ref = request.headers.get("Idempotency-Key", "").strip()[: taking_in.LONGEST_REF]
    taken = taking_in.take_in(told, ref=ref, caller=caller)
    number = taken.matter.number
    notice = "已收到，会按本地的程序办理。"
    lines = [{"service_request_id": number, "service_notice": notice, "account_id": None}]
    return answer("service_requests", lines, form=form, status=201 if taken.is_new else 200)


def _list(request: HttpRequest, form: str) -> HttpResponse:
    asked = request.GET.dict()
    of = asking.jurisdiction(asked)
    found = _wanted(asked, of=of)
    size = asking.number(asked, "page_size", default=_PAGE, most=_PAGE)
    start = size * (asking.number(asked, "page", default=1, most=_PAGES) - 1)
    faces = [
        Face(shown.matter, title=shown.title, words=shown.words, answer=shown.answer)
        for shown in found[start : start + size]
    ]
    return answer("service_requests", telling.requests(faces, of=of), form=form)


def _wanted(asked: dict[str, str], *, of: Jurisdiction) -> "QuerySet[Publication]":
    found = disclosure.around(of.root.path).order_by("-matter__opened_at", "-matter__id")
    numbers = [one.strip().upper() for one in asked.get("service_request_id", "").split(",") if one.strip()]
    if numbers:
        return found.filter(matter__number__in=numbers[:_MOST_NUMBERS])
    codes = [one.strip() for one in asked.get("service_code", "").split(",") if one.strip()]
    if codes:
        found = found.filter(matter__category__in=codes[:_MOST_NUMBERS])
    states = {one.strip() for one in asked.get("status", "").split(",") if one.strip()}
    if states - {"open", "closed"}:
        raise Wrong(Problem.UNREADABLE, "status 只能是 open 或者 closed。")
    if len(states) == 1:
        found = found.filter(matter__closed_at__isnull=states == {"open"})
    start, end = asking.span(asked, at=now())
    return found.filter(matter__opened_at__gte=start, matter__opened_at__lte=end)


@transaction.atomic
def _face(request: HttpRequest, number: str, *, of: Jurisdiction) -> Face | None:
    given = request.GET.get("api_key", "")
    if shown_key(request, given=given):
        caller = let_in(request, door=Door.OPEN311, given=given)
        handover = taking_in.of_matter(number, system=caller.system)
        if handover:
            return seen.wholly(number, to=caller.system)
    matter = matters.of_number(number)
    if matter is None or not is_within(matter.place_path, of.root.path):
        return None
    return seen.publicly(matter)


def _require_method(request: HttpRequest, methods: tuple[str, ...]) -> None:
    if request.method not in methods:
        raise Wrong(Problem.WRONG_METHOD)


def _require_pace(request: HttpRequest) -> None:
    """Slow strangers down by their address, whatever they show for a key; a system has a pace of its own."""
    if request.method == "POST" or key_of(shown_key(request, given=request.GET.get("api_key", ""))):
        return
    if throttle.is_too_often(request, act="open311"):
        raise Wrong(Problem.TOO_OFTEN, wait=60)


def _problem(error: Exception, *, form: str, methods: tuple[str, ...]) -> HttpResponse:
    plain = errors.respond(error)
    told = errors.told_of(error) or Told.of(Wrong(Problem.BROKEN))
    status = _STATUSES.get(told.status, told.status)
    description = f"{told.sentence}{told.remedy}"
    response = answer("errors", [{"code": status, "description": description}], form=form, status=status)
    for name in ("Retry-After", "Cache-Control"):
        if name in plain.headers:
            response.headers[name] = plain.headers[name]
    if status == Problem.WRONG_METHOD.status:
        response.headers["Allow"] = ", ".join(methods)
    return response


# The specification knows no 401 and no 422.
_STATUSES: dict[int, Any] = {401: 403, 409: 400, 422: 400}
