"""The pages on which outside systems are connected and looked after (对接)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.actor import Actor
from linli.console.keeping import keeper, tabs
from linli.console.nav import surroundings
from linli.frame.clock import now, today
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.gateways.choices import Door
from linli.gateways.placed import spots_of
from linli.gateways.systems import access, actions, queries
from linli.gateways.systems.forms import ConnectForm, LastingForm, TermsForm
from linli.places import queries as places
from linli.record import queries as record

if TYPE_CHECKING:
    from linli.gateways.models import System

_BACK = timedelta(days=29)


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """List the systems that are connected (对接)."""
    actor = keeper(request)
    found = list(queries.led_by(actor))
    last = queries.last_uses(found)
    context = {"tabs": tabs("systems"), "rows": [(one, last.get(one.pk)) for one in found]}
    return render(request, "gateways/systems.html", surroundings(request, here="people") | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def connect(request: HttpRequest) -> HttpResponse:
    """Show the form, or connect a system and show its key this once (接入)."""
    actor = keeper(request)
    form = ConnectForm(request.POST if request.method == "POST" else None, spots=spots_of(actor))
    if request.method == "POST" and form.is_valid():
        made = actions.connect(form.terms, within=form.spot, lasts=form.span, by=actor, at=now())
        return _page(request, actor, made.system.pk, key=made.key)
    context = {"form": form, "clause": access.purpose_rule().clause}
    page = surroundings(request, here="people") | context
    return render(request, "gateways/connect.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_safe
@never_cache
def system(request: HttpRequest, number: int) -> HttpResponse:
    """Show one system: what it may do, how often it came, its keys (对接系统)."""
    return _page(request, keeper(request), number)


@signed_in
@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change what a system may do (变更)."""
    actor = keeper(request)
    found, form = _load(actor, number), TermsForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, number, form=form)
    actions.change(found, form.terms, by=actor, at=now())
    messages.success(request, "已变更，马上生效。")
    return redirect("gateways:system", number)


@signed_in
@require_POST
@never_cache
def rotate(request: HttpRequest, number: int) -> HttpResponse:
    """Draw a new key and show it this once (换密钥)."""
    actor = keeper(request)
    found, form = _load(actor, number), LastingForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, number)
    return _page(request, actor, number, key=actions.rotate(found, lasts=form.span, by=actor, at=now()))


@signed_in
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Close the door to one key (作废密钥)."""
    actor = keeper(request)
    actions.revoke(_load(actor, number), prefix=request.POST.get("prefix", ""), by=actor, at=now())
    messages.success(request, "这把密钥已经作废。")
    return redirect("gateways:system", number)


@signed_in
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Disconnect a system (停用)."""
    actor = keeper(request)
    actions.end(_load(actor, number), by=actor, at=now())
    messages.success(request, "已停用，它的密钥全部作废。")
    return redirect("gateways:systems")


def _page(
    request: HttpRequest, actor: Actor, number: int, *, key: str = "", form: TermsForm | None = None
) -> HttpResponse:
    found, at = _load(actor, number), now()
    uses = queries.uses_of(found, since=today() - _BACK)
    context = {
        "tabs": tabs("systems"),
        "system": found,
        "place_words": places.full_name(places.chain(found.place_path), below=0),
        "keys": queries.keys_of(found, at=at),
        "key": key,
        "uses": [(one, Door(one.door).label) for one in uses],
        "form": form or TermsForm(initial=dict(vars(found))),
        "lasting_form": LastingForm(),
        "clause": access.purpose_rule().clause,
        "entries": record.timeline(actions.chain_of(found), newest_first=True),
    }
    page = surroundings(request, here="people") | context
    return render(request, "gateways/system.html", page, status=STATUS if form else 200)


def _load(actor: Actor, number: int) -> "System":
    found = queries.of_id(number)
    if found is None or not access.may_connect(actor, path=found.place_path):
        raise Http404
    return found
