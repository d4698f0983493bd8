"""Grant rounds at the staff door: the list, one round, one application, the decision (公益创投)."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.books import queries as books
from linli.console.grant_acts import APPLICATION, ROUND, ROUND_AT, ahead, do, fitting, steps_of
from linli.console.grant_forms import CallForm, DecisionForm
from linli.console.nav import surroundings
from linli.console.reach import scope_of
from linli.core.grant import UPON, suggested
from linli.core.ledger import Unit
from linli.core.society import yuan
from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.grants import access, queries
from linli.grants.actions import applying, determining, opening
from linli.grants.actions.applying import Contact
from linli.grants.forms import HandedInForm
from linli.handoffs import application_to_registry
from linli.places import queries as places
from linli.record import queries as record

if TYPE_CHECKING:
    from django.http import QueryDict

    from linli.grants.models import Application, Round


@signed_in
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the rounds of a place (公益创投)."""
    scope = scope_of(request)
    context = {
        "scope": scope,
        "standard": scope.edition.grants,
        "rounds": [(one, yuan(one.budget)) for one in queries.within(scope.place.path)],
        "may_run": access.may_run(scope.actor, path=scope.place.path),
    }
    return render(request, "console/grants.html", surroundings(request, here="coverage") | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Open a round (发起征集)."""
    scope = scope_of(request)
    standard = scope.edition.grants
    if standard is None or not access.may_run(scope.actor, path=scope.place.path):
        raise Http404
    data = request.POST if request.method == "POST" else None
    purses = books.purses(scope.place.path, unit=Unit.FEN)
    form = CallForm(data, kinds=standard.kinds, least=standard.reviewers_least, purses=purses)
    if request.method == "POST" and form.is_valid():
        try:
            found = opening.open_round(form.call, place=scope.place, by=scope.actor, at=now())
        except Refused as refused:
            form.add_error(None, [str(one) for one in refused.refusals])
        else:
            messages.success(request, f"已发起，编号 {found.number}。")
            return redirect("console:grant_round", found.number)
    page = surroundings(request, here="coverage") | {"scope": scope, "form": form, "standard": standard}
    return render(request, "console/grant_new.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show a round: its applications, reviewers, notices, and what may be done (轮次)."""
    return _round_page(request, *_round(request, number))


@signed_in
@require_POST
@never_cache
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Do one act on a round (办理)."""
    actor, found = _round(request, number)
    if act not in ROUND:
        raise Http404
    wrong = do(ROUND[act], found, found.number, request, actor)
    if wrong is not None:
        return _round_page(request, actor, found, wrong=wrong, wrong_act=act)
    messages.success(request, f"{ROUND[act].title}已办。")
    return redirect("console:grant_round", number)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hand_in(request: HttpRequest, number: str) -> HttpResponse:
    """Hand an application in for somebody who came to the office (代办申报)."""
    actor, found = _round(request, number)
    if not access.may_run(actor, path=found.place_path):
        raise Http404
    form = HandedInForm(_sent(request), kinds=_kinds(found))
    if request.method == "POST" and form.is_valid():
        contact = Contact(form.cleaned_data["contact"], form.cleaned_data["phone"].replace(" ", ""))
        try:
            made = applying.apply(found.number, form.asked, contact=contact, by=actor, at=now())
        except Refused as refused:
            form.add_error(None, [str(one) for one in refused.refusals])
        else:
            messages.success(request, f"已申报，编号 {made.number}。")
            return redirect("console:grant_application", made.number)
    page = surroundings(request, here="coverage") | {"round": found, "form": form, "cap": yuan(found.cap)}
    return render(request, "console/grant_hand_in.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def determine(request: HttpRequest, number: str) -> HttpResponse:
    """Decide on every application beside the ranking (审定)."""
    actor, found = _round(request, number)
    if not access.may_run(actor, path=found.place_path) or not determining.can_determine(found):
        raise Http404
    ranked = queries.ranking(found)
    form = DecisionForm(_sent(request), ranked=ranked)
    if request.method == "POST" and form.is_valid():
        try:
            determining.determine(found.number, form.decisions, by=actor, at=now())
        except Refused as refused:
            form.add_error(None, [str(one) for one in refused.refusals])
        else:
            messages.success(request, "已审定，资助结果开始公示。")
            return redirect("console:grant_round", number)
    rows = {one.number: one for one in queries.applications(found)}
    lines = [
        (one, rows[one.entry.number], yuan(suggested(one)), amount, reason)
        for one, (_, amount, reason) in zip(ranked, form.rows(), strict=True)
    ]
    page = surroundings(request, here="coverage") | {
        "round": found, "form": form, "lines": lines, "budget": yuan(found.budget),
        "clause": queries.terms(found).scoring,
    }  # fmt: skip
    return render(request, "console/grant_determine.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_safe
@never_cache
def application(request: HttpRequest, number: str) -> HttpResponse:
    """Show an application: what was handed in, its reports and payments, what may be done (申报)."""
    return _application_page(request, *_application(request, number))


@signed_in
@require_POST
@never_cache
def application_act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Do one act on an application (办理)."""
    actor, found = _application(request, number)
    if act not in APPLICATION:
        raise Http404
    wrong = do(APPLICATION[act], found, found.number, request, actor)
    if wrong is not None:
        return _application_page(request, actor, found, wrong=wrong, wrong_act=act)
    messages.success(request, f"{APPLICATION[act].title}已办。")
    return redirect("console:grant_application", number)


def _sent(request: HttpRequest) -> "QueryDict | None":
    return request.POST if request.method == "POST" else None


def _round(request: HttpRequest, number: str) -> "tuple[Actor, Round]":
    actor, found = actor_of(request), queries.of_number(number)
    if found is None or not actor.reaches(found.place_path):
        raise Http404
    return actor, found


def _application(request: HttpRequest, number: str) -> "tuple[Actor, Application]":
    actor, found = actor_of(request), queries.application(number)
    if found is None or not actor.reaches(found.round.place_path):
        raise Http404
    return actor, found


def _round_page(
    request: HttpRequest, actor: Actor, found: "Round", *, wrong: Form | None = None, wrong_act: str = ""
) -> HttpResponse:
    may_run = access.may_run(actor, path=found.place_path)
    steps = steps_of(fitting(ROUND, ROUND_AT[found.stage]), found, wrong=wrong, wrong_act=wrong_act)
    scoring = found.stage == "reviewing"
    paid, given = queries.money_of(found)
    context = {
        "round": found,
        "kinds": "、".join(_kinds(found).values()),
        "clause": queries.terms(found).clause,
        "budget": yuan(found.budget),
        "cap": yuan(found.cap),
        "place_words": places.full_name(places.chain(found.place_path)),
        "steps": steps if may_run else (),
        "may_run": may_run,
        "can_apply": bool(may_run and applying.can_apply(found, at=now())),
        "determining": determining.can_determine(found) if scoring and may_run else None,
        "progress": determining.standing(found) if scoring else {},
        "sources": "、".join(f"{name} {yuan(fen)}" for name, fen in given.items()),
        "waiting": queries.waiting(found),
        "rows": [
            (one, yuan(one.granted or one.asked), yuan(paid.get(one.number, 0)))
            for one in queries.applications(found)
        ],
        "reviewers": queries.reviewers(found),
        "notices": queries.notices(found),
        "entries": record.timeline(found.number, newest_first=True),
    }
    page = surroundings(request, here="coverage") | context
    return render(request, "console/grant_round.html", page, status=STATUS if wrong else 200)


def _application_page(
    request: HttpRequest,
    actor: Actor,
    found: "Application",
    *,
    wrong: Form | None = None,
    wrong_act: str = "",
) -> HttpResponse:
    may_run = access.may_run(actor, path=found.round.place_path)
    acts = fitting(APPLICATION, ahead(found))
    whole = queries.whole(found)
    context = {
        "application": whole,
        "round": found.round,
        "kind": _kinds(found.round, every=True).get(found.kind, found.kind),
        "asked": yuan(found.asked),
        "granted": yuan(found.granted),
        "paid": yuan(queries.paid(found)),
        "registry": application_to_registry.is_registered(found),
        "lines": [(one.title, yuan(one.fen)) for one in whole.all_lines],  # type: ignore[attr-defined]
        "milestones": whole.all_milestones,  # type: ignore[attr-defined]
        "tranches": [(UPON[one.upon], yuan(one.fen), one) for one in queries.tranches(found)],
        "reports": [
            (one, yuan(one.spent), [(paper, yuan(paper.fen)) for paper in one.receipts.all()])
            for one in queries.reports(found)
        ],
        "steps": steps_of(acts, found, wrong=wrong, wrong_act=wrong_act) if may_run else (),
        "may_run": may_run,
        "entries": record.timeline(found.number, newest_first=True),
    }
    page = surroundings(request, here="coverage") | context
    return render(request, "console/grant_application.html", page, status=STATUS if wrong else 200)


def _kinds(found: "Round", *, every: bool = False) -> dict[str, str]:
    known = queries.terms(found).kinds
    return dict(known) if every else {key: known.get(key, key) for key in found.kinds.split()}
