"""How a call that fails is answered: a stable code and a Chinese sentence (差错)."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from linli.core.verdict import Refused
from linli.gateways.problems import Item, Problem, Told, Wrong

MEDIA_TYPE = "application/problem+json"
_MEGABYTE = 1024 * 1024
LARGEST_BODY = _MEGABYTE
LARGEST_FILES = 40 * _MEGABYTE
_log = logging.getLogger(__name__)
_TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

# What pydantic calls it, and how it is said; {…} are its own figures.
_SENTENCES = {
    "missing": "没有写",
    "extra_forbidden": "没有这个字段",
    "string_too_long": "最多 {max_length} 个字",
    "string_too_short": "至少 {min_length} 个字",
    "string_type": "要写成文字",
    "bool_type": "只能是 true 或者 false",
    "bool_parsing": "只能是 true 或者 false",
    "int_type": "要写成整数",
    "int_parsing": "要写成整数",
    "int_from_float": "要写成整数",
    "greater_than_equal": "最小 {ge}",
    "less_than_equal": "最大 {le}",
    "literal_error": "只能是 {expected} 之一",
    "unwritable": "有不能保存的字符",
    "string_unicode": "有不能保存的字符",
    "year": "年份不对",
    "dict_type": "要写成 JSON 对象",
    "model_type": "要写成 JSON 对象",
    "model_attributes_type": "要写成 JSON 对象",
}
_INSTANT = "时间看不懂，例如 2026-11-24T17:00:00+08:00"


def answer(told: Told, *, wait: int = 0) -> HttpResponse:
    """Answer with a problem (RFC 9457)."""
    response = JsonResponse(
        told.as_json(), status=told.status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    if wait:
        response.headers["Retry-After"] = str(wait)
    if told.status == Problem.NO_KEY.status:
        response.headers["WWW-Authenticate"] = "Bearer"
    response.headers["Cache-Control"] = "no-store"
    return response


def told_of(error: Exception) -> Told | None:
    """Put what went wrong into words; none for what nobody expected (说明)."""
    match error:
        case Wrong():
            return Told.of(error)
        case Refused():
            return Told.of_refusals(error.refusals)
        case ValidationError():
            return Told.of(invalid(error.errors))
        case Http404():
            return Told.of(Wrong(Problem.NOT_FOUND))
        case HttpError():
            return Told.of(Wrong(Problem.UNREADABLE))
        case OperationalError():
            return Told.of(Wrong(Problem.BUSY))
        case _:
            return Told.of(Wrong(Problem.TOO_LARGE)) if isinstance(error, _TOO_BIG) else None


def respond(error: Exception) -> HttpResponse:
    """Answer any error; one nobody expected is written to the log, and its words stay inside."""
    told = told_of(error)
    if told is None:
        _log.error("an outside call failed", exc_info=error)
        told = Told.of(Wrong(Problem.BROKEN))
    return answer(told, wait=error.wait if isinstance(error, Wrong) else 0)


def invalid(found: Sequence[Mapping[str, Any]]) -> Wrong:
    """Say of each field that does not validate what is wrong with it (逐项说明)."""
    return Wrong(Problem.INVALID, items=[_item(one) for one in found])


def listen(api: NinjaAPI) -> None:
    """Let every error of the interface be answered in the same shape."""
    for kind in (Exception, Wrong, Refused, ValidationError, Http404, HttpError):
        api.add_exception_handler(kind, _answered)


def guarded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Turn away what is too large or cannot be read before anybody looks at it (把关)."""

    @wraps(view)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            require_readable(request)
        except Wrong as wrong:
            return respond(wrong)
        response = view(request, *args, **kwargs)
        if response.status_code == Problem.WRONG_METHOD.status:
            allowed = response.headers.get("Allow", "")
            response = answer(Told.of(Wrong(Problem.WRONG_METHOD)))
            response.headers["Allow"] = allowed
        return response

    return guard


def require_readable(request: HttpRequest) -> None:
    """Refuse a body that is too large, and an address with letters no database holds."""
    carries_files = request.content_type == "multipart/form-data"
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > (LARGEST_FILES if carries_files else LARGEST_BODY):
        raise Wrong(Problem.TOO_LARGE)
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        raise Wrong(Problem.UNREADABLE)


def _answered(_request: HttpRequest, error: Any) -> HttpResponse:
    return respond(error)


def _item(error: Mapping[str, Any]) -> Item:
    where = ".".join(str(part) for part in error["loc"] if part not in ("body", "query", "path", "told"))
    kind = error["type"]
    said = _INSTANT if kind.startswith("datetime") else _SENTENCES.get(kind, "不符合要求")
    figures = {key: str(value) for key, value in error.get("ctx", {}).items()}
    return Item(where or "内容", said.format_map(_Known(figures)))


class _Known(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
