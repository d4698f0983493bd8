"""How a test stands at the staff door (工作台)."""

from typing import TYPE_CHECKING, Any

from django.test import Client

from linli.bodies.actor import Actor
from tests import make

if TYPE_CHECKING:
    from django.http import HttpResponse


def browser(of: Actor | None = None) -> Client:
    """Open a browser, signed in if somebody is named."""
    client = Client()
    if of is not None:
        client.force_login(make.account(of))
    return client


def see(path: str, *, by: Actor | None, htmx: bool = False, **query: Any) -> "HttpResponse":
    """Open a page of the staff door, such as ``all/``."""
    headers = {"HX-Request": "true"} if htmx else {}
    return browser(by).get(f"/desk/{path}", query, headers=headers)


def text(answer: "HttpResponse") -> str:
    """Return what stands on an answer."""
    return answer.content.decode()
