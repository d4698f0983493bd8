"""Which pages of the staff door a phone keeps for when the network is gone (离线页面)."""

from collections.abc import Iterable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.bodies.actor import Actor
from linli.console import posts
from linli.console.nav import surroundings
from linli.console.views import staff
from linli.frame.phone import kept_on_phone
from linli.frame.signed_in import signed_in
from linli.matters import queries as matters

MOST_WAITING, MOST_AROUND = 20, 10
_MARK = 12


@signed_in
@require_safe
@never_cache
def pages(request: HttpRequest) -> HttpResponse:
    """List the pages that a phone should have with it, each with a mark that changes with its content."""
    actor = staff(request)
    own = [reverse("console:unsent"), reverse("console:inbox")]
    if posts.walking(actor):
        own += [reverse("console:today"), reverse("console:found")]
    # Whoever decides at a desk has a network; a phone has no room for everything.
    outdoors = bool(posts.walking(actor)) or bool(actor.body_ids)
    sheets = [(reverse("console:matter", args=(number,)), str(turn)) for number, turn in _at_hand(actor)]
    lists = sha256(repr(sheets).encode()).hexdigest()[:_MARK]
    return JsonResponse({"pages": [*((page, lists) for page in own), *(sheets if outdoors else ())]})


@kept_on_phone
@signed_in
@require_safe
@never_cache
def unsent(request: HttpRequest) -> HttpResponse:
    """Show what was written without a network and waits on this phone (待发送)."""
    here = "today" if posts.walking(staff(request)) else "inbox"
    return render(request, "console/unsent.html", surroundings(request, here=here))


def _at_hand(actor: Actor) -> Iterable[tuple[str, int]]:
    """Return what waits for somebody, and what goes on in their grid: the number and the turn of each."""
    waiting = matters.inbox(actor).values_list("matter__number", "matter__turn")[:MOST_WAITING]
    found = dict(waiting)
    if held := posts.walking(actor):
        around = matters.within_any([one.place_path for one in held]).filter(closed_at=None, answered_at=None)
        found |= dict(around.order_by("due_at", "pk").values_list("number", "turn")[:MOST_AROUND])
    return found.items()
