"""Saying what one thinks of a topic, one statement at a time, and seeing the map of all (观点)."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.entering import actor_of
from linli.core.verdict import Refused
from linli.deliberation import access, opinion_file, picture, soundings
from linli.deliberation.access import Desk
from linli.deliberation.actions import voicing
from linli.deliberation.choices import Said, Showing
from linli.frame import refused as refusing
from linli.frame.clock import now
from linli.frame.signed_in import signed_in
from linli.portal.here import Here
from linli.portal.surroundings import show

_WORDS = {str(one.value): one for one in Said}


@require_safe
@never_cache
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Put the next statement of others before somebody, and let them add one (表态、提出观点)."""
    desk = _desk(request, number)
    return _page(request, desk, asked=soundings.next_for(desk) if soundings.may_speak(desk) else None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def say(request: HttpRequest, number: str, statement: int) -> HttpResponseBase:
    """Show one statement to vote on it again, or keep what was said to it (表态)."""
    desk = _desk(request, number)
    if request.method != "POST":
        asked = soundings.ask_again(desk, statement)
        if asked is None:
            raise Http404
        return _page(request, desk, asked=asked)
    said = _WORDS.get(request.POST.get("said", ""))
    here = reverse("portal:opinions", args=(number,))
    if said is None:
        return redirect(here)
    try:
        voicing.say(desk, statement, said)
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=desk.matter.pack, back_href=here)
    return redirect(here)


@signed_in
@require_POST
def add(request: HttpRequest, number: str) -> HttpResponseBase:
    """Add a statement of one's own (提出观点)."""
    here = reverse("portal:opinions", args=(number,))
    try:
        with transaction.atomic():
            desk = _desk(request, number)
            added = voicing.add(desk, request.POST.get("words", ""))
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=desk.matter.pack, back_href=here)
    waits = "社区看过以后公开" if added.state == Showing.WAITING else "大家现在看得到"
    messages.success(request, f"已收到，{waits}；不显示是谁提的。")
    return redirect(here)


@signed_in
@require_safe
@never_cache
def mine(request: HttpRequest, number: str) -> HttpResponse:
    """List what one said, to change it while it goes on, and one's own statements (我的表态)."""
    desk = _desk(request, number)
    context = {"answered": soundings.answered_by(desk), "made": soundings.made_by(desk)}
    return _shown(request, desk, "opinions_mine.html", context)


@require_safe
@never_cache
def shown(request: HttpRequest, number: str) -> HttpResponse:
    """Show everybody the map of opinions as it was last drawn (观点图)."""
    desk = _desk(request, number)
    return _shown(request, desk, "opinion_map.html", {"picture": picture.of(desk.topic)})


@require_safe
def export_file(request: HttpRequest, number: str) -> HttpResponse:
    """Hand everybody the votes without names, from which the map is drawn again (下载全部表态)."""
    document = opinion_file.document(_desk(request, number).topic)
    if document is None:
        raise Http404
    answer = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{document["number"]}-opinions.json"'
    return answer


def _page(request: HttpRequest, desk: Desk, *, asked: soundings.Asked | None) -> HttpResponse:
    verdict = soundings.may_speak(desk)
    context = {
        "asked": asked,
        "verdict": verdict,
        "words": tuple((one.value, one.label) for one in Said),
        "longest": soundings.LONGEST,
        "signin_first": desk.actor.person_id is None and soundings.is_open(desk),
    }
    return _shown(request, desk, "opinions.html", context)


def _shown(request: HttpRequest, desk: Desk, template: str, context: dict[str, Any]) -> HttpResponse:
    here = Here(desk.seat.chain, desk.seat.edition)
    around = {
        "desk": desk,
        "matter": desk.matter,
        "sounding": desk.topic.sounding,
        "is_open": soundings.is_open(desk),
        "clause": soundings.clause(),
        "crumbs": here.crumbs,
    }
    return show(request, template, around | context, here=here, at="part")


def _desk(request: HttpRequest, number: str) -> Desk:
    desk = access.sit(number, by=actor_of(request), at=now())
    if desk is None or soundings.of(desk.topic) is None:
        raise Http404
    return desk
