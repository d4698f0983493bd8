"""The chair's desk and the wall of a meeting while it is held (会议现场)."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.ballots import queries as ballots
from linli.bodies.entering import actor_of
from linli.console.meetings import hall_of, works_on
from linli.console.nav import surroundings
from linli.core.floor import Kind, Side
from linli.core.verdict import Refused
from linli.frame import qr
from linli.frame import refused as refusing
from linli.frame.clock import now
from linli.frame.signed_in import signed_in
from linli.handoffs import meeting_acts, meeting_roll
from linli.handoffs import meeting_to_ballot as corridor
from linli.meetings import access, ground, queries, scene
from linli.meetings.access import Hall
from linli.meetings.ground import Ground

NOTHING_NEW = 204
_MOST_NAMED = 600


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def live(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show the desk from which a meeting is run, or do one act of it (主持台)."""
    if request.method == "POST":
        return _act(request, number)
    hall, shared = _seen(request, number)
    hall.require_running()
    if request.headers.get("HX-Request"):
        return _part(request, hall, shared, "console/meeting_live_now.html")
    context = _told(hall, shared) | {
        "seats": queries.seats(hall.meeting)[:_MOST_NAMED],
        "kinds": [(one.value, one.title) for one in Kind],
        "sides": [(one.value, f"{one.title}（{word}）") for one, word in _SIDES],
    }
    return render(request, "console/meeting_live.html", surroundings(request, here="deciding") | context)


@signed_in
@require_safe
@never_cache
def wall(request: HttpRequest, number: str) -> HttpResponse:
    """Show a meeting on the wall: motion, quorum, speakers, vote (大屏)."""
    hall, shared = _seen(request, number)
    if request.headers.get("HX-Request"):
        return _part(request, hall, shared, "console/meeting_wall_now.html")
    return render(request, "console/meeting_wall.html", _told(hall, shared) | {"theme": "wall"})


_SIDES = ((Side.FOR, "支持"), (Side.AGAINST, "反对"))


def _act(request: HttpRequest, number: str) -> HttpResponseBase:
    act = request.POST.get("act", "")
    if act not in meeting_acts.ACTS:
        raise Http404
    back = reverse("console:meeting_live", args=(number,))
    try:
        with transaction.atomic():
            hall = hall_of(request, number, to_act=True)
            hall.require_running()
            meeting_acts.do(hall, act, sent=request.POST)
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=hall.meeting.pack, back_href=back)
    if request.headers.get("HX-Request"):
        return render(request, "console/meeting_live_now.html", _told(*_seen(request, number)))
    return redirect(back)


def _seen(request: HttpRequest, number: str) -> tuple[Hall, Ground]:
    """Read a meeting as it stands, and put whoever works here into it."""
    meeting = queries.of_number(number)
    shared = ground.lay_out(meeting) if meeting else None
    hall = access.stand(shared, by=actor_of(request), at=now()) if shared else None
    if shared is None or hall is None or not works_on(hall):
        raise Http404
    return hall, shared


def _part(request: HttpRequest, hall: Hall, shared: Ground, template: str) -> HttpResponse:
    """Answer with the part that changes, or with nothing while it has not."""
    told = _told(hall, shared)
    if request.GET.get("seen") == told["seen"]:
        return HttpResponse(status=NOTHING_NEW)
    return render(request, template, told)


def _told(hall: Hall, shared: Ground) -> dict[str, Any]:
    ballot = corridor.running(hall)
    progress = ballots.progress(ballot) if ballot else None
    turnout = progress.turnout if progress else ()
    cast = turnout[0].cast if turnout else 0
    address = settings.ORIGIN + reverse("portal:meeting", args=(hall.meeting.number,))
    return {
        "meeting": hall.meeting,
        "scene": scene.look(hall, shared),
        "ballot": ballot,
        "turnout": turnout[0] if turnout else None,
        "standings": progress.live if progress else (),
        "flagged": meeting_roll.flagged(hall),
        "seen": f"{hall.meeting.turn}.{hall.meeting.stirs}.{cast}",
        "code": qr.svg(f"{address}?code={hall.meeting.token}", title="扫码签到") if not hall.item else "",
    }
