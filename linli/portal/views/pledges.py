"""What resident institutions promised around a place, kept and not kept (共建承诺)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.bodies.entering import actor_of
from linli.core.verdict import Refused
from linli.frame import refused as refusing
from linli.frame.clock import now, today
from linli.frame.signed_in import signed_in
from linli.places import queries as places
from linli.pledges import access, queries
from linli.pledges.actions import pledging
from linli.portal import here as memory
from linli.portal.here import Here
from linli.portal.surroundings import show
from linli.rulebook import queries as rulebook


@require_safe
@never_cache
def listed(request: HttpRequest, key: str) -> HttpResponse:
    """List the pledges around a place, those to be kept, kept and not kept, and the three lists (共建)."""
    here, on = memory.at_key(key), today()
    community = places.nearest(here.spots, places.COMMUNITIES)
    path = community.path if community else here.spot.path
    pledges = list(queries.pledges(path))
    lines = list(queries.listings(path))
    kept = [one for one in reversed(pledges) if queries.is_done(one)]
    late = [one for one in pledges if one.is_overdue(on)]
    groups = (
        ("逾期没有兑现", late),
        ("正在兑现", [one for one in pledges if one.is_open and one not in late]),
        ("已经做完", kept),
        ("已撤回", [one for one in reversed(pledges) if not one.is_open and one not in kept]),
    )
    context = {
        "here": here,
        "on": on,
        "groups": [(title, rows) for title, rows in groups if rows],
        "lists": [
            (title, rows)
            for sort, title in queries.sorts()
            if (rows := [one for one in lines if one.sort == sort])
        ],
        "institutions": list(queries.institutions(path)),
    }
    return show(request, "pledges.html", context, here=here, at="part")


@require_safe
@never_cache
def show_one(request: HttpRequest, number: str) -> HttpResponse:
    """Show a pledge, and ask the one who needed it whether it helped (承诺)."""
    pledge = queries.pledge(number)
    if pledge is None:
        raise Http404
    actor = actor_of(request)
    spots = places.chain(pledge.place_path)
    context = {
        "pledge": pledge,
        "on": today(),
        "scores": queries.scores(),
        "is_mine": pledge.need.asked_by_id is not None and pledge.need.asked_by_id == actor.person_id,
        "rates": access.may_rate(actor, pledge),
    }
    here = Here(spots, rulebook.current(spots[-1].pack))
    return show(request, "pledge.html", context, here=here, at="part")


@signed_in
@require_POST
@never_cache
def rate(request: HttpRequest, number: str) -> HttpResponseBase:
    """Say whether what was done met my need (反馈)."""
    pledge, actor = queries.pledge(number), actor_of(request)
    if pledge is None or pledge.need.asked_by_id is None or pledge.need.asked_by_id != actor.person_id:
        raise Http404
    back = reverse("portal:pledge", args=(number,))
    score, words = request.POST.get("score", ""), request.POST.get("words", "")[:400]
    try:
        pledging.rate(number, score=score, words=words, by=actor, at=now())
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=pledge.need.pack, back_href=back)
    messages.success(request, "谢谢您的反馈，已经公开。")
    return redirect(back)
