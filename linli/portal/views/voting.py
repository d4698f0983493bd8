"""Voting on a phone, and checking that one's vote was counted (投票)."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.ballots import access, export, queries
from linli.ballots.actions import casting
from linli.ballots.choices import Stage
from linli.bodies.entering import actor_of
from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.portal import here as memory
from linli.portal import voting
from linli.portal.surroundings import show

if TYPE_CHECKING:
    from linli.ballots.models import Ballot, Elector

_LONGEST_CODE = 64
_ON_A_PAGE = 100


@require_safe
@never_cache
def ballots(request: HttpRequest) -> HttpResponse:
    """List what I may vote on, and what is decided where I live (我要参与：表决)."""
    person, here, at = actor_of(request).person_id, memory.remembered(request), now()
    mine = voting.rows_for(person, at=at) if person else ()
    around = voting.rows_at(here.spot, at=at, but=[row.href for row in mine]) if here else ()
    return show(request, "ballots.html", {"mine": mine, "around": around}, here=here, at="part")


@require_safe
@never_cache
def ballot(request: HttpRequest, number: str) -> HttpResponse:
    """Show a ballot: the one thing to do now, or what was decided (表决)."""
    return _page(request, _ballot(number))


@signed_in
@require_POST
def vote(request: HttpRequest, number: str) -> HttpResponse:
    """Ask whether the vote is meant so, then cast it and lead to its receipt (投票)."""
    actor, at = actor_of(request), now()
    elector = _own(number, request.POST.get("elector", ""), person=actor.person_id)
    if elector is None:
        raise Http404
    chosen = request.POST.getlist("chosen")
    casting.require_open(elector.ballot, at=at)
    try:
        marks = elector.ballot.slip.read(chosen)
    except Refused as refused:
        errors = [f"{one.sentence}{one.remedy}" for one in refused.refusals]
        return _page(request, elector.ballot, chosen=chosen, errors=errors)
    if "sure" not in request.POST:
        access.may_vote_for(elector, person=actor.person_id or 0).require()
        context = {"elector": elector, "ballot": elector.ballot, "marks": marks}
        return _shown(request, "ballot_sure.html", context, elector.ballot)
    code = casting.cast(elector, marks, by=actor, at=at)
    return redirect(f"{reverse('portal:ballot_receipt', args=(number,))}?code={code}&new=1")


@signed_in
@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm or dispute what staff entered for me (确认代录)."""
    actor = actor_of(request)
    elector = _own(number, request.POST.get("elector", ""), person=actor.person_id)
    if elector is None:
        raise Http404
    if request.POST.get("answer") == "dispute":
        casting.dispute(elector, by=actor, at=now())
        messages.success(request, "好的，这一票不算了，您可以重新投。")
    else:
        casting.confirm(elector, by=actor, at=now())
        messages.success(request, "谢谢确认。")
    return redirect("portal:ballot", number)


@require_safe
@never_cache
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Tell anybody who has the code of a receipt whether that vote counts; never how it was cast (查回执)."""
    found = _ballot(number)
    code = casting.plain_code(request.GET.get("code", "")[:_LONGEST_CODE])
    context = {
        "ballot": found,
        "code": code,
        "is_known": bool(code) and queries.is_received(found, code),
        "is_new": "new" in request.GET,
        "is_closed": found.closed_at is not None,
        "is_cancelled": found.cancelled_at is not None,
    }
    return _shown(request, "ballot_receipt.html", context, found)


@require_safe
def counted(request: HttpRequest, number: str) -> HttpResponse:
    """List the digests of all counted votes, some at a time, under their root (计入清单)."""
    found = _ended(number)
    after = request.GET.get("from", "")[:_LONGEST_CODE]
    rows = queries.receipts_after(found, after, most=_ON_A_PAGE + 1)
    context = {
        "ballot": found,
        "rows": rows[:_ON_A_PAGE],
        "older_href": f"?from={rows[_ON_A_PAGE - 1]}" if len(rows) > _ON_A_PAGE else "",
        "newer_href": "?" if after else "",
    }
    return _shown(request, "ballot_list.html", context, found)


@require_safe
def export_file(_request: HttpRequest, number: str) -> HttpResponse:
    """Hand everybody the file from which a ballot is counted again (下载全部数据)."""
    found = _ended(number)
    answer = JsonResponse(export.document(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{found.number}.json"'
    return answer


def _page(
    request: HttpRequest, found: "Ballot", *, chosen: list[str] | None = None, errors: list[str] | None = None
) -> HttpResponse:
    at = now()
    mine = voting.heads(found, person=actor_of(request).person_id)
    waiting = [head for head in mine if head.may]
    is_open = found.stage(at=at) == Stage.OPEN
    context = voting.face(found, at=at) | {
        "heads": mine,
        "next": waiting[0] if waiting and is_open else None,
        "chosen": chosen or [],
        "errors": errors or [],
        "is_signed_in": actor_of(request).is_known,
    }
    return _shown(request, "ballot.html", context, found, status=STATUS if errors else 200)


def _shown(
    request: HttpRequest, template: str, context: dict[str, object], found: "Ballot", *, status: int = 200
) -> HttpResponse:
    here = memory.remembered(request) or voting.place_of(found)
    return show(request, template, context, here=here, at="part", status=status)


def _ballot(number: str) -> "Ballot":
    found = queries.of_number(number)
    if found is None:
        raise Http404
    return found


def _ended(number: str) -> "Ballot":
    found = _ballot(number)
    if found.closed_at is None:
        raise Http404
    return found


def _own(number: str, elector: str, *, person: int | None) -> "Elector | None":
    if not (elector.isascii() and elector.isdigit() and len(elector) < _LONGEST_CODE // 4):
        return None
    return access.seat(number, int(elector), person=person)
