"""Meetings on a phone: which are mine, one thing to do now, the minutes, calendars (我的会议)."""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.bodies.entering import actor_of
from linli.core.verdict import Refused
from linli.frame import refused as refusing
from linli.frame.clock import now
from linli.frame.security import OF_PICTURES
from linli.frame.signed_in import signed_in
from linli.handoffs import meeting_acts, receptions
from linli.handoffs import meeting_to_ballot as corridor
from linli.meetings import access, feeds, ground, minutes, queries, scene
from linli.meetings.access import Hall
from linli.meetings.actions import minuting, subscribing
from linli.meetings.ground import Ground
from linli.places import queries as places
from linli.portal import here as memory
from linli.portal import standing
from linli.portal.here import Here
from linli.portal.surroundings import show
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.meetings.models import Meeting

NOTHING_NEW = 204
_FEW, _LAST = 30, 5
_CALENDAR = "text/calendar; charset=utf-8"


@signed_in
@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """List the meetings I sit in, the next first, with the address of my calendar (我的会议)."""
    person, at = actor_of(request).person_id or 0, now()
    rows = queries.of_person(person)
    ahead = list(queries.ahead(rows, at=at)[:_FEW])
    feed, here = queries.feed_of(person), memory.remembered(request)
    context = {
        "here": here,
        "ahead": ahead,
        "held": [one for one in rows[: _FEW * 2] if one not in ahead][:_FEW],
        "feed": settings.ORIGIN + reverse("portal:calendar", args=(feed.token,)) if feed else "",
    }
    return show(request, "meetings_mine.html", context, here=here, at="part")


@require_safe
@never_cache
def of_place(request: HttpRequest, key: str) -> HttpResponse:
    """List the meetings of a place that residents may listen to, and when its forums meet (会议日程)."""
    here, at = memory.at_key(key), now()
    public = queries.around(here.spot.path).filter(is_public=True)
    context = {
        "here": here,
        "ahead": list(queries.ahead(public, at=at)[:_FEW]),
        "receptions": receptions.of_place(here.spot.path, edition=here.edition, most=_LAST),
        "feed": settings.ORIGIN + reverse("portal:place_calendar", args=(key,)),
    }
    return show(request, "meetings_place.html", context, here=here, at="part")


@signed_in
@require_safe
@never_cache
def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """Show a meeting on a phone, with the one thing to do now (会议)."""
    hall, shared = _seen(request, number)
    context = _told(hall, shared, code=request.GET.get("code", "")) | {
        "papers": queries.papers(hall.meeting),
        "more": standing.more(hall),
    }
    return show(request, "meeting.html", context, here=_here(hall.meeting), at="part")


@require_safe
@never_cache
def meeting_now(request: HttpRequest, number: str) -> HttpResponseBase:
    """Answer a phone that follows: nothing while nothing changed, else the part that did (跟进会议).

    What costs nothing is asked first, and says nothing but that a number is still the same.
    """
    known = queries.turn_of(number)
    if known is None:
        raise Http404
    if request.GET.get("turn") == str(known.turn):
        # Of no page, so nobody need be asked whose it is.
        return HttpResponse(status=NOTHING_NEW, content_type="text/plain")
    return _now(request, number, known)


@signed_in
def _now(request: HttpRequest, number: str, turn: queries.Turn) -> HttpResponse:
    shared = ground.at_turn(number, turn)
    hall = access.stand(shared, by=actor_of(request), at=now()) if shared else None
    if shared is None or hall is None:
        raise Http404
    told = _told(hall, shared, code=request.GET.get("code", ""))
    return render(request, "portal/meeting_now.html", told)


@signed_in
@require_POST
def meeting_act(request: HttpRequest, number: str) -> HttpResponseBase:
    """Do one thing in a meeting for oneself (会上动作)."""
    act, code = request.POST.get("act", ""), request.POST.get("code", "")
    if act not in standing.OWN_ACTS:
        raise Http404
    back = reverse("portal:meeting", args=(number,))
    try:
        with transaction.atomic():
            hall = _hall(request, number, to_act=True)
            done = meeting_acts.do(hall, act, sent=_for_oneself(request))
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=hall.meeting.pack, back_href=back)
    said = standing.said(act, done)
    if request.headers.get("HX-Request"):
        told = _told(*_seen(request, number), code=code) | {"said": said}
        return render(request, "portal/meeting_now.html", told)
    messages.success(request, said)
    return redirect(reverse("portal:meeting_minutes", args=(number,)) if act == "sign" else back)


@signed_in
@require_safe
@never_cache
def meeting_minutes(request: HttpRequest, number: str) -> HttpResponse:
    """Show the minutes, and let chair and recorder sign what they read (会议纪要)."""
    hall = _hall(request, number)
    written = minutes.write(hall.meeting)
    role = minuting.role_of(hall)
    signed = {one.role for one in queries.signatures(hall.meeting) if one.digest == written.digest}
    context = {
        "meeting": hall.meeting,
        "minutes": written,
        "may_sign": bool(role) and role not in signed and hall.meeting.is_held and not hall.meeting.signed_at,
    }
    return show(request, "meeting_minutes.html", context, here=_here(hall.meeting), at="part")


@signed_in
@require_safe
@never_cache
def paper(request: HttpRequest, number: str, paper: int) -> HttpResponse:
    """Hand out one paper of a meeting (会议材料)."""
    found = queries.paper(_hall(request, number).meeting, paper)
    if found is None:
        raise Http404
    stored = str(found.file.name)
    with default_storage.open(stored) as file:
        answer = HttpResponse(file.read(), content_type="application/octet-stream")
    name = quote(f"{found.title}.{stored.rpartition('.')[2]}")
    answer.headers["Content-Disposition"] = f"attachment; filename*=utf-8''{name}"
    answer.headers["Content-Security-Policy"] = OF_PICTURES
    return answer


@signed_in
@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """Make the secret address of my calendar, or a new one in its place (日历订阅)."""
    subscribing.subscribe(actor_of(request).person_id or 0, at=now())
    messages.success(request, "订阅地址已经换新，旧地址不再有效。")
    return redirect("portal:meetings")


@require_safe
def calendar(_request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the calendar of the person to whom a secret address belongs (个人日历)."""
    feed = queries.feed(token)
    if feed is None:
        raise Http404
    rows = list(queries.of_person(feed.person_id)[: feeds.MOST])
    return HttpResponse(feeds.write(rows, name="我的会议", at=now()), content_type=_CALENDAR)


@require_safe
def place_calendar(_request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the calendar of a place: the meetings that residents may listen to (地方日历)."""
    here = memory.at_key(key)
    rows = list(queries.around(here.spot.path).filter(is_public=True).order_by("-meets_at")[: feeds.MOST])
    return HttpResponse(feeds.write(rows, name=f"{here.spot.name}会议", at=now()), content_type=_CALENDAR)


def _for_oneself(request: HttpRequest) -> QueryDict:
    """Read what was sent; on a phone one acts for one's own seat only."""
    sent = request.POST.copy()
    sent["key"] = ""
    return sent


def _hall(request: HttpRequest, number: str, *, to_act: bool = False) -> Hall:
    hall = access.sit(number, by=actor_of(request), at=now(), to_act=to_act)
    if hall is None:
        raise Http404
    return hall


def _seen(request: HttpRequest, number: str) -> tuple[Hall, Ground]:
    """Read a meeting as it stands, and put whoever asks into it."""
    meeting = queries.of_number(number)
    shared = ground.lay_out(meeting) if meeting else None
    hall = access.stand(shared, by=actor_of(request), at=now()) if shared else None
    if shared is None or hall is None:
        raise Http404
    return hall, shared


def _told(hall: Hall, shared: Ground, *, code: str) -> dict[str, Any]:
    looked = scene.look(hall, shared)
    ballot = corridor.running(hall)
    heads = corridor.to_vote_for(hall, ballot)
    return {
        "meeting": hall.meeting,
        "scene": looked,
        "code": code,
        "ballot": ballot,
        "heads": heads,
        "todo": standing.todo(looked, code=code, is_polled=ballot is not None, may_vote=bool(heads)),
        "said": "",
    }


def _here(meeting: "Meeting") -> Here:
    spots = places.chain(meeting.place_path)
    return Here(spots, rulebook.current(spots[-1].pack))
