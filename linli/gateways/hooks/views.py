"""The page on which hooks are set up and looked after (回调)."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.bodies.actor import Actor
from linli.console.keeping import keeper
from linli.console.nav import surroundings
from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.gateways.hooks import actions, queries
from linli.gateways.hooks.following import EVENTS
from linli.gateways.hooks.forms import HookForm
from linli.gateways.systems import access
from linli.gateways.systems import queries as systems

if TYPE_CHECKING:
    from linli.gateways.models import Hook, System


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hooks(request: HttpRequest, number: int) -> HttpResponse:
    """Show what is told to a system and what did not arrive, or set a hook up (回调)."""
    actor = keeper(request)
    system = _system(actor, number)
    form = HookForm(request.POST if request.method == "POST" else None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = actions.set_up(system, url=form.cleaned_data["url"].strip(), by=actor, at=now()).secret
        except Refused as refused:
            form.add_error("url", "".join(str(one) for one in refused.refusals))
        else:
            form = HookForm()
    context = {
        "system": system,
        "hooks": queries.of_system(system),
        "latest": [(one, EVENTS[one.event]) for one in queries.latest(system)],
        "form": form,
        "secret": secret,
    }
    page = surroundings(request, here="people") | context
    return render(request, "gateways/hooks.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop telling an address anything (停用回调)."""
    actor, hook = _hook(request, number)
    actions.stop(hook, by=actor, at=now())
    messages.success(request, "已停用，不再往那里送。")
    return redirect("gateways:hooks", hook.system_id)


@signed_in
@require_POST
def send_again(request: HttpRequest, number: int) -> HttpResponse:
    """Begin anew with what was given up (重新投递)."""
    actor, hook = _hook(request, number)
    count = actions.send_again(hook, by=actor, at=now())
    messages.success(request, f"{count} 件会在一分钟内重新送。")
    return redirect("gateways:hooks", hook.system_id)


def _system(actor: Actor, number: int) -> "System":
    found = systems.of_id(number)
    if found is None or not access.may_connect(actor, path=found.place_path):
        raise Http404
    return found


def _hook(request: HttpRequest, number: int) -> "tuple[Actor, Hook]":
    actor, found = keeper(request), queries.of_id(number)
    if found is None or not access.may_connect(actor, path=found.system.place_path):
        raise Http404
    return actor, found
