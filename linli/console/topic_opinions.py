"""The page on which staff begin to gather opinions, screen them, see the map, and close (征集观点)."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.bodies.entering import actor_of
from linli.console.nav import surroundings
from linli.core.verdict import Refused
from linli.deliberation import access, picture, soundings
from linli.deliberation.access import Desk
from linli.deliberation.actions import sounding
from linli.deliberation.choices import Showing
from linli.frame import refused as refusing
from linli.frame.clock import now
from linli.frame.signed_in import signed_in

_LONGEST_NUMBER = 18


def _screen(desk: Desk, said: QueryDict) -> object:
    number, shows = said.get("statement", ""), said.get("shows") == "yes"
    if not (number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER):
        raise Http404
    return sounding.screen(desk, int(number), shows=shows, reason=said.get("reason", ""))


_DOING: Mapping[str, tuple[Callable[[Desk, QueryDict], object], str]] = {
    "open": (
        lambda desk, said: sounding.open_sounding(desk, is_screened="screened" in said),
        "开始征集，居民在议题页上可以提观点、表态。",
    ),
    "screen": (_screen, "已经审核。"),
    "close": (lambda desk, _: sounding.close_sounding(desk), "征集已经结束，观点图画好了。"),
}


@signed_in
@require_safe
@never_cache
def opinions(request: HttpRequest, number: str) -> HttpResponse:
    """Show the statements to be screened, the map, and how to begin or close (征集观点)."""
    desk = _desk(request, number)
    found = soundings.of(desk.topic)
    context = {
        "desk": desk,
        "matter": desk.matter,
        "sounding": found,
        "is_open": soundings.is_open(desk),
        "may_open": soundings.may_open(desk),
        "may_see_to": soundings.may_see_to(desk, "审核观点"),
        "statements": soundings.statements(desk.topic) if found else (),
        "states": Showing,
        "picture": picture.of(desk.topic) if found else None,
        "clause": soundings.clause(),
    }
    return render(request, "console/topic_opinions.html", surroundings(request, here="deciding") | context)


@signed_in
@require_POST
def act(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    """Begin to gather opinions, screen one, or close (征集、审核、结束)."""
    if act not in _DOING:
        raise Http404
    doing, done = _DOING[act]
    href = reverse("console:topic_opinions", args=(number,))
    try:
        with transaction.atomic():
            desk = _desk(request, number, to_act=True)
            doing(desk, request.POST)
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=desk.matter.pack, back_href=href)
    messages.success(request, done)
    return redirect(href)


def _desk(request: HttpRequest, number: str, *, to_act: bool = False) -> Desk:
    desk = access.sit(number, by=actor_of(request), at=now(), to_act=to_act)
    if desk is None or not (desk.actor.is_staff and desk.works_on_it):
        raise Http404
    return desk
