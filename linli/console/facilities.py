"""The facilities of a place: what stands where, what is lacking (服务设施)."""

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
from linli.console.facility_forms import FacilityForm, ReasonForm
from linli.console.nav import surroundings
from linli.console.reach import scope_of
from linli.core.verdict import Refused
from linli.facilities import access, actions, queries
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.record import queries as record
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.facilities.models import Facility

Done = TypeVar("Done")

_HERE = "coverage"


@signed_in
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show what stands within a place of each kind, and where it is lacking (服务设施)."""
    scope = scope_of(request)
    standard, whole = scope.edition.facilities, len(scope.chain) == 1
    context = {
        "scope": scope,
        "standard": standard,
        "covers": queries.covers(standard, spot=scope.place, is_whole=whole) if standard else (),
        "rows": _told(queries.within(scope.place.path), scope.edition),
        "may_keep": access.may_keep(scope.actor, path=scope.place.path),
    }
    return render(request, "console/facilities.html", surroundings(request, here=_HERE) | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Enter a facility into the register of a place (登记设施)."""
    scope = scope_of(request)
    if scope.edition.facilities is None or not access.may_keep(scope.actor, path=scope.place.path):
        raise Http404
    form = FacilityForm(request.POST if request.method == "POST" else None, kinds=_kinds(scope.edition))
    if request.method == "POST" and form.is_valid():
        done = _tried(
            form, lambda: actions.enter(form.described, place=scope.place, by=scope.actor, at=now())
        )
        if done:
            messages.success(request, f"「{done.name}」已登记。")
            return redirect("console:facility", done.pk)
    page = surroundings(request, here=_HERE) | {"scope": scope, "form": form}
    return render(request, "console/facility_new.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show a facility with its record (设施)."""
    return _page(request, *_load(request, number))


@signed_in
@require_POST
@never_cache
def act(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Bring a facility up to date, or take it out of use (办理)."""
    actor, facility = _load(request, number)
    if act not in _ACTS:
        raise Http404
    form = _forms(facility, request.POST)[act]
    done = _tried(form, lambda: _ACTS[act](number, form, actor)) if form.is_valid() else None
    if done:
        messages.success(request, f"「{done.name}」{'已停用' if act == 'close' else '已更新'}。")
        return redirect("console:facility", number)
    return _page(request, actor, facility, wrong=(act, form))


def _page(
    request: HttpRequest, actor: Actor, facility: "Facility", *, wrong: tuple[str, Form] | None = None
) -> HttpResponse:
    context = {
        "facility": facility,
        "kind": dict(_kinds(rulebook.current(facility.pack))).get(facility.kind, facility.kind),
        "place_words": places.full_name(places.chain(facility.place_path)),
        "forms": _forms(facility) | dict([wrong] if wrong else []),
        "wrong": wrong[0] if wrong else "",
        "may_keep": access.may_keep(actor, path=facility.place_path),
        "entries": record.timeline(actions.chain_of(facility.pk), newest_first=True),
    }
    page = surroundings(request, here=_HERE) | context
    return render(request, "console/facility.html", page, status=STATUS if wrong else 200)


def _told(found: "Any", edition: Edition) -> "list[tuple[Facility, str]]":
    titles = dict(_kinds(edition))
    return [(one, titles.get(one.kind, one.kind)) for one in found]


def _kinds(edition: Edition) -> list[tuple[str, str]]:
    return [(one.key, one.title) for one in edition.facilities.kinds] if edition.facilities else []


def _load(request: HttpRequest, number: int) -> "tuple[Actor, Facility]":
    actor, facility = actor_of(request), queries.of_id(number)
    if facility is None or not actor.reaches(facility.place_path):
        raise Http404
    return actor, facility


def _forms(facility: "Facility", data: Any = None) -> dict[str, Form]:
    names = ("name", "kind", "address", "hours", "area", "is_accessible", "phone")
    known = {name: getattr(facility, name) for name in names}
    kinds = _kinds(rulebook.current(facility.pack))
    return {"describe": FacilityForm(data, kinds=kinds, initial=known), "close": ReasonForm(data)}


def _tried(form: Form, act: Callable[[], Done]) -> Done | None:
    """Do an act, and put why it was refused on the form."""
    try:
        return act()
    except Refused as refused:
        form.add_error(None, [str(one) for one in refused.refusals])
        return None


_ACTS: "dict[str, Callable[[int, Any, Actor], Facility]]" = {
    "describe": lambda number, form, by: actions.describe(number, form.described, by=by, at=now()),
    "close": lambda number, form, by: actions.close(
        number, words=form.cleaned_data["words"], by=by, at=now()
    ),
}
