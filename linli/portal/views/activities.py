"""Activities and teams around a place: signing up, signing in, joining (文体活动)."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.activities import access, feeds, queries
from linli.activities.actions import attending, teaming
from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.core.verdict import Refused
from linli.frame import refused as refusing
from linli.frame.clock import now, today
from linli.frame.signed_in import signed_in
from linli.places import queries as places
from linli.portal import here as memory
from linli.portal.here import Here
from linli.portal.surroundings import show
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.activities.models import Activity

_FEW = 30
_CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@never_cache
def listed(request: HttpRequest, key: str) -> HttpResponse:
    """List the activities to come, the teams, and how many came this year (身边的活动)."""
    here, at, year = memory.at_key(key), now(), today().year
    path = _around(here)
    sorts = queries.of_year(path, year=year, at=at)
    context = {
        "here": here,
        "ahead": list(queries.ahead(path, at=at)[:_FEW]),
        "past": list(queries.past(path, at=at)[:_FEW]),
        "teams": list(queries.teams(path)),
        "mine": queries.joined(actor_of(request).person_id),
        "year": year,
        "sorts": sorts,
        "held": sum(one.held for one in sorts),
        "visits": sum(one.visits for one in sorts),
        "feed": settings.ORIGIN + reverse("portal:activities_calendar", args=(key,)),
    }
    return show(request, "activities.html", context, here=here, at="part")


@require_safe
@never_cache
def show_one(request: HttpRequest, number: str) -> HttpResponse:
    """Show an activity, how many places are left, and what I can do now (活动)."""
    activity, actor, at = _found(number), actor_of(request), now()
    code = request.GET.get("code", "")
    mine = queries.sign_up(activity, actor.person_id)
    taken = queries.taken(activity)
    context = {
        "activity": activity,
        "mine": mine,
        "before": queries.ahead_of(mine) if mine and mine.is_waiting else 0,
        "taken": taken,
        "left": max(activity.capacity - taken, 0),
        "waiting": queries.waiting(activity).count(),
        "code": code,
        "is_over": at >= activity.ends_at,
        "is_known": actor.is_known,
        "may_sign_up": access.may_sign_up(activity, actor, at=at),
        "may_withdraw": access.may_withdraw(activity, actor, at=at),
        "may_sign_in": access.may_sign_in(activity, code=code, at=at) if code else None,
    }
    return show(request, "activity.html", context, here=_here(activity), at="part")


@signed_in
@require_POST
@never_cache
def act(request: HttpRequest, number: str) -> HttpResponseBase:
    """Sign up, give one's place back, or sign in, each for oneself (报名、退出、签到)."""
    activity, key, code = _found(number), request.POST.get("act", ""), request.POST.get("code", "")
    back = reverse("portal:activity", args=(number,))
    if key not in _ACTS:
        raise Http404
    try:
        said = _ACTS[key](number, code, actor_of(request), now())
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=activity.pack, back_href=back)
    messages.success(request, said)
    return redirect(f"{back}?code={code}" if code else back)


@signed_in
@require_POST
@never_cache
def team_act(request: HttpRequest, number: int, act: str) -> HttpResponseBase:
    """Join a team oneself, or leave it (入队、退队)."""
    team = queries.team(number)
    if team is None or team.closed_at is not None or act not in _TEAM_ACTS:
        raise Http404
    back = reverse("portal:activities", args=(team.place.key,))
    try:
        _TEAM_ACTS[act](number, by=actor_of(request), at=now())
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=team.pack, back_href=back)
    messages.success(request, f"您已{'加入' if act == 'join' else '退出'}「{team.name}」。")
    return redirect(back)


@require_safe
def calendar(_request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the activities of a place as a calendar to subscribe to (活动日历)."""
    here = memory.at_key(key)
    rows = list(queries.around(_around(here)).order_by("-starts_at")[: feeds.MOST])
    return HttpResponse(feeds.write(rows, name=f"{here.spot.name}文体活动", at=now()), content_type=_CALENDAR)


def _around(here: Here) -> str:
    """Return the community around a building or an estate; a street stays the street (社区)."""
    community = places.nearest(here.spots, places.COMMUNITIES)
    return community.path if community else here.spot.path


def _found(number: str) -> "Activity":
    activity = queries.of_number(number)
    if activity is None:
        raise Http404
    return activity


def _here(activity: "Activity") -> Here:
    return Here(places.chain(activity.place_path), rulebook.current(activity.pack))


def _sign_up(number: str, _code: str, by: Actor, at: datetime) -> str:
    mine = attending.sign_up(number, by=by, at=at)
    return "已经满了，您排进候补，轮到时会通知您。" if mine.is_waiting else "报上了，到时见。"


def _withdraw(number: str, _code: str, by: Actor, at: datetime) -> str:
    attending.withdraw(number, by=by, at=at)
    return "已退出报名，名额让给候补的人。"


def _sign_in(number: str, code: str, by: Actor, at: datetime) -> str:
    attending.sign_in(number, code=code, by=by, at=at)
    return "签到成功。"


_ACTS: dict[str, Callable[[str, str, Actor, datetime], str]] = {
    "sign_up": _sign_up,
    "withdraw": _withdraw,
    "sign_in": _sign_in,
}
_TEAM_ACTS: dict[str, Callable[..., object]] = {"join": teaming.join, "leave": teaming.leave}
