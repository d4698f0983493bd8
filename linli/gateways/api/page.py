"""The description of the interface as a page people can read (接口说明)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from linli.gateways.api import errors
from linli.gateways.api.interface import ABOUT, api
from linli.gateways.problems import Problem, Wrong

_METHODS = ("get", "post")


@dataclass(frozen=True, slots=True)
class Field:
    """One field that goes in (字段)."""

    name: str
    words: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Call:
    """One call (调用)."""

    method: str
    address: str
    words: str
    fields: tuple[Field, ...]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show every call, what goes in, and what can go wrong."""
    schema = api.get_openapi_schema()
    context = {"about": ABOUT, "calls": tuple(_calls(schema)), "problems": tuple(Problem)}
    return render(request, "gateways/api.html", context)


@csrf_exempt
def nowhere(_request: HttpRequest) -> HttpResponse:
    """Answer an address that does not exist as the interface does."""
    return errors.respond(Wrong(Problem.NOT_FOUND, "没有这个地址。"))


def _calls(schema: dict[str, Any]) -> Iterator[Call]:
    for address, operations in schema["paths"].items():
        for method in _METHODS:
            if operation := operations.get(method):
                words = operation.get("description") or operation.get("summary", "")
                yield Call(method.upper(), address, words, tuple(_fields(operation, schema)))


def _fields(operation: dict[str, Any], schema: dict[str, Any]) -> Iterator[Field]:
    for one in operation.get("parameters", ()):
        yield Field(one["name"], one.get("description", ""), one.get("required", False))
    for content in operation.get("requestBody", {}).get("content", {}).values():
        body = content["schema"]
        if "$ref" in body:
            body = schema["components"]["schemas"][body["$ref"].rsplit("/", 1)[1]]
        required = body.get("required", ())
        for name, one in body["properties"].items():
            yield Field(name, one.get("description", ""), name in required)
