"""Resident institutions, the three lists, and each pledge until it is kept (驻区单位共建)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.console.nav import surroundings
from linli.console.pledge_forms import InstitutionForm, LineForm, PledgeForm, ScoreForm, WordsForm
from linli.console.reach import Scope, scope_of
from linli.core.verdict import Refused
from linli.frame import refused as refusing
from linli.frame.clock import now, today
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.handoffs import need_to_pledge as corridor
from linli.places import queries as places
from linli.pledges import access, queries
from linli.pledges.actions import listing, pledging
from linli.record import queries as record

if TYPE_CHECKING:
    from linli.pledges.models import Listing, Pledge

Done = TypeVar("Done")

_HERE = "coverage"
_TITLES = {"begin": "开始做", "finish": "做完了", "withdraw": "撤回承诺", "rate": "记下反馈"}


@signed_in
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List institutions, the three lists and the pledges of a place, what is overdue first (共建)."""
    scope, on = scope_of(request), today()
    path = scope.place.path
    lines = list(queries.listings(path))
    pledges = list(queries.pledges(path))
    context = {
        "scope": scope,
        "on": on,
        "institutions": list(queries.institutions(path)),
        "lists": [(key, title, [one for one in lines if one.sort == key]) for key, title in queries.sorts()],
        "running": [one for one in pledges if one.is_open],
        "ended": [one for one in reversed(pledges) if not one.is_open],
        "may_keep": access.may_keep(scope.actor, path=path),
    }
    return render(request, "console/pledges.html", surroundings(request, here=_HERE) | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_institution(request: HttpRequest) -> HttpResponse:
    """Enter an institution into the register of a place (登记驻区单位)."""
    scope = _kept(request)
    form = InstitutionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = _tried(
            form, lambda: listing.enter(form.described, place=scope.place, by=scope.actor, at=now())
        )
        if done:
            messages.success(request, f"「{done.name}」已登记。")
            return _back(scope.place.path)
    return _form_page(request, scope, form, title="登记驻区单位", send="登记")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_line(request: HttpRequest) -> HttpResponse:
    """Put something on one of the three lists of a place (列入清单)."""
    scope = _kept(request)
    institutions = [(one.pk, one.name) for one in queries.institutions(scope.place.path)]
    form = LineForm(
        request.POST if request.method == "POST" else None, institutions=institutions,
        initial={"sort": request.GET.get("sort", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        done = _tried(form, lambda: listing.list_one(form.line, place=scope.place, by=scope.actor, at=now()))
        if done:
            messages.success(request, f"「{done.title}」已列入{done.get_sort_display()}。")
            return _back(scope.place.path)
    return _form_page(request, scope, form, title="列入清单", send="列入")


@signed_in
@require_POST
def strike(request: HttpRequest, number: int) -> HttpResponseBase:
    """Strike a line off its list (划去)."""
    actor, line = actor_of(request), queries.listing(number)
    if line is None or not access.may_keep(actor, path=line.place_path) or not actor.reaches(line.place_path):
        raise Http404
    try:
        listing.strike(number, by=actor, at=now())
    except Refused as refused:
        back = f"{reverse('console:pledges')}?within={line.place_path}"
        return refusing.refusal(request, refused.refusals, pack=line.pack, back_href=back)
    messages.success(request, f"「{line.title}」已划去。")
    return _back(line.place_path)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def institution(request: HttpRequest, number: int) -> HttpResponse:
    """Show an institution with its lists and pledges, and let it leave with the reason (驻区单位)."""
    actor, found = actor_of(request), queries.institution(number)
    if found is None or not actor.reaches(found.place_path):
        raise Http404
    may_keep = access.may_keep(actor, path=found.place_path)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        done = _tried(form, lambda: listing.leave(number, words=words, by=actor, at=now()))
        if done:
            messages.success(request, f"「{found.name}」已迁出。")
            return redirect("console:institution", number)
    context = {
        "institution": found,
        "on": today(),
        "form": form,
        "may_keep": may_keep,
        "lines": [one for one in queries.listings(found.place_path) if one.institution_id == found.pk],
        "pledges": list(found.pledges.select_related("institution", "need").order_by("-promised_at")),
        "entries": record.timeline(listing.chain_of(number), newest_first=True),
    }
    page = surroundings(request, here=_HERE) | context
    return render(request, "console/institution.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Let an institution take up a need of the list, or what a matter needs (认领需求)."""
    scope = _kept(request)
    need, matter = _need(request, scope), request.GET.get("matter", "")
    if need is None:
        _readable(matter, scope)
    around = _community(scope)
    lent = [
        (one.pk, f"{one.institution.name if one.institution else '社区'}：{one.title}")
        for one in queries.listings(around, sort="resource")
    ]
    form = PledgeForm(
        request.POST if request.method == "POST" else None, resources=lent, needs_title=need is None,
        institutions=[(one.pk, one.name) for one in queries.institutions(around)],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        done = _tried(form, lambda: _promise(form, need, matter, by=scope.actor))
        if done:
            messages.success(request, f"「{done.institution.name}」的承诺已记下。")
            return redirect("console:pledge", done.number)
    title = f"认领：{need.title}" if need else f"请驻区单位认领 {matter}"
    return _form_page(request, scope, form, title=title, send="记下承诺", query=request.GET.urlencode())


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show a pledge with what may be done now (承诺)."""
    return _page(request, *_load(request, number))


@signed_in
@require_POST
@never_cache
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Note that a pledge was begun, done, withdrawn, or what was said of it (办理)."""
    actor, pledge = _load(request, number)
    if act not in _ACTS:
        raise Http404
    form = _forms(request.POST)[act]
    done = _tried(form, lambda: _ACTS[act](number, form.cleaned_data, actor)) if form.is_valid() else None
    if done:
        messages.success(request, f"{_TITLES[act]}，已记下。")
        return redirect("console:pledge", number)
    return _page(request, actor, pledge, wrong=(act, form))


def _page(
    request: HttpRequest, actor: Actor, pledge: "Pledge", *, wrong: tuple[str, Form] | None = None
) -> HttpResponse:
    keeps = access.may_keep(actor, path=pledge.place_path)
    rates = access.may_rate(actor, pledge)
    open_keys = [key for key in ("begin", "finish", "withdraw") if keeps and pledge.is_open]
    if pledge.stage == "begun":
        open_keys.remove("begin")
    if rates:
        open_keys.append("rate")
    forms = _forms() | dict([wrong] if wrong else [])
    wrong_key = wrong[0] if wrong else ""
    shown = [key for key in _TITLES if key in open_keys or key == wrong_key]
    context = {
        "pledge": pledge,
        "on": today(),
        "place_words": places.full_name(places.chain(pledge.place_path)),
        "steps": [(key, _TITLES[key], forms[key], key == wrong_key) for key in shown],
        "rates": rates,
        "is_done": queries.is_done(pledge),
        "entries": record.timeline(pledge.number, newest_first=True),
    }
    page = surroundings(request, here=_HERE) | context
    return render(request, "console/pledge.html", page, status=STATUS if wrong else 200)


def _form_page(
    request: HttpRequest, scope: Scope, form: Form, *, title: str, send: str, query: str = ""
) -> HttpResponse:
    context = {"scope": scope, "form": form, "title": title, "send": send}
    context["query"] = query or f"within={scope.place.path}"
    page = surroundings(request, here=_HERE) | context
    return render(request, "console/pledge_form.html", page, status=STATUS if form.errors else 200)


def _promise(form: PledgeForm, need: "Listing | None", matter: str, *, by: Actor) -> "Pledge":
    if need is not None:
        return pledging.promise(need.pk, form.promised, by=by, at=now())
    return corridor.take_up(matter, form.promised, need=form.cleaned_data["need"], by=by, at=now())


def _need(request: HttpRequest, scope: Scope) -> "Listing | None":
    """Read which line of the list of needs is taken up; none when it comes out of a matter."""
    asked = request.GET.get("need", "")
    if not asked:
        return None
    line = queries.listing(int(asked)) if asked.isascii() and asked.isdigit() else None
    if line is None or line.sort != "need" or not line.place_path.startswith(scope.place.path):
        raise Http404
    return line


def _readable(matter: str, scope: Scope) -> None:
    try:
        found = corridor.readable(matter, by=scope.actor, at=now())
    except Refused as refused:
        raise Http404 from refused
    if not found.place_path.startswith(scope.place.path):
        raise Http404


def _community(scope: Scope) -> str:
    """Return the community around a place, whose institutions may take up what is needed there."""
    community = places.nearest(scope.chain, places.COMMUNITIES)
    return community.path if community and scope.actor.reaches(community.path) else scope.place.path


def _kept(request: HttpRequest) -> Scope:
    scope = scope_of(request)
    if not access.may_keep(scope.actor, path=scope.place.path):
        raise Http404
    return scope


def _load(request: HttpRequest, number: str) -> "tuple[Actor, Pledge]":
    actor, pledge = actor_of(request), queries.pledge(number)
    if pledge is None or not actor.reaches(pledge.place_path):
        raise Http404
    return actor, pledge


def _back(path: str) -> HttpResponse:
    return redirect(f"{reverse('console:pledges')}?within={path}")


def _forms(data: Any = None) -> dict[str, Form]:
    return {key: ScoreForm(data) if key == "rate" else WordsForm(data) for key in _TITLES}


def _tried(form: Form, act: Callable[[], Done]) -> Done | None:
    """Do an act, and put why it was refused on the form."""
    try:
        return act()
    except Refused as refused:
        form.add_error(None, [str(one) for one in refused.refusals])
        return None


_ACTS: "dict[str, Callable[[str, Any, Actor], Pledge]]" = {
    "begin": lambda number, told, by: pledging.begin(number, words=told["words"], by=by, at=now()),
    "finish": lambda number, told, by: pledging.finish(number, words=told["words"], by=by, at=now()),
    "withdraw": lambda number, told, by: pledging.withdraw(number, words=told["words"], by=by, at=now()),
    "rate": lambda number, told, by: pledging.rate(
        number, score=told["score"], words=told["words"], by=by, at=now()
    ),
}
