"""Ballots at the desk: the list, putting something to the vote, and one that runs or has ended (表决)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.ballots import access, queries
from linli.ballots.actions import closing
from linli.ballots.actions.opening import Asked
from linli.ballots.choices import Stage
from linli.bodies import electorates
from linli.bodies import queries as bodies
from linli.bodies.entering import actor_of
from linli.console.ballot_forms import AskForm
from linli.console.nav import surroundings
from linli.console.reach import Scope, seat_of
from linli.console.served import scope_at, topic_of
from linli.core.ballot import Kind, Slip
from linli.core.eligibility import Roll
from linli.core.verdict import Refused
from linli.frame import refused as refusing
from linli.frame.clock import day_of, local, now
from linli.frame.paging import page
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.handoffs import topic_to_ballot as corridor
from linli.matters import queries as matters
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.ballots.models import Ballot
    from linli.core.forum import Forum
    from linli.matters.models import Matter

_USUAL_DAYS = 7


@signed_in
@require_safe
@never_cache
def listed(request: HttpRequest) -> HttpResponse:
    """List the ballots within a place, the newest first (表决)."""
    scope, at = seat_of(request), now()
    path, person = scope.place.path, scope.actor.person_id
    within = queries.within([path]) if scope.actor.reaches(path) else queries.open_to(person, path=path)
    shown = page(within, by="-id", cursor=request.GET.get("from", ""))
    here = f"?within={scope.place.path}"
    context = {
        "scope": scope,
        "can_open": bool(access.may_open(scope.actor, scope.place.path, edition=scope.edition)),
        "rows": tuple((one, one.stage(at=at)) for one in shown.rows),
        "older_href": f"{here}&from={shown.following}" if shown.following else "",
        "newer_href": here if request.GET.get("from") else "",
    }
    return _shown(request, "ballots.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponseBase:
    """Ask what is to be decided by whom, or open the ballot (发起表决)."""
    at, matter = now(), topic_of(request)
    scope = scope_at(request, matter)
    access.may_open(scope.actor, scope.place.path, edition=scope.edition).require()
    form = _form(request, scope, matter, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            ballot = _open(scope, form, matter, at=at)
        except Refused as refused:
            return refusing.refusal(request, refused.refusals, pack=scope.edition.key)
        messages.success(request, f"表决已经发起，名册上的人都会收到信。编号 {ballot.number}。")
        return redirect("console:ballot", ballot.number)
    context = {"scope": scope, "form": form, "matter": matter}
    return _shown(request, "ballot_new.html", context, status=STATUS if form.errors else 200)


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show a ballot to whoever runs it: who has voted by now, or what was decided (表决)."""
    ballot, at = desk_of(request, number), now()
    outcome, stage, progress = queries.outcome(ballot), ballot.stage(at=at), queries.progress(ballot)
    papers = {
        "printed": queries.printed_papers(ballot),
        "handed_out": queries.handed_out(ballot),
        "counted": queries.counted_papers(ballot),
        "half_typed": queries.half_typed(ballot),
    }
    context = papers | {
        "ballot": ballot,
        "stage": stage,
        "runs": ballot.closed_at is None and ballot.cancelled_at is None,
        "turnout": progress.turnout,
        "attendance": queries.attendance(ballot, progress.turnout),
        "standings": outcome.standings if outcome else progress.live,
        "outcome": outcome,
        "unconfirmed": 0 if ballot.is_secret else queries.unconfirmed(ballot),
        "proxies": len(queries.proxies(ballot)),
        "is_open": stage == Stage.OPEN,
        "is_over": stage == Stage.OVER,
        "left_to_do": _left_to_do(ballot, **papers) if stage == Stage.OVER else "",
        "may_end": access.may_end(actor_of(request), ballot),
    }
    return _shown(request, "ballot.html", context)


@signed_in
@require_POST
def close(request: HttpRequest, number: str) -> HttpResponseBase:
    """Count and publish (结束表决)."""
    ballot = desk_of(request, number)
    try:
        outcome = closing.close(ballot, by=actor_of(request), at=now())
    except Refused as refused:
        return _refused(request, ballot, refused)
    messages.success(request, outcome.said)
    return redirect("console:ballot", number)


@signed_in
@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponseBase:
    """Call a ballot off, with a reason (取消表决)."""
    ballot = desk_of(request, number)
    try:
        closing.cancel(ballot, reason=request.POST.get("reason", "")[:400], by=actor_of(request), at=now())
    except Refused as refused:
        return _refused(request, ballot, refused)
    messages.success(request, "表决已经取消，名册上的人都会收到信。")
    return redirect("console:ballot", number)


def desk_of(request: HttpRequest, number: str) -> "Ballot":
    """Find a ballot that whoever asks may run; any other is a missing page."""
    ballot = queries.of_number(number)
    if ballot is None or not access.may_read(actor_of(request), ballot):
        raise Http404
    return ballot


def _left_to_do(ballot: "Ballot", *, printed: int, handed_out: int, counted: int, half_typed: int) -> str:
    """Say what is to be done with a ballot whose time is over (截止以后)."""
    if half_typed:
        return f"还有 {half_typed} 张纸质票只录了一遍：请另一位工作人员在「录票」里复核。"
    out, way = (handed_out, "发出") if ballot.is_secret else (printed, "印了")
    if out > counted:
        return f"{way} {out} 张纸质票，录好 {counted} 张：请把收回的录完、复核，再结束并公布结果。"
    return "没有等着录的纸质票：请结束并公布结果。"


def _refused(request: HttpRequest, ballot: "Ballot", refused: Refused) -> HttpResponseBase:
    href = reverse("console:ballot", args=(ballot.number,))
    return refusing.refusal(request, refused.refusals, pack=ballot.pack, back_href=href)


def _open(scope: Scope, form: AskForm, matter: "Matter | None", *, at: datetime) -> "Ballot":
    said, edition = form.cleaned_data, scope.edition
    forum = edition.forums[said["forum"]]
    roll = _roll(forum, scope, at=at)
    asked = Asked(
        forum=forum,
        question=said["question"],
        slip=_with_people(said["slip"], roll),
        place_path=scope.place.path,
        pack=edition.key,
        opens_at=max(said["opens_at"], at),
        closes_at=said["closes_at"],
        explained=said["explained"],
        is_secret=said["is_secret"],
        noticed=form.noticed_items,
        matter=matter,
    )
    return corridor.open_ballot(asked, roll, by=scope.actor, at=at)


def _roll(forum: "Forum", scope: Scope, *, at: datetime) -> Roll:
    """Draw the roll of a forum from what is registered here."""
    body = None
    if forum.body_kind:
        body = (
            bodies.of_kinds([forum.body_kind], within=scope.place.path).order_by("place_path", "pk").first()
        )
    return electorates.roll(
        forum.electorate,
        within=scope.place.path,
        on=day_of(at),
        law=rulebook.law(),
        body=body.pk if body else None,
    )


def _with_people(slip: Slip, roll: Roll) -> Slip:
    """Know the candidates who stand on the roll themselves: they hold no proxies."""
    if slip.kind is not Kind.ELECTION:
        return slip
    known = {voter.name: voter.person_ids[0] for voter in roll.voters if len(voter.person_ids) == 1}
    options = tuple(replace(option, person=known.get(option.title)) for option in slip.options)
    return replace(slip, options=options)


def _form(request: HttpRequest, scope: Scope, matter: "Matter | None", *, at: datetime) -> AskForm:
    forums = [(key, one.title) for key, one in scope.edition.forums.items() if one.passes is not None]
    begin = local(at).replace(second=0, microsecond=0)
    initial: dict[str, Any] = {
        "opens_at": begin,
        "closes_at": begin + timedelta(days=_USUAL_DAYS),
        "forum": request.GET.get("forum", ""),
    }
    if matter is not None:
        step = matters.step_of(matter)
        initial |= {"question": matter.title, "forum": step.forum or initial["forum"]}
    return AskForm(request.POST if request.method == "POST" else None, forums=forums, initial=initial)


def _shown(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    around = surroundings(request, here="deciding")
    return render(request, f"console/{template}", around | dict(context), status=status)
