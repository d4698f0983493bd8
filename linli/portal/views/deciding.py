"""Taking part: topics, one's own proposal, supporting, signing a covenant (我要参与)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.entering import actor_of
from linli.core.procedure import Opening
from linli.core.verdict import Refused
from linli.deliberation import access, queries, soundings
from linli.deliberation.access import Desk
from linli.deliberation.actions import demanding, papering, participating, raising, signing
from linli.deliberation.actions.raising import Proposal
from linli.disclosure import queries as disclosure
from linli.frame import qr
from linli.frame import refused as refusing
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.matters import queries as matters
from linli.matters import story as stories
from linli.people import households
from linli.portal import here as memory
from linli.portal import way
from linli.portal.here import Here
from linli.portal.surroundings import show
from linli.portal.views import demanding as demanding_page

if TYPE_CHECKING:
    from linli.deliberation.models import Topic

FEW = 5
_TOO_LONG = {"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"}
_DOING = {"support": "附议", "take_back": "撤回联名", "disown": "否认签名", "sign": "签约"}
# What is shown to those alone who may do it: nobody is told why they cannot take back what they did not sign.
_QUIETLY = frozenset({"take_back", "disown"})


class ProposalForm(forms.Form):
    """What a resident proposes to deliberate (居民提案)."""

    title = forms.CharField(
        label="您的提议", max_length=80, error_messages=_TOO_LONG | {"required": "还没有写提议。"}
    )
    words = forms.CharField(
        label="为什么，怎么做",
        help_text="写几句就行。提交后公开征求附议，请不要写个人信息。",
        max_length=4000,
        widget=forms.Textarea,
        error_messages=_TOO_LONG | {"required": "还没有写内容。"},
    )


@require_safe
@never_cache
def part(request: HttpRequest, key: str) -> HttpResponse:
    """Show where one can take part at a place: topics, notices, votes, meetings (我要参与)."""
    here, at = memory.at_key(key), now()
    demands = queries.demands_at([spot.path for spot in here.spots], edition=here.edition, most=FEW)
    context = {
        "here": here,
        "topics": [_row(one) for one in queries.going_on(here.spot.path, most=FEW)],
        "demands": [_row(one) for one in demands],
        "can_demand": bool(demanding_page.ways(here)),
        "notices": disclosure.newest(here.spot.path, at=at, most=FEW),
        "covenants": queries.covenants(here.spot.path, most=FEW),
        "can_propose": bool(_methods(here)),
    }
    return show(request, "part.html", context, here=here, at="part")


@require_safe
@never_cache
def listed(request: HttpRequest, key: str) -> HttpResponse:
    """List the public topics at a place, the latest movement first (议题)."""
    here = memory.at_key(key)
    found = queries.listed(here.spot.path, cursor=request.GET.get("from", ""), is_shown=True)
    context = {
        "here": here,
        "topics": [_row(one) for one in found.rows],
        "older_href": f"?from={found.following}" if found.following else "",
        "newer_href": "?" if request.GET.get("from") else "",
        "can_propose": bool(_methods(here)),
    }
    return show(request, "topics.html", context, here=here, at="part")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def propose(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show the form for a proposal, or raise it and let neighbours support it (居民提案)."""
    here, actor = memory.at_key(key), actor_of(request)
    methods = _methods(here)
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if not methods:
        raise Http404
    if request.method == "POST" and form.is_valid():
        told = Proposal(procedure=methods[0].key, spots=here.spots, channel="web", **form.cleaned_data)
        try:
            topic = raising.propose(told, by=actor, at=now())
        except Refused as refused:
            return refusing.refusal(request, refused.refusals, pack=here.edition.key, back_href=request.path)
        messages.success(request, f"已提交，编号 {topic.matter.number}。请邻居来附议。")
        return redirect("portal:topic", topic.matter.number)
    context = {"here": here, "form": form, "method": methods[0]}
    return show(request, "propose.html", context, here=here, at="part", status=STATUS if form.errors else 200)


@require_safe
@never_cache
def topic(request: HttpRequest, number: str) -> HttpResponse:
    """Show a public topic to everybody, with what one may do oneself (议题)."""
    desk = _desk(request, number)
    matter, story = desk.matter, stories.outline(desk.matter)
    here = Here(desk.seat.chain, desk.seat.edition)
    address = reverse("portal:topic", args=(matter.number,))
    shown = disclosure.of_matter(matter.pk)
    context = {
        "desk": desk,
        "matter": matter,
        "shown": shown,
        "crumbs": here.crumbs,
        "stops": story.stations,
        "ahead": way.ahead(matter, story, at=desk.at, is_raiser=False),
        "acts": [one for one in desk.openings() if one.rule in _here(desk) and _is_shown(one)],
        "happened": desk.happened.lines,
        "notices": desk.happened.notices,
        "tasks": desk.tasks,
        "covenant": desk.covenant,
        "sounding": soundings.of(desk.topic),
        "opinions_open": soundings.is_open(desk),
        "own_href": _own_page(desk),
        "address": request.build_absolute_uri(address),
        "code": qr.svg(request.build_absolute_uri(address), title=f"打开议题 {matter.number}"),
    }
    return show(request, "topic.html", context, here=here, at="part")


@signed_in
@require_POST
def act(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    """Support a topic, or sign its covenant for one's household (附议、签约)."""
    if act not in _DOING:
        raise Http404
    address = reverse("portal:topic", args=(number,))
    try:
        with transaction.atomic():
            desk = _desk(request, number, to_act=True)
            _do(desk, act)
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=desk.matter.pack, back_href=address)
    messages.success(request, _done(desk, act))
    return redirect(address)


def _do(desk: Desk, act: str) -> None:
    if act == "support":
        participating.support(desk)
    elif act == "take_back":
        demanding.take_back(desk)
    elif act == "disown":
        papering.disown(desk)
    else:
        signing.sign(desk, household=households.of_person(desk.actor.person_id))


def _done(desk: Desk, act: str) -> str:
    """Say that an act was done, in the words of its rule."""
    if act == "disown":
        return "已经记下：那不是您签的，不再计入。"
    rule = next((one.rule.name for one in desk.openings() if one.act == act), _DOING[act])
    return f"{rule}成功。"


def _is_shown(one: Opening) -> bool:
    """Show what one may do, or why not."""
    return one.act in _DOING and (one.is_open or one.act not in _QUIETLY)


def _own_page(desk: Desk) -> str:
    """Return the address of the staff page, for whoever works on the topic."""
    works = desk.actor.is_staff and desk.works_on_it
    return reverse("console:topic", args=(desk.matter.number,)) if works else ""


def _here(desk: Desk) -> tuple[Any, ...]:
    return desk.procedure.rules_at(desk.step)


def _desk(request: HttpRequest, number: str, *, to_act: bool = False) -> Desk:
    desk = access.sit(number, by=actor_of(request), at=now(), to_act=to_act)
    if desk is None:
        raise Http404
    return desk


def _methods(here: Here) -> tuple[Any, ...]:
    """Return the methods by which any resident may propose here."""
    every = here.edition.methods_for(queries.TOPIC)
    return tuple(one for one in every if one.first.supporters and one.may_run_at(here.spot.kind))


def _row(topic: "Topic") -> tuple[Any, ...]:
    return topic, matters.procedure_of(topic.matter), matters.step_of(topic.matter)
