"""What signing in leaves in a browser, without going through the page for it (登录痕迹)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client
from django.utils.crypto import get_random_string

from linli.bodies.actor import Actor
from tests import make

if TYPE_CHECKING:
    from playwright.sync_api import SetCookieParam

_SECRET = 32


def of(actor: Actor, *, origin: str) -> "list[SetCookieParam]":
    """Sign somebody in; return the cookies of their session and of their forms.

    Without the second, two parts of a page that come at once would each bring one, and a form sent with the
    other would be refused.
    """
    client, session = Client(), settings.SESSION_COOKIE_NAME
    client.force_login(make.account(actor))
    kept = {session: client.cookies[session].value, settings.CSRF_COOKIE_NAME: get_random_string(_SECRET)}
    return [{"name": name, "value": value, "url": origin} for name, value in kept.items()]
