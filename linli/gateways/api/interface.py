"""The REST interface as a whole: who may come in, how it answers, and its description (接口)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer

from linli.gateways.api import errors, views
from linli.gateways.choices import Door
from linli.gateways.systems import caller as doors
from linli.gateways.systems.caller import Caller

ABOUT = (
    "外部系统读事项、报事项的接口。每个系统一把密钥，只能看到和报到自己范围里的事项；"
    "没有写明目的的，不给个人信息。时间都带时区。"
)


class ByKey(HttpBearer):
    """Let a system in by its key: Authorization: Bearer …, or X-Api-Key."""

    def __call__(self, request: HttpRequest) -> Caller:
        """Check the key, and count the call."""
        return doors.let_in(request, door=Door.API)

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """Do the same; the library asks for it."""
        return doors.let_in(request, door=Door.API, given=token)


class Interface(NinjaAPI):
    """Answer as the house does: never stored, with problems in their own media type."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """Begin an answer that nobody keeps."""
        response = super().create_temporal_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        """Describe the interface, each problem under the media type it is sent with."""
        schema = super().get_openapi_schema(*args, **kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["summary"] = operation["description"].split("。")[0]
                for status, response in operation["responses"].items():
                    _describe(int(status), response)
        return schema


api = Interface(
    title="邻里对接接口",
    version="1",
    description=ABOUT,
    docs_url=None,
    auth=ByKey(),
    urls_namespace="api-1",
)
errors.listen(api)
api.add_router("", views.router)


def addresses() -> list[URLPattern]:
    """Return the addresses of the interface, each behind the guard."""
    found = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    for pattern in found:
        pattern.callback = errors.guarded(pattern.callback)
    return found


def _describe(status: int, response: dict[str, Any]) -> None:
    if status < 400:
        response["description"] = "已新立" if status == 201 else "成功"
        return
    response["description"] = "没有办成"
    if "application/json" in response.get("content", {}):
        response["content"] = {errors.MEDIA_TYPE: response["content"].pop("application/json")}
