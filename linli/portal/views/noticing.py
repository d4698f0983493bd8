"""The notices of a place, one notice as a paper, and objecting to it (公示)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.bodies.entering import actor_of
from linli.core.masking import mask_text
from linli.core.publicity import Publicity
from linli.core.verdict import Refused
from linli.disclosure import queries
from linli.disclosure.actions import objecting
from linli.frame import qr
from linli.frame import refused as refusing
from linli.frame.clock import now
from linli.frame.paging import page
from linli.frame.signed_in import signed_in
from linli.places import queries as places
from linli.portal import here as memory
from linli.portal.surroundings import show

if TYPE_CHECKING:
    from linli.disclosure.models import Notice

_STATES = (("now", "正在公示"), ("past", "往期"))


@require_safe
@never_cache
def board(request: HttpRequest, key: str) -> HttpResponse:
    """Show what hangs at a place now, or what hung there (公示栏)."""
    here, at = memory.at_key(key), now()
    state = "past" if request.GET.get("state") == "past" else "now"
    ask = queries.came_down if state == "past" else queries.board
    found = page(ask(here.spot.path, at=at), by="-shown_at", cursor=request.GET.get("from", ""))
    context = {
        "here": here,
        "tabs": [
            {"label": label, "href": f"?state={one}", "current": one == state} for one, label in _STATES
        ],
        "notices": found.rows,
        "is_past": state == "past",
        "older_href": f"?state={state}&from={found.following}" if found.following else "",
        "newer_href": f"?state={state}" if request.GET.get("from") else "",
    }
    return show(request, "board.html", context, here=here, at="part")


@require_safe
@never_cache
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """Show a notice as the paper it is, with the days it has hung and what was held against it (公示)."""
    found, at = _found(number), now()
    address = reverse("portal:notice", args=(found.number,))
    context = {
        "issuer": found.office,
        "number": found.number,
        "back_href": reverse("portal:board", args=(places.chain(found.place_path)[-1].key,)),
        "notice": found,
        "clause": queries.clause_of(found),
        "share": _share(found, at=at),
        "is_open": found.taken_down_at is None and at < found.ends_at,
        "objections": [
            (mask_text(one.words), one.is_upheld, mask_text(one.answer))
            for one in queries.objections(found)
            if one.answered_at
        ],
        "waiting": queries.unanswered([found.pk]),
        "code": qr.svg(settings.ORIGIN + address, title=f"打开公示 {found.number}"),
        "address": settings.ORIGIN + address,
    }
    return render(request, "portal/notice.html", context)


@signed_in
@require_POST
def object_to(request: HttpRequest, number: str) -> HttpResponseBase:
    """Take in what somebody holds against a notice (提异议)."""
    address = reverse("portal:notice", args=(number,))
    try:
        with transaction.atomic():
            found = _found(number, to_act=True)
            objecting.object_to(
                found,
                words=request.POST.get("words", ""),
                by=actor_of(request),
                at=now(),
            )
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=found.pack, back_href=address)
    messages.success(request, "异议已收到，答复会写信给您；没有答复以前，这件事不会往下走。")
    return redirect(address)


def _found(number: str, *, to_act: bool = False) -> "Notice":
    found = queries.notice_of_number(number, to_act=to_act)
    if found is None:
        raise Http404
    return found


def _share(notice: "Notice", *, at: datetime) -> int:
    """Say which part of its days a notice has hung, in per cent."""
    whole = Publicity(notice.shown_at, notice.days).closes_at - notice.shown_at
    return max(0, min(100, int((at - notice.shown_at) / whole * 100)))
