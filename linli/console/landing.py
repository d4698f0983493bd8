"""Where somebody arrives who has just come in (登录后)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.console import posts


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Lead to where the page that stands on a phone begins (从手机桌面进来)."""
    return redirect(landing_of(actor_of(request)))


def landing_of(actor: Actor) -> str:
    """Return the page somebody needs first: the day of the grid, the inbox, the people, or the front."""
    if posts.walking(actor):
        return reverse("console:today")
    if actor.is_staff:
        return reverse("console:inbox")
    return reverse("console:people") if actor.runs_site else "/"
