"""The register of social organisations, what is lacking, and the ladder of each (社会组织)."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.console.nav import surroundings
from linli.console.reach import scope_of
from linli.console.society_forms import (
    FileForm,
    IncubateForm,
    NewSocietyForm,
    ReasonForm,
    RegisterForm,
    SocietyForm,
)
from linli.core.society import yuan
from linli.core.verdict import Refused, Verdict, all_of, yes
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.pack.edition import Societies
from linli.places import queries as places
from linli.record import queries as record
from linli.rulebook import queries as rulebook
from linli.societies import access, actions, coverage, queries

if TYPE_CHECKING:
    from linli.societies.models import Society

_FEN = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One act on an organisation: open with its form, or closed with the reason (动作)."""

    key: str
    title: str
    verdict: Verdict
    form: Form
    is_wrong: bool = False


@signed_in
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the organisations of a place, and what each community lacks of its goal (组织库)."""
    scope = scope_of(request)
    standard, path = scope.edition.societies, scope.place.path
    kinds = standard.kinds if standard else {}
    context = {
        "scope": scope,
        "standard": standard,
        "covers": coverage.read(standard, within=path) if standard else (),
        "rows": [(one, kinds.get(one.kind, one.kind)) for one in queries.within(path)],
        "may_keep": access.may_keep(scope.actor, path=path),
    }
    return render(request, "console/societies.html", surroundings(request, here="coverage") | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Enter an organisation into the register of a place (入库)."""
    scope = scope_of(request)
    if scope.edition.societies is None or not access.may_keep(scope.actor, path=scope.place.path):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = NewSocietyForm(data, kinds=scope.edition.societies.kinds)
    if request.method == "POST" and form.is_valid():
        certificate = form.cleaned_data["certificate"]
        try:
            society = actions.enter(
                form.described, place=scope.place, certificate=certificate, by=scope.actor, at=now()
            )
        except Refused as refused:
            form.add_error(None, [str(one) for one in refused.refusals])
        else:
            messages.success(request, f"「{society.name}」已入库。")
            return redirect("console:society", society.pk)
    page = surroundings(request, here="coverage") | {"scope": scope, "form": form}
    return render(request, "console/society_new.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show an organisation with the steps that are open to it, and why others are closed (社会组织)."""
    return _page(request, *_load(request, number))


@signed_in
@require_POST
@never_cache
def act(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Do one act on an organisation: bring it up to date, let it climb, close it (办理)."""
    actor, society = _load(request, number)
    if act not in _ACTS:
        raise Http404
    form = _form(act, society, request.POST)
    if not form.is_valid():
        return _page(request, actor, society, wrong=form, wrong_act=act)
    try:
        _ACTS[act](society.pk, form, actor)
    except Refused as refused:
        form.add_error(None, [str(one) for one in refused.refusals])
        return _page(request, actor, society, wrong=form, wrong_act=act)
    messages.success(request, f"「{society.name}」{_TITLES[act]}已办。")
    return redirect("console:society", society.pk)


def _load(request: HttpRequest, number: int) -> "tuple[Actor, Society]":
    actor, society = actor_of(request), queries.of_id(number)
    if society is None or not actor.reaches(society.place_path):
        raise Http404
    return actor, society


def _page(
    request: HttpRequest, actor: Actor, society: "Society", *, wrong: Form | None = None, wrong_act: str = ""
) -> HttpResponse:
    standard = rulebook.current(society.pack).societies
    context = {
        "society": society,
        "kind": standard.kinds.get(society.kind, society.kind) if standard else society.kind,
        "clause": standard.clause if standard else None,
        "place_words": places.full_name(places.chain(society.place_path)),
        "money": yuan(society.money),
        "steps": _steps(actor, society, standard, wrong=wrong, wrong_act=wrong_act),
        "may_keep": access.may_keep(actor, path=society.place_path),
        "entries": record.timeline(actions.chain_of(society.pk), newest_first=True),
    }
    page = surroundings(request, here="coverage") | context
    return render(request, "console/society.html", page, status=STATUS if wrong else 200)


def _steps(
    actor: Actor, society: "Society", standard: Societies | None, *, wrong: Form | None, wrong_act: str
) -> tuple[Step, ...]:
    """List the acts on an organisation that still exists, in the order of the ladder."""
    keeps = access.may_keep(actor, path=society.place_path)
    if society.closed_at is not None or standard is None or not keeps:
        return ()
    return tuple(
        Step(
            key, title, _verdict(key, actor, society),
            wrong if wrong and key == wrong_act else _form(key, society), key == wrong_act,
        )
        for key, title in _TITLES.items()
        if _fits(key, society, standard)
    )  # fmt: skip


def _fits(key: str, society: "Society", standard: Societies) -> bool:
    """Leave out the steps that lie behind an organisation, and those its place does not know."""
    reached = queries.rung(society).value
    behind = {
        "file": reached != "grassroots",
        "incubate": reached in ("incubated", "registered") or not standard.incubators,
        "leave_incubation": reached != "incubated",
        "register": reached == "registered",
    }
    return not behind.get(key, False)


def _verdict(key: str, actor: Actor, society: "Society") -> Verdict:
    ready: dict[str, Callable[[], Verdict]] = {
        "file": lambda: all_of(
            access.may_file(actor, path=society.place_path, rule=actions.law()), actions.can_be_filed(society)
        ),
        "incubate": lambda: actions.can_be_incubated(society),
        "register": lambda: actions.can_be_registered(society),
    }
    return ready.get(key, yes)()


def _form(key: str, society: "Society", data: Any = None) -> Form:
    standard = actions.standard_of(society)
    if key == "describe":
        return SocietyForm(data, kinds=standard.kinds, initial=_known(society))
    if key == "file":
        return FileForm(data, choices=standard.sub_committees)
    if key == "incubate":
        return IncubateForm(data, choices=standard.incubators)
    return RegisterForm(data) if key == "register" else ReasonForm(data)


def _known(society: "Society") -> dict[str, object]:
    names = ("name", "kind", "purpose", "persons", "institutions", "is_professional")
    return {name: getattr(society, name) for name in names} | {"yuan": Decimal(society.money) / _FEN}


_TITLES = {
    "file": "备案",
    "incubate": "进入培育",
    "leave_incubation": "退出培育",
    "register": "登记",
    "describe": "更新情况",
    "close": "注销",
}
_ACTS: dict[str, Callable[[int, Any, Actor], object]] = {
    "file": lambda number, form, by: actions.file(
        number, sub_committee=form.cleaned_data.get("sub_committee", ""), by=by, at=now()
    ),
    "incubate": lambda number, form, by: actions.incubate(
        number, incubator=form.cleaned_data["incubator"], by=by, at=now()
    ),
    "leave_incubation": lambda number, form, by: actions.leave_incubation(
        number, words=form.cleaned_data["words"], by=by, at=now()
    ),
    "register": lambda number, form, by: actions.register_as(
        number, certificate=form.cleaned_data["certificate"], by=by, at=now()
    ),
    "describe": lambda number, form, by: actions.describe(number, form.described, by=by, at=now()),
    "close": lambda number, form, by: actions.close(
        number, words=form.cleaned_data["words"], by=by, at=now()
    ),
}
