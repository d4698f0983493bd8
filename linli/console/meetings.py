"""The pages of meetings: what is ahead and overdue, calling one, its own page, its minutes (会议)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.entering import actor_of
from linli.console.meeting_forms import CallForm
from linli.console.nav import surroundings
from linli.console.reach import Scope, seat_of
from linli.console.served import scope_at, topic_of
from linli.core.forum import Forum
from linli.core.verdict import Refused
from linli.frame import qr
from linli.frame import refused as refusing
from linli.frame.clock import day_of, now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.handoffs import meeting_acts, meeting_roll, receptions, topic_to_meeting
from linli.insight import sessions
from linli.matters import queries as matters
from linli.meetings import access, minutes, queries
from linli.meetings.access import Hall
from linli.meetings.actions import receiving
from linli.meetings.actions.convening import Call, Guest
from linli.meetings.papers import pdf, word

if TYPE_CHECKING:
    from linli.handoffs.receptions import Brought
    from linli.matters.models import Matter
    from linli.meetings.models import Meeting

_FEW, _MOST_SEATS = 20, 400


@signed_in
@require_safe
@never_cache
def listed(request: HttpRequest) -> HttpResponse:
    """List the meetings of a place: ahead, overdue by law, and held (会议日程)."""
    scope, at = seat_of(request), now()
    path, person = scope.place.path, scope.actor.person_id
    within = queries.within(path) if scope.actor.reaches(path) else queries.open_to(person, path=path)
    ahead = list(queries.ahead(within, at=at)[:_FEW])
    context = {
        "scope": scope,
        "ahead": ahead,
        "due": sessions.due(scope.place.path, edition=scope.edition, on=day_of(at)),
        "held": [one for one in within[: _FEW * 2] if one not in ahead][:_FEW],
        "may_call": access.may_convene(scope.actor, path=scope.place.path, edition=scope.edition).is_yes,
    }
    return render(request, "console/meetings.html", surroundings(request, here="deciding") | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponseBase:
    """Ask what is needed to call a meeting, or call it (召集会议)."""
    topic, at = topic_of(request), now()
    scope = scope_at(request, topic)
    access.may_convene(scope.actor, path=scope.place.path, edition=scope.edition).require()
    form = _form(request, scope, topic, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = _convene(scope, form.cleaned_data, at=at)
        except Refused as refused:
            return refusing.refusal(request, refused.refusals, pack=scope.edition.key)
        messages.success(request, f"已召集，通知已经发给应到的人。编号 {meeting.number}。")
        return redirect("console:meeting", meeting.number)
    # Whoever serves in a body alone reads no cases.
    suggested = sessions.agenda(scope.place.path, at=at) if scope.actor.reaches(scope.place.path) else ()
    context = {"scope": scope, "form": form, "suggested": suggested}
    status = STATUS if form.errors else 200
    return render(
        request, "console/meeting_new.html", surroundings(request, here="deciding") | context, status=status
    )


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show a meeting to whoever runs or oversees it: agenda, papers, who comes (会议)."""
    hall = hall_of(request, number)
    meeting = hall.meeting
    seats = queries.seats(meeting).prefetch_related("sitters")
    asked = request.GET.get("q", "").strip()
    found = seats.filter(name__contains=asked) if asked else seats
    context = {
        "meeting": meeting,
        "hall": hall,
        "forum": hall.forum,
        "agenda": queries.items(meeting),
        "papers": queries.papers(meeting),
        "seats": found[:_MOST_SEATS],
        "asked": asked,
        "answers": queries.answers(meeting),
        "sat": minutes.sat(meeting),
        "quorum": hall.quorum(),
        "received": _received(hall),
        "may_receive": receiving.may_receive(hall).is_yes,
        "names": queries.names(meeting, [meeting.presiding, meeting.recorder]),
    }
    return render(request, "console/meeting.html", surroundings(request, here="deciding") | context)


def _received(hall: Hall) -> "tuple[Brought, ...]":
    """Return what residents brought, where the meeting is held to receive them."""
    if not hall.forum.receives:
        return ()
    (told,) = receptions.lay_out([hall.meeting], sees_all=hall.actor.reaches(hall.meeting.place_path))
    return told.brought


@signed_in
@require_POST
def act(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    """Do an act around a meeting, and go back to where it was done (办理)."""
    if act not in meeting_acts.ACTS:
        raise Http404
    back = reverse("console:meeting", args=(number,))
    try:
        with transaction.atomic():
            hall = hall_of(request, number, to_act=True)
            meeting_acts.do(hall, act, sent=request.POST, files=request.FILES)
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=hall.meeting.pack, back_href=back)
    messages.success(request, f"「{meeting_acts.title_of(act)}」已办好。")
    return redirect(f"{back}minutes/" if "minutes" in request.POST.get("back", "") else back)


@signed_in
@require_safe
@never_cache
def poster(request: HttpRequest, number: str) -> HttpResponse:
    """Print the notice of a meeting with the code to sign in (会议通知)."""
    hall = hall_of(request, number)
    hall.require_running()
    address = settings.ORIGIN + reverse("portal:meeting", args=(hall.meeting.number,))
    context = {
        "meeting": hall.meeting,
        "forum": hall.forum,
        "issuer": hall.meeting.place.name,
        "place_name": hall.meeting.place.name,
        "number": hall.meeting.number,
        "back_href": reverse("console:meeting", args=(number,)),
        "agenda": queries.items(hall.meeting),
        "code": qr.svg(f"{address}?code={hall.meeting.token}", title="扫码签到"),
    }
    return render(request, "console/meeting_poster.html", context)


@signed_in
@require_safe
@never_cache
def minutes_of(request: HttpRequest, number: str) -> HttpResponse:
    """Show the minutes as they stand, with what may be added and signed (会议纪要)."""
    hall = hall_of(request, number)
    written = minutes.write(hall.meeting)
    if request.GET.get("form") == "docx":
        return _file(word.draw(written), f"{number}.docx", word.KIND)
    if request.GET.get("form") == "pdf":
        return _file(pdf.draw(written, issuer=hall.meeting.place.name), f"{number}.pdf", pdf.KIND)
    context = {
        "hall": hall,
        "meeting": hall.meeting,
        "minutes": written,
        "remarks": queries.remarks(hall.meeting),
        "agenda": queries.items(hall.meeting),
    }
    return render(request, "console/meeting_minutes.html", surroundings(request, here="deciding") | context)


def hall_of(request: HttpRequest, number: str, *, to_act: bool = False) -> Hall:
    """Lay a meeting before staff; who may not see it finds nothing (会场)."""
    hall = access.sit(number, by=actor_of(request), at=now(), to_act=to_act)
    if hall is None or not works_on(hall):
        raise Http404
    return hall


def works_on(hall: Hall) -> bool:
    """Tell whether somebody runs a meeting, or holds an office that covers its place."""
    return hall.runs or hall.actor.reaches(hall.meeting.place_path)


def _convene(scope: Scope, said: Any, *, at: datetime) -> "Meeting":
    forum = scope.edition.forums[said["forum"]]
    people = dict(_people(scope, at=at))
    call = Call(
        forum=forum.key,
        title=said["title"],
        spots=scope.chain,
        venue=said["venue"],
        meets_at=said["meets_at"],
        items=said["agenda"],
        chair=Guest(said["chair"], people[said["chair"]]),
        recorder=Guest(said["recorder"], people[said["recorder"]]),
        urgent=said["urgent"],
        is_public=said["is_public"],
    )
    roll = meeting_roll.roll(forum, spot=scope.place, picked=said["roll"], on=day_of(at))
    return topic_to_meeting.convene(call, roll, by=scope.actor, at=at)


def _form(request: HttpRequest, scope: Scope, topic: "Matter | None", *, at: datetime) -> CallForm:
    forums = list(scope.edition.forums.values())
    return CallForm(
        request.POST if request.method == "POST" else None,
        forums=[(one.key, _named(one)) for one in forums],
        people=_people(scope, at=at),
        initial=_offered(request, topic),
    )


def _people(scope: Scope, *, at: datetime) -> list[tuple[int, str]]:
    forums = scope.edition.forums.values()
    return meeting_roll.around(scope.place, forums=forums, by=scope.actor, on=day_of(at))


def _offered(request: HttpRequest, topic: "Matter | None") -> dict[str, str]:
    """Offer what a topic asks for: the meeting of its step, with itself on the agenda."""
    if topic is None:
        return {key: request.GET.get(key, "") for key in ("forum", "title", "agenda")}
    return {
        "forum": matters.step_of(topic).forum,
        "title": f"商量「{topic.title}」"[:80],
        "agenda": f"{topic.title} {topic.number}",
    }


def _named(forum: Forum) -> str:
    days = f"，提前 {forum.notice.term.words}通知" if forum.notice else ""
    return f"{forum.title}（{forum.electorate.title}{days}）"


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
