"""The page of one campaign, its acts, and letting it take up a case that came later (专项治理)."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.campaigns import access, actions, queries
from linli.campaigns.access import Desk
from linli.cases import access as cases
from linli.console import lists, telling
from linli.console.behind import clock_of
from linli.console.campaign_forms import CampaignActForm
from linli.console.nav import surroundings
from linli.core.acts import ACTS
from linli.core.verdict import Refused
from linli.frame import refused as refusing
from linli.frame import wording
from linli.frame.citing import cite
from linli.frame.clock import day_of, now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.handoffs import cases_to_campaign as corridor
from linli.insight import effect as effects
from linli.matters import queries as matters
from linli.matters import story
from linli.matters.choices import Visibility
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.core.procedure import Opening
    from linli.matters.models import Matter

Doing = Callable[[Desk, Mapping[str, Any]], object]
_DOING: Mapping[str, Doing] = {
    "dispatch": lambda desk, said: actions.begin(
        desk, lead=said["lead"], words=said["words"], seen=said["seen"]
    ),
    "report_back": lambda desk, said: actions.report_back(desk, words=said["words"], seen=said["seen"]),
    "publish": lambda desk, said: actions.publish(desk, seen=said["seen"]),
    "unpublish": lambda desk, said: actions.unpublish(desk, words=said["words"], seen=said["seen"]),
}
_FINAL = frozenset({"decline", "unpublish"})


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show a campaign to whoever works on it or oversees it (专项治理)."""
    return _page(request, _desk(request, number))


@signed_in
@require_POST
def act(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    """Do an act on a campaign (办理)."""
    if act not in ACTS:
        raise Http404
    try:
        with transaction.atomic():
            desk = _desk(request, number, to_act=True)
            form = _form(desk, act, data=request.POST)
            if not form.is_valid():
                return _page(request, desk, wrong=(act, form))
            _do(desk, act, form.cleaned_data)
    except Refused as refused:
        href = reverse("console:campaign", args=(number,))
        return refusing.refusal(request, refused.refusals, pack=desk.matter.pack, back_href=href)
    messages.success(request, f"「{ACTS[act].title}」已办好。")
    return redirect("console:campaign", desk.matter.number)


def _do(desk: Desk, act: str, said: Mapping[str, Any]) -> None:
    doing = _DOING.get(act)
    if doing:
        doing(desk, said)
    else:
        actions.step(desk, act, words=said.get("words", ""), seen=said["seen"])


@signed_in
@require_POST
def attach(request: HttpRequest, number: str) -> HttpResponseBase:
    """Let a running campaign take up a case (归入专项治理)."""
    href, by = reverse("console:matter", args=(number,)), actor_of(request)
    case = cases.sit(number, by=by, at=now())
    if case is None or not (by.is_staff and case.sees_all):
        raise Http404
    try:
        corridor.attach(number, to=request.POST.get("campaign", ""), by=by, at=now())
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=case.matter.pack, back_href=href)
    messages.success(request, "已归入专项治理，并告诉了反映的人。")
    return redirect(href)


def page_of(request: HttpRequest, number: str) -> HttpResponse | None:
    """Lead to the page of a campaign, where a number turns out to be one (专项治理)."""
    desk = access.sit(number, by=actor_of(request), at=now())
    if desk is None:
        return None
    href = reverse("console:campaign", args=(desk.matter.number,))
    return (
        HttpResponse(headers={"HX-Redirect": href}) if request.headers.get("HX-Request") else redirect(href)
    )


def _desk(request: HttpRequest, number: str, *, to_act: bool = False) -> Desk:
    desk = access.sit(number, by=actor_of(request), at=now(), to_act=to_act)
    if desk is None or not desk.sees_all:
        raise Http404
    return desk


def _page(
    request: HttpRequest, desk: Desk, *, wrong: tuple[str, CampaignActForm] | None = None
) -> HttpResponse:
    matter, campaign, told = desk.matter, desk.campaign, story.tell(desk.matter)
    effect = effects.effect(campaign, at=desk.at)
    first = next(iter(told.nexts), None)
    forms = dict([wrong]) if wrong else {}
    opened = [one for one in desk.openings() if one.is_open]
    context = {
        "matter": matter,
        "campaign": campaign,
        "crumbs": tuple((spot.name, "") for spot in places.plainly(desk.seat.chain)[1:]),
        "stops": told.stations,
        "next_words": telling.next_words(first, at=desk.at) if first else "",
        "next_clause": cite(first.clause, matter.pack) if first else "",
        "clock_now": clock_of(matter, at=desk.at),
        "acts": [_laid_out(one, forms.get(one.act) or _form(desk, one.act)) for one in opened],
        "wrong": wrong[0] if wrong else "",
        "is_public": matter.visibility == Visibility.PUBLIC,
        "due": wording.deadline(matter.due_at, today=day_of(desk.at)) if matter.due_at else "",
        "effect": effect,
        "columns": [f"{first.month}月{first.day}日起" for first, _ in effect.weeks] if effect else (),
        "series": ({"label": "每周反映", "values": [count for _, count in effect.weeks]},) if effect else (),
        "rows": lists.ledger_rows(matters.of_ids(queries.included(campaign)), at=desk.at),
        "entries": telling.entries(told, pack=matter.pack),
    }
    status = STATUS if wrong else 200
    return render(
        request, "console/campaign.html", surroundings(request, here="hot") | context, status=status
    )


def _form(desk: Desk, act: str, *, data: Any = None) -> CampaignActForm:
    serving = bodies.serving(desk.matter.place_path, pack=desk.matter.pack).order_by("-place_path", "pk")
    names = [(body.pk, body.name) for body in serving] if act == "dispatch" else ()
    initial = {"seen": desk.matter.turn, "words": desk.campaign.result if act == "report_back" else ""}
    return CampaignActForm(act, data, bodies=names, owner=desk.campaign.owner_id, initial=initial)


def _laid_out(one: "Opening", form: CampaignActForm) -> dict[str, Any]:
    return {
        "key": one.act,
        "name": one.rule.name,
        "form": form,
        "clause": one.rule.clause,
        "kind": "danger" if one.act in _FINAL else "primary" if one.rule.kind.moves else "quiet",
    }


def about(matter: "Matter", *, by: Actor) -> dict[str, Any]:
    """Say which campaign a case is part of, or which running ones could take it up (专项治理)."""
    mine = queries.of_matter(matter.pk)
    running = () if mine else queries.running(matter.place_path)
    alike = [one for one in running if one.matter.category == matter.category]
    return {
        "campaign": mine,
        "reads": mine is not None and access.may_read(mine, by),
        "attachable": [one for one in alike if access.may_read(one, by)],
    }
