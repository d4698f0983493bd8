"""The pages of topics: the list, raising one, and one on its way with its acts (议题)."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies import queries as bodies
from linli.bodies.entering import actor_of
from linli.console import lists, telling
from linli.console.behind import clock_of
from linli.console.nav import surroundings
from linli.console.reach import seat_of
from linli.console.topic_forms import RaiseForm, TopicActForm
from linli.core.acts import ACTS
from linli.core.verdict import Refused
from linli.deliberation import access, covenants, queries, soundings
from linli.deliberation.access import Desk
from linli.deliberation.actions import participating, posting, tasking
from linli.deliberation.actions.participating import Invited
from linli.deliberation.actions.raising import Proposal
from linli.deliberation.actions.tasking import Asked
from linli.frame import refused as refusing
from linli.frame import wording
from linli.frame.citing import cite
from linli.frame.clock import day_of, now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.handoffs import case_to_topic as corridor
from linli.handoffs import topic_ended
from linli.matters import queries as matters
from linli.matters import story
from linli.matters.choices import Visibility
from linli.places import queries as places
from linli.pledges import access as keeping

if TYPE_CHECKING:
    from linli.core.procedure import Opening, Procedure

Doing = Callable[[Desk, Mapping[str, Any]], object]
# What is done on a page of its own.
ELSEWHERE = {
    "call_meeting": "console:meeting_new",
    "open_ballot": "console:ballot_new",
    "enter_names": "console:topic_names",
}
# What a resident does on the residents' side.
OF_RESIDENTS = frozenset({"support", "take_back", "disown", "sign"})
_FINAL = frozenset({"decline", "withdraw", "reject"})


def _name(desk: Desk, said: Mapping[str, Any]) -> object:
    names = bodies.names(said["bodies"], pack=desk.matter.pack) if said["bodies"] else {}
    invited = [Invited(name, body=number) for number, name in names.items()]
    invited += [Invited(line.strip()[:80]) for line in said["others"].splitlines() if line.strip()]
    return participating.name_participants(desk, invited, words=said["words"], seen=said["seen"])


def _add_task(desk: Desk, said: Mapping[str, Any]) -> object:
    asked = Asked(said["title"], said["due_on"], body=said["body"])
    return tasking.add_task(desk, asked, seen=said["seen"])


def _report_task(desk: Desk, said: Mapping[str, Any]) -> object:
    task = next(one for one in desk.tasks if one.pk == said["task"])
    return tasking.report_task(desk, task, words=said["words"], is_done=said["is_done"], seen=said["seen"])


_DOING: Mapping[str, Doing] = {
    "name_participants": _name,
    "add_task": _add_task,
    "report_task": _report_task,
    "post_notice": lambda desk, said: posting.post_notice(
        desk, title=said["title"], words=said["words"], seen=said["seen"]
    ),
}


@signed_in
@require_safe
@never_cache
def listed(request: HttpRequest) -> HttpResponse:
    """List the topics at a place, the latest movement first (议题)."""
    scope = seat_of(request)
    state = "done" if request.GET.get("state") == "done" else "open"
    found = queries.listed(
        scope.place.path,
        cursor=request.GET.get("from", ""),
        is_shown=not scope.actor.reaches(scope.place.path),
        is_open=state == "open",
    )
    query = f"?within={scope.place.path}&state="
    context = {
        "scope": scope,
        "topics": [
            (one, matters.procedure_of(one.matter), matters.step_of(one.matter)) for one in found.rows
        ],
        "states": [
            {"label": label, "href": query + key, "current": key == state}
            for key, label in (("open", "正在议"), ("done", "已经办完"))
        ],
        "can_raise": bool(access.methods(scope.edition, at=scope.chain, by=scope.actor)),
        "older_href": f"{query}{state}&from={found.following}" if found.following else "",
        "newer_href": query + state if request.GET.get("from") else "",
    }
    return render(request, "console/topics.html", surroundings(request, here="deciding") | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Choose a method and raise a topic; it may grow out of cases (提出议题)."""
    scope, numbers = seat_of(request), tuple(request.GET.getlist("case"))
    methods = access.methods(scope.edition, at=scope.chain, by=scope.actor)
    form = RaiseForm(
        request.POST if request.method == "POST" else None,
        methods=[(one.key, one.title) for one in methods],
        initial=corridor.first_words(numbers, by=scope.actor, at=now())
        | {"procedure": methods[0].key if methods else ""},
    )
    if request.method == "POST" and form.is_valid():
        told = Proposal(spots=scope.chain, **form.cleaned_data)
        try:
            topic = corridor.take_up(told, numbers=numbers, by=scope.actor, at=now())
        except Refused as refused:
            form.add_error(None, "".join(str(one) for one in refused.refusals))
        else:
            messages.success(request, f"已提出，编号 {topic.matter.number}。")
            return redirect("console:topic", topic.matter.number)
    context = {
        "scope": scope,
        "form": form,
        "methods": methods,
        "choices": [(one.key, one.title, one.about, "", _way(one)) for one in methods],
        "numbers": numbers,
        "query": request.GET.urlencode(),
    }
    status = STATUS if form.errors else 200
    return render(
        request, "console/topic_new.html", surroundings(request, here="deciding") | context, status=status
    )


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show a topic to whoever works on it or oversees it (议题)."""
    return _page(request, _desk(request, number))


@signed_in
@require_POST
def act(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    """Do an act on a topic (办理)."""
    if act not in ACTS or act in ELSEWHERE or act in OF_RESIDENTS:
        raise Http404
    try:
        with transaction.atomic():
            desk = _desk(request, number, to_act=True)
            form = _form(desk, act, data=request.POST)
            if not form.is_valid():
                return _page(request, desk, wrong=(act, form))
            _do(desk, act, form.cleaned_data)
    except Refused as refused:
        href = reverse("console:topic", args=(number,))
        return refusing.refusal(request, refused.refusals, pack=desk.matter.pack, back_href=href)
    messages.success(request, f"「{ACTS[act].title}」已办好。")
    return redirect("console:topic", desk.matter.number)


def page_of(request: HttpRequest, number: str) -> HttpResponse | None:
    """Lead to the page of a topic, where a number turns out to be one (议题)."""
    desk = access.sit(number, by=actor_of(request), at=now())
    if desk is None:
        return None
    href = reverse("console:topic", args=(desk.matter.number,))
    return (
        HttpResponse(headers={"HX-Redirect": href}) if request.headers.get("HX-Request") else redirect(href)
    )


def _way(method: "Procedure") -> str:
    """Say the steps of a method in their order (步骤)."""
    return " → ".join(step.title for step in method.steps if not step.ends)


def _do(desk: Desk, act: str, said: Mapping[str, Any]) -> None:
    doing = _DOING.get(act)
    if doing:
        doing(desk, said)
    else:
        topic_ended.step(desk, act, words=said.get("words", ""), seen=said["seen"])


def _desk(request: HttpRequest, number: str, *, to_act: bool = False) -> Desk:
    desk = access.sit(number, by=actor_of(request), at=now(), to_act=to_act)
    if desk is None or not (desk.actor.is_staff and desk.works_on_it):
        raise Http404
    return desk


def _page(request: HttpRequest, desk: Desk, *, wrong: tuple[str, TopicActForm] | None = None) -> HttpResponse:
    matter, told = desk.matter, story.tell(desk.matter)
    first = next(iter(told.nexts), None)
    forms = dict([wrong]) if wrong else {}
    openings = [one for one in desk.openings() if one.act not in OF_RESIDENTS]
    context = {
        "desk": desk,
        "matter": matter,
        "may_pledge": matter.closed_at is None and keeping.may_keep(desk.actor, path=matter.place_path),
        "topic": desk.topic,
        "crumbs": tuple((spot.name, "") for spot in places.plainly(desk.seat.chain)[1:]),
        "stops": told.stations,
        "next_words": telling.next_words(first, at=desk.at) if first else "",
        "next_clause": cite(first.clause, matter.pack) if first else "",
        "clock_now": clock_of(matter, at=desk.at),
        "acts": [_laid_out(one, desk, forms) for one in openings if one.is_open],
        "closed": [
            one for one in openings if not one.is_open and one.rule in desk.procedure.rules_at(desk.step)
        ],
        "wrong": wrong[0] if wrong else "",
        "is_public": matter.visibility == Visibility.PUBLIC,
        "due": wording.deadline(matter.due_at, today=day_of(desk.at)) if matter.due_at else "",
        "tasks": desk.tasks,
        "covenant": desk.covenant,
        "sounding": soundings.of(desk.topic),
        "asks_opinions": soundings.of(desk.topic) is not None or bool(soundings.may_open(desk)),
        "kept": covenants.kept(covenants.rounds(desk.covenant)) if desk.covenant else None,
        "happened": desk.happened.lines,
        "notices": desk.happened.notices,
        "origins": lists.ledger_rows(matters.of_ids(queries.origins(desk.topic)), at=desk.at),
        "entries": telling.entries(told, pack=matter.pack),
    }
    status = STATUS if wrong else 200
    return render(
        request, "console/topic.html", surroundings(request, here="deciding") | context, status=status
    )


def _form(desk: Desk, act: str, *, data: Any = None) -> TopicActForm:
    asks_bodies = act in ("name_participants", "add_task")
    names = bodies.choices(desk.matter.place_path, pack=desk.matter.pack) if asks_bodies else ()
    tasks = [(one.pk, one.title) for one in tasking.mine(desk)] if act == "report_task" else ()
    initial = {"seen": desk.matter.turn, "title": desk.matter.title} | _words(desk, act)
    if act == "add_task":
        initial["title"] = ""
    return TopicActForm(act, data, bodies=names, tasks=tasks, initial=initial)


def _words(desk: Desk, act: str) -> dict[str, str]:
    """Offer what was said before, where an act says it again."""
    topic = desk.topic
    offered = {
        "conclude": topic.opinion or (soundings.draft(topic) if act == "conclude" else ""),
        "resolve": topic.opinion,
        "post_notice": topic.resolution or topic.opinion,
        "report_back": topic.result,
    }
    return {"words": offered[act]} if offered.get(act) else {}


def _laid_out(one: "Opening", desk: Desk, forms: Mapping[str, TopicActForm]) -> dict[str, Any]:
    elsewhere = ELSEWHERE.get(one.act, "")
    return {
        "key": one.act,
        "name": one.rule.name,
        "href": _href(one.act, desk.matter.number) if elsewhere else "",
        "form": None if elsewhere else forms.get(one.act) or _form(desk, one.act),
        "clause": one.rule.clause,
        "kind": "danger" if one.act in _FINAL else "primary" if one.rule.kind.moves else "quiet",
    }


def _href(act: str, number: str) -> str:
    """Return the address of the page on which an act is done."""
    if act == "enter_names":
        return reverse(ELSEWHERE[act], args=(number,))
    return f"{reverse(ELSEWHERE[act])}?topic={number}"
