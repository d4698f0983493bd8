"""How a test sends a form of an act, as a browser without a script does (表单)."""

from typing import TYPE_CHECKING, Any

from django.test import Client

from linli.bodies.actor import Actor
from tests import make

if TYPE_CHECKING:
    from django.http import HttpResponse

    from linli.matters.models import Matter

BACK = "/somewhere/"


def browser(of: Actor | None = None) -> Client:
    """Open a browser, signed in if somebody is named."""
    client = Client()
    if of is not None:
        client.force_login(make.account(of))
    return client


def send(
    matter: "Matter", act: str, *, by: Actor | None, token: str = "", htmx: bool = False, **fields: Any
) -> "HttpResponse":
    """Send the form of an act; fields not named stay empty."""
    query = f"?token={token}" if token else ""
    headers = {"HX-Request": "true"} if htmx else {}
    address = f"/m/{matter.number}/act/{act}/{query}"
    return browser(by).post(address, {"back": BACK} | fields, headers=headers)


def page(matter: "Matter", act: str, *, by: Actor) -> "HttpResponse":
    """Open the page of an act."""
    return browser(by).get(f"/m/{matter.number}/act/{act}/", {"back": BACK})


def text(answer: "HttpResponse") -> str:
    """Return what stands on an answer."""
    return answer.content.decode()
