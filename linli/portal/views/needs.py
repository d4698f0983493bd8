"""What residents say their place needs, supported by neighbours, and what was selected (居民需求)."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.entering import actor_of
from linli.core.verdict import Refused
from linli.frame import refused as refusing
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.places import queries as places
from linli.places.queries import Spot
from linli.portal import here as memory
from linli.portal.here import Here
from linli.portal.surroundings import show
from linli.projects import access, queries
from linli.projects.actions import raising
from linli.projects.forms import NeedForm
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.projects.models import Wish

_FEW = 60


@require_safe
@never_cache
def listed(request: HttpRequest, key: str) -> HttpResponse:
    """List the needs around a place, the most supported first, and count them by kind (居民需求)."""
    here = memory.at_key(key)
    path = _around(here).path
    context = {
        "here": here,
        "open": list(queries.open_needs(path)[:_FEW]),
        "decided": list(queries.decided(path)[:_FEW]),
        "kinds": queries.by_field(path),
    }
    return show(request, "needs.html", context, here=here, at="part")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest, key: str) -> HttpResponse:
    """Say what the community one lives in needs (提需求)."""
    here, actor = memory.at_key(key), actor_of(request)
    place = _around(here)
    form = NeedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = raising.raise_need(form.told, place=place, by=actor, at=now())
        except Refused as refused:
            form.add_error(None, [str(one) for one in refused.refusals])
        else:
            messages.success(request, f"已提出，编号 {done.number}。请邻居来支持。")
            return redirect("portal:need", done.number)
    context = {
        "here": here, "place": place, "form": form, "may_raise": access.may_raise(actor, path=place.path)
    }  # fmt: skip
    page = show(request, "need_form.html", context, here=here, at="part")
    page.status_code = STATUS if form.errors else 200
    return page


@require_safe
@never_cache
def show_one(request: HttpRequest, number: str) -> HttpResponse:
    """Show a need, how many support it, and what the initial selection said (需求)."""
    need, actor = _found(number), actor_of(request)
    context = {
        "need": need,
        "rank": queries.rank(need),
        "merged": list(queries.merged(need)),
        "is_known": actor.is_known,
        "may_support": access.may_support(actor, need),
    }
    here = Here(places.chain(need.place_path), rulebook.current(need.pack))
    return show(request, "need.html", context, here=here, at="part")


@signed_in
@require_POST
@never_cache
def support(request: HttpRequest, number: str) -> HttpResponseBase:
    """Support what a neighbour needs (支持)."""
    need, back = _found(number), reverse("portal:need", args=(number,))
    try:
        raising.support(number, by=actor_of(request), at=now())
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=need.pack, back_href=back)
    messages.success(request, "您的支持已记下。")
    return redirect(back)


def _around(here: Here) -> Spot:
    """Return the community around a building or an estate; a street stays the street (社区)."""
    return places.nearest(here.spots, places.COMMUNITIES) or here.spot


def _found(number: str) -> "Wish":
    need = queries.need(number)
    if need is None:
        raise Http404
    return need
