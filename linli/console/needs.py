"""What residents need: counted, merged where alike, selected with the reason (需求征集、需求初选)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.console.nav import surroundings
from linli.console.need_forms import MergeForm, ReasonForm
from linli.console.reach import scope_of
from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.places import queries as places
from linli.projects import access, queries
from linli.projects.actions import raising, selecting
from linli.projects.forms import NeedForm
from linli.record import queries as record

if TYPE_CHECKING:
    from linli.projects.models import Wish

Done = TypeVar("Done")

_HERE = "coverage"
_FEW = 200
_TITLES = {"select": "初选入选", "decline": "初选不入选", "merge": "并入同类需求"}


@signed_in
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the needs of a place, the most supported first, and count them by kind (需求)."""
    scope = scope_of(request)
    path = scope.place.path
    context = {
        "scope": scope,
        "open": list(queries.open_needs(path)[:_FEW]),
        "decided": list(queries.decided(path)[:_FEW]),
        "kinds": queries.by_field(path),
        "may_keep": access.may_keep(scope.actor, path=path),
    }
    return render(request, "console/needs.html", surroundings(request, here=_HERE) | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Enter what residents said their place needs (登记需求)."""
    scope = scope_of(request)
    if not access.may_keep(scope.actor, path=scope.place.path):
        raise Http404
    form = NeedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = _tried(
            form, lambda: raising.raise_need(form.told, place=scope.place, by=scope.actor, at=now())
        )
        if done:
            messages.success(request, f"「{done.title}」已登记，编号 {done.number}。")
            return redirect("console:need", done.number)
    page = surroundings(request, here=_HERE) | {"scope": scope, "form": form}
    return render(request, "console/need_form.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show a need with what may be done now (需求)."""
    return _page(request, *_load(request, number))


@signed_in
@require_POST
@never_cache
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Select a need, decline it, or merge it into one that is alike (初选、合并)."""
    actor, need = _load(request, number)
    if act not in _ACTS:
        raise Http404
    form = _forms(need, request.POST)[act]
    done = _tried(form, lambda: _ACTS[act](number, form.cleaned_data, actor)) if form.is_valid() else None
    if done:
        messages.success(request, f"{_TITLES[act]}，已记下，支持的人会收到信。")
        return redirect("console:need", done.number)
    return _page(request, actor, need, wrong=(act, form))


def _page(
    request: HttpRequest, actor: Actor, need: "Wish", *, wrong: tuple[str, Form] | None = None
) -> HttpResponse:
    keeps = access.may_keep(actor, path=need.place_path)
    wrong_key = wrong[0] if wrong else ""
    forms = _forms(need) | dict([wrong] if wrong else []) if (keeps and need.is_open) or wrong else {}
    context = {
        "need": need,
        "place_words": places.full_name(places.chain(need.place_path)),
        "rank": queries.rank(need),
        "steps": [(key, _TITLES[key], form, key == wrong_key) for key, form in forms.items()],
        "keeps": keeps,
        "merged": list(queries.merged(need)),
        "entries": record.timeline(need.number, newest_first=True),
    }
    page = surroundings(request, here=_HERE) | context
    return render(request, "console/need.html", page, status=STATUS if wrong else 200)


def _load(request: HttpRequest, number: str) -> "tuple[Actor, Wish]":
    actor, need = actor_of(request), queries.need(number)
    if need is None or not actor.reaches(need.place_path):
        raise Http404
    return actor, need


def _forms(need: "Wish", data: Any = None) -> dict[str, Form]:
    others = [
        (one.number, f"{one.title}（{one.supports} 人支持）")
        for one in queries.open_needs(need.place_path)
        if one.pk != need.pk and one.place_id == need.place_id
    ]
    forms: dict[str, Form] = {"select": ReasonForm(data), "decline": ReasonForm(data)}
    return forms | ({"merge": MergeForm(data, others=others)} if others or data else {})


def _tried(form: Form, act: Callable[[], Done]) -> Done | None:
    """Do an act, and put why it was refused on the form."""
    try:
        return act()
    except Refused as refused:
        form.add_error(None, [str(one) for one in refused.refusals])
        return None


_ACTS: "dict[str, Callable[[str, Any, Actor], Wish]]" = {
    "select": lambda number, told, by: selecting.select(number, words=told["words"], by=by, at=now()),
    "decline": lambda number, told, by: selecting.decline(number, words=told["words"], by=by, at=now()),
    "merge": lambda number, told, by: selecting.merge(number, into=told["into"], by=by, at=now()),
}
