"""Teams and activities of a place, who signed up and who came (文体活动)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.activities import access, queries
from linli.activities.actions import attending, holding, teaming
from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.console.activity_forms import ActivityForm, CameForm, ReasonForm, TeamForm
from linli.console.nav import surroundings
from linli.console.reach import Scope, scope_of
from linli.core.verdict import Refused
from linli.frame import qr
from linli.frame.clock import now, today
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.places import queries as places
from linli.record import queries as record

if TYPE_CHECKING:
    from linli.activities.models import Activity

Done = TypeVar("Done")

_MOST = 100
_HERE = "coverage"
_SAID = {
    "change": "改动已通知报名的人。",
    "cancel": "已取消，报名的人都收到通知。",
    "came": "到场人次已记下。",
}


@signed_in
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the activities and teams of a place, with the visits of a year by kind (文体活动)."""
    scope, at = scope_of(request), now()
    path, year = scope.place.path, _year(request)
    sorts = queries.of_year(path, year=year, at=at)
    context = {
        "scope": scope,
        "year": year,
        "sorts": sorts,
        "held": sum(one.held for one in sorts),
        "visits": sum(one.visits for one in sorts),
        "ahead": list(queries.ahead(path, at=at)[:_MOST]),
        "past": list(queries.past(path, at=at)[:_MOST]),
        "teams": list(queries.teams(path)),
        "may_keep": access.may_keep(scope.actor, path=path),
    }
    return render(request, "console/activities.html", surroundings(request, here=_HERE) | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Announce an activity at a place (发布活动)."""
    scope = _kept(request)
    teams = [(one.pk, one.name) for one in queries.teams(scope.place.path)]
    form = ActivityForm(request.POST if request.method == "POST" else None, teams=teams)
    if request.method == "POST" and form.is_valid():
        team = form.cleaned_data["team"]
        if done := _tried(
            form,
            lambda: holding.announce(form.held, place=scope.place, team=team, by=scope.actor, at=now()),
        ):
            messages.success(request, "活动已发布，居民可以报名。")
            return redirect("console:activity", done.number)
    page = surroundings(request, here=_HERE) | {"scope": scope, "form": form}
    return render(request, "console/activity_new.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_team(request: HttpRequest) -> HttpResponse:
    """Enter a team into the register of a place (登记队伍)."""
    scope = _kept(request)
    form = TeamForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = _tried(
            form, lambda: teaming.enter(form.described, place=scope.place, by=scope.actor, at=now())
        )
        if done:
            messages.success(request, f"「{done.name}」已登记。")
            return redirect(f"{reverse('console:activities')}?within={scope.place.path}")
    page = surroundings(request, here=_HERE) | {"scope": scope, "form": form}
    return render(request, "console/team_new.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def team(request: HttpRequest, number: int) -> HttpResponse:
    """Show a team with its record, and let it be closed with the reason (队伍)."""
    actor, found = actor_of(request), queries.team(number)
    if found is None or not actor.reaches(found.place_path):
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        done = _tried(form, lambda: teaming.close(number, words=words, by=actor, at=now()))
        if done:
            messages.success(request, f"「{found.name}」已解散。")
            return redirect("console:team", number)
    context = {
        "team": found,
        "form": form,
        "may_keep": access.may_keep(actor, path=found.place_path),
        "entries": record.timeline(teaming.chain_of(number), newest_first=True),
    }
    page = surroundings(request, here=_HERE) | context
    return render(request, "console/team.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show an activity with who signed up, who waits and who came (活动)."""
    return _page(request, *_load(request, number))


@signed_in
@require_POST
@never_cache
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Change an activity, call it off, or write down who came (办理)."""
    actor, activity = _load(request, number)
    if act not in _ACTS:
        raise Http404
    form = _forms(activity, request.POST)[act]
    done = _tried(form, lambda: _ACTS[act](number, form, actor)) if form.is_valid() else None
    if done:
        messages.success(request, _SAID[act])
        return redirect("console:activity", number)
    return _page(request, actor, activity, wrong=(act, form))


@signed_in
@require_safe
@never_cache
def poster(request: HttpRequest, number: str) -> HttpResponse:
    """Print the notice of an activity with the code to sign in (活动海报)."""
    actor, activity = _load(request, number)
    if not access.may_keep(actor, path=activity.place_path):
        raise Http404
    address = settings.ORIGIN + reverse("portal:activity", args=(number,))
    context = {
        "activity": activity,
        "issuer": activity.place.name,
        "place_name": activity.place.name,
        "number": number,
        "back_href": reverse("console:activity", args=(number,)),
        "code": qr.svg(f"{address}?code={activity.token}", title="扫码签到"),
    }
    return render(request, "console/activity_poster.html", context)


def _kept(request: HttpRequest) -> Scope:
    scope = scope_of(request)
    if not access.may_keep(scope.actor, path=scope.place.path):
        raise Http404
    return scope


def _year(request: HttpRequest) -> int:
    asked, this = request.GET.get("year", ""), today().year
    return int(asked) if asked.isascii() and asked.isdigit() and this - 50 <= int(asked) <= this else this


def _load(request: HttpRequest, number: str) -> "tuple[Actor, Activity]":
    actor, activity = actor_of(request), queries.of_number(number)
    if activity is None or not actor.reaches(activity.place_path):
        raise Http404
    return actor, activity


def _page(
    request: HttpRequest, actor: Actor, activity: "Activity", *, wrong: tuple[str, Form] | None = None
) -> HttpResponse:
    at = now()
    context = {
        "activity": activity,
        "place_words": places.full_name(places.chain(activity.place_path)),
        "line": list(queries.line(activity)),
        "forms": _forms(activity) | dict([wrong] if wrong else []),
        "wrong": wrong[0] if wrong else "",
        "may_keep": access.may_keep(actor, path=activity.place_path),
        "is_ahead": at < activity.starts_at and activity.cancelled_at is None,
        "attendance": access.takes_attendance(activity, at=at),
        "entries": record.timeline(activity.number, newest_first=True),
    }
    page = surroundings(request, here=_HERE) | context
    return render(request, "console/activity.html", page, status=STATUS if wrong else 200)


def _forms(activity: "Activity", data: Any = None) -> dict[str, Form]:
    line = list(queries.line(activity))
    names = ("title", "kind", "venue", "starts_at", "ends_at", "capacity", "words")
    known = {name: getattr(activity, name) for name in names}
    came = {"came": [one.person_id for one in line if one.came_at], "others": activity.others}
    return {
        "change": ActivityForm(data, initial=known),
        "came": CameForm(data, line=line, initial=came),
        "cancel": ReasonForm(data),
    }


def _tried(form: Form, act: Callable[[], Done]) -> Done | None:
    """Do an act, and put why it was refused on the form."""
    try:
        return act()
    except Refused as refused:
        form.add_error(None, [str(one) for one in refused.refusals])
        return None


_ACTS: "dict[str, Callable[[str, Any, Actor], Activity]]" = {
    "change": lambda number, form, by: holding.change(number, form.held, by=by, at=now()),
    "cancel": lambda number, form, by: holding.cancel(
        number, words=form.cleaned_data["words"], by=by, at=now()
    ),
    "came": lambda number, form, by: attending.keep_list(
        number,
        came=form.cleaned_data.get("came", ()),
        others=form.cleaned_data["others"],
        by=by,
        at=now(),
    ),
}
