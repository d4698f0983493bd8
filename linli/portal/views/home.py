"""The home of a place without an account, and what goes on around it (首页、身边事)."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.disclosure import queries as disclosure
from linli.frame.clock import day_of, now
from linli.frame.paging import page
from linli.frame.phone import kept_on_phone
from linli.matters import queries as matters
from linli.portal import drawing, office, telling
from linli.portal import here as memory
from linli.portal.drawing import Ground
from linli.portal.here import Here
from linli.portal.surroundings import show
from linli.portal.telling import Row

_FEW = 5
_MOST_COUNTED = 500
_FILTERS = (("open", "正在办"), ("done", "已办结"))


@kept_on_phone
@require_safe
def home(request: HttpRequest, key: str) -> HttpResponse:
    """Show a place: its plan, the three doors, what goes on, whom to call (首页)."""
    here, at = memory.at_key(key), now()
    ground = drawing.survey(here)
    busy = matters.paths_going_on(here.spot.path, most=_MOST_COUNTED)
    context = {
        "here": here,
        "is_mine": memory.is_remembered(request, here),
        "drawn": drawing.to_look_at(ground, busy=busy),
        "rows": _latest(here, ground, at=at),
        "own": _own(actor_of(request)),
        "card": office.grid_card(here, on=day_of(at)),
        "telephones": office.telephones(here),
    }
    return show(request, "home.html", context, here=here, at="home")


@require_safe
def around(request: HttpRequest, key: str) -> HttpResponse:
    """List the public matters around a place, the latest movement first (身边事)."""
    here, at = memory.at_key(key), now()
    state = "done" if request.GET.get("state") == "done" else "open"
    public = matters.public_within(here.spot.path).filter(closed_at__isnull=state == "open")
    listed = page(public, by="-moved_at", cursor=request.GET.get("from", ""))
    context = {
        "here": here,
        "state": state,
        "tabs": [
            {"label": label, "href": f"?state={one}", "current": one == state} for one, label in _FILTERS
        ],
        "rows": telling.public_rows(listed.rows, here=here, at=at),
        "older_href": f"?state={state}&from={listed.following}" if listed.following else "",
        "newer_href": f"?state={state}" if request.GET.get("from") else "",
    }
    return show(request, "around.html", context, here=here, at="matters")


def _latest(here: Here, ground: Ground, *, at: datetime) -> tuple[Row, ...]:
    shown = disclosure.going_on(here.spot.path, most=_FEW)
    return tuple(
        telling.public_row(one.matter, title=one.title, place=ground.name_of(one.matter.place_path), at=at)
        for one in shown
    )


def _own(actor: Actor) -> tuple[Row, ...]:
    if actor.person_id is None:
        return ()
    return telling.own_rows(
        matters.raised_by(actor.person_id).filter(closed_at=None)[:_FEW], at=now(), is_short=True
    )
