"""Grant rounds for everybody, for those who apply and for those who review (公益创投)."""

from collections import Counter
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.entering import actor_of
from linli.core.grant import UPON
from linli.core.society import yuan
from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.grants import access, queries
from linli.grants.actions import applying, carrying_out, reviewing
from linli.grants.forms import ApplicationForm, ReportForm, ScoreForm
from linli.places import queries as places
from linli.portal import here as memory
from linli.portal.here import Here
from linli.portal.surroundings import show

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import QueryDict

    from linli.grants.models import Application, Reviewer, Round

_SHOWN = ("accepted", "granted", "refused", "signed", "done")


@require_safe
@never_cache
def listed(request: HttpRequest, key: str) -> HttpResponse:
    """List the rounds that speak to a place, and one's own applications and reviews (公益创投)."""
    here, person = memory.at_key(key), actor_of(request).person_id
    context = {
        "here": here,
        "standard": here.edition.grants,
        "rounds": [
            (one, yuan(one.budget), bool(applying.can_apply(one, at=now())))
            for one in queries.around(here.spot.path)
        ],
        "mine": list(queries.applied_by(person)) if person else [],
        "seats": [one for one in queries.seats_of(person) if _may_review(one.round)] if person else [],
    }
    return show(request, "grants.html", context, here=here, at="part")


@require_safe
@never_cache
def grant_round(request: HttpRequest, number: str) -> HttpResponse:
    """Show a round on one page: who gets how much, how far it is, what was paid (轮次公开)."""
    found = _round(number)
    rule, (paid, given) = queries.terms(found), queries.money_of(found)
    rows = [one for one in queries.applications(found) if one.state in _SHOWN and _is_public(found)]
    funded = [one for one in rows if one.state in queries.FUNDED]
    context = {
        "round": found,
        "clause": rule.clause,
        "scoring": rule.scoring,
        "criteria": rule.criteria,
        "budget": yuan(found.budget),
        "cap": yuan(found.cap),
        "kinds": [rule.kinds.get(key, key) for key in found.kinds.split()],
        "can_apply": bool(applying.can_apply(found, at=now())),
        "funded": len(funded),
        "granted": yuan(sum(one.granted for one in funded)),
        "paid": yuan(sum(paid.get(one.number, 0) for one in funded)),
        "kinds_of": rule.kinds,
        "sources": "、".join(f"{name} {yuan(fen)}" for name, fen in given.items()),
        "states": Counter(str(one.get_state_display()) for one in rows),
        "rows": [
            (one, yuan(one.granted if one.rank else one.asked), yuan(paid.get(one.number, 0)))
            for one in sorted(rows, key=lambda one: (one.rank or 0, one.pk))
        ],
        "notices": queries.notices(found),
    }
    return show(request, "grant_round.html", context, here=_here(found), at="part")


@require_safe
@never_cache
def export_file(_request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the points by which anybody can rank again; whose they are is left out (评分文件)."""
    found = _round(number)
    if found.stage not in ("determined", "finished"):
        raise Http404
    answer = JsonResponse(queries.published(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{found.number}.json"'
    return answer


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def apply(request: HttpRequest, number: str) -> HttpResponse:
    """Hand in an application (申报)."""
    found = _round(number)
    applying.can_apply(found, at=now()).require()
    form = ApplicationForm(_sent(request), kinds=_kinds(found))
    if request.method == "POST" and form.is_valid():
        try:
            made = applying.apply(number, form.asked, by=actor_of(request), at=now())
        except Refused as refused:
            form.add_error(None, [str(one) for one in refused.refusals])
        else:
            messages.success(request, f"已提交，编号 {made.number}。材料齐不齐，会一次告诉您。")
            return redirect("portal:grant_application", made.number)
    context = {"round": found, "form": form, "cap": yuan(found.cap)}
    status = STATUS if form.errors else 200
    return show(request, "grant_apply.html", context, here=_here(found), at="part", status=status)


@signed_in
@require_safe
@never_cache
def application(request: HttpRequest, number: str) -> HttpResponse:
    """Show an applicant their own application, and what they may do (我的申报)."""
    return _application_page(request, _own(request, number))


@signed_in
@require_POST
@never_cache
def application_act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Complete an application, report, or give it up (办理)."""
    found = _own(request, number)
    if act not in ("complete", "mid", "final", "withdraw"):
        raise Http404
    form = _form(found, act, request)
    if form is not None and not form.is_valid():
        return _application_page(request, found, wrong=form, wrong_act=act)
    try:
        _do(found, act, form, request)
    except Refused as refused:
        if form is None:
            raise
        form.add_error(None, [str(one) for one in refused.refusals])
        return _application_page(request, found, wrong=form, wrong_act=act)
    messages.success(request, "已提交。")
    return redirect("portal:grant_application", number)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Show a reviewer whom to declare ties to, then what to read; and take the declaration (评审)."""
    found, seat = _seat(request, number)
    rows = list(queries.applications(found).filter(state="accepted"))
    if request.method == "POST":
        chosen = {one.number for one in rows if request.POST.get(f"tie-{one.number}")}
        ties = {one: request.POST.get(f"words-{one}", "") for one in chosen}
        reviewing.declare(number, ties=ties, by=actor_of(request), at=now())
        messages.success(request, "已申报。没有关系的，可以看材料、打分了。")
        return redirect("portal:grant_review", number)
    kin = queries.kin_of([seat])
    done = {one.application_id for one in queries.sheets(found) if one.reviewer_id == seat.pk}
    context = {
        "round": found,
        "seat": seat,
        "clause": queries.terms(found).scoring,
        "is_time": _is_time(found),
        "rows": [(one, access.tie_between(seat, one, kin=kin), one.pk in done) for one in rows],
    }
    return show(request, "grant_review.html", context, here=_here(found), at="part")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sheet(request: HttpRequest, number: str, application: str) -> HttpResponse:
    """Let a reviewer read an application and score it; one with a tie is refused both (打分)."""
    found, seat = _seat(request, number)
    one = queries.application(application)
    if one is None or one.round_id != found.pk:
        raise Http404
    reviewing.require_reading(seat, one)
    form = ScoreForm(_sent(request), criteria=queries.terms(found).criteria, initial=_said(seat, one))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        reviewing.score(application, points=form.points, words=words, by=actor_of(request), at=now())
        messages.success(request, f"「{one.title}」已打分。")
        return redirect("portal:grant_review", number)
    whole = queries.whole(one)
    context = {
        "round": found,
        "application": whole,
        "asked": yuan(one.asked),
        "kind": queries.terms(found).kinds.get(one.kind, one.kind),
        "lines": [(line.title, yuan(line.fen)) for line in whole.all_lines],  # type: ignore[attr-defined]
        "milestones": whole.all_milestones,  # type: ignore[attr-defined]
        "form": form,
    }
    status = STATUS if form.errors else 200
    return show(request, "grant_sheet.html", context, here=_here(found), at="part", status=status)


def _sent(request: HttpRequest) -> "QueryDict | None":
    return request.POST if request.method == "POST" else None


def _round(number: str) -> "Round":
    found = queries.of_number(number)
    if found is None:
        raise Http404
    return found


def _own(request: HttpRequest, number: str) -> "Application":
    found = queries.application(number)
    if found is None or not applying.speaks_for(actor_of(request), found):
        raise Http404
    return found


def _seat(request: HttpRequest, number: str) -> "tuple[Round, Reviewer]":
    found = _round(number)
    seat = queries.seat(found, person=actor_of(request).person_id)
    if seat is None or not _may_review(found):
        raise Http404
    return found, seat


def _may_review(found: "Round") -> bool:
    return found.stage in ("listed", "reviewing")


def _is_time(found: "Round") -> bool:
    return found.stage == "reviewing"


def _is_public(found: "Round") -> bool:
    """Tell whether the list of applications has been made known."""
    return found.stage != "applying"


def _here(found: "Round") -> Here:
    return Here(places.chain(found.place_path), queries.edition_of(found))


def _kinds(found: "Round") -> dict[str, str]:
    known = queries.terms(found).kinds
    return {key: known.get(key, key) for key in found.kinds.split()}


def _said(seat: "Reviewer", one: "Application") -> dict[str, object]:
    """Return what a reviewer said of an application before."""
    before = next((sheet for sheet in queries.sheets(one.round) if _is_of(sheet, seat, one)), None)
    return {**queries.points(before), "words": before.words} if before else {}


def _is_of(sheet: object, seat: "Reviewer", one: "Application") -> bool:
    return (sheet.reviewer_id, sheet.application_id) == (seat.pk, one.pk)  # type: ignore[attr-defined]


def _form(found: "Application", act: str, request: HttpRequest) -> "Form | None":
    if act == "complete":
        return ApplicationForm(request.POST, kinds=_kinds(found.round), initial=_filled(found))
    return ReportForm(request.POST) if act in ("mid", "final") else None


def _do(found: "Application", act: str, form: "Form | None", request: HttpRequest) -> None:
    by, at = actor_of(request), now()
    if isinstance(form, ApplicationForm):
        applying.complete(found.number, form.asked, by=by, at=at)
    elif isinstance(form, ReportForm):
        said = form.cleaned_data
        carrying_out.report(
            found.number, half=act, words=said["words"], receipts=said["receipts"], by=by, at=at
        )
    else:
        applying.withdraw(found.number, words=request.POST.get("words", ""), by=by, at=at)


def _filled(found: "Application") -> dict[str, object]:
    whole = queries.whole(found)
    lines = [f"{one.title} {one.fen / 100:.2f}" for one in whole.all_lines]  # type: ignore[attr-defined]
    steps = [f"{one.due_on.isoformat()} {one.title}" for one in whole.all_milestones]  # type: ignore[attr-defined]
    names = ("name", "kind", "registration", "title", "plan")
    return {name: getattr(found, name) for name in names} | {
        "yuan": f"{found.asked / 100:.2f}",
        "lines": "\n".join(lines),
        "milestones": "\n".join(steps),
    }


def _application_page(
    request: HttpRequest, found: "Application", *, wrong: "Form | None" = None, wrong_act: str = ""
) -> HttpResponse:
    forms: list[tuple[str, str, Form, bool]] = []
    if applying.can_complete(found, at=now()):
        empty = ApplicationForm(kinds=_kinds(found.round), initial=_filled(found))
        forms.append(("complete", "补正", empty, False))
    for half, title in (("mid", "交中期报告"), ("final", "交末期报告")):
        if carrying_out.can_report(found, half=half):
            forms.append((half, title, ReportForm(), False))
    if wrong is not None:
        forms = [(key, title, wrong, True) if key == wrong_act else (key, title, one, is_wrong)
                 for key, title, one, is_wrong in forms]  # fmt: skip
    context = {
        "application": found,
        "round": found.round,
        "asked": yuan(found.asked),
        "granted": yuan(found.granted),
        "paid": yuan(queries.paid(found)),
        "tranches": [(UPON[one.upon], yuan(one.fen), one) for one in queries.tranches(found)],
        "reports": [(one, yuan(one.spent)) for one in queries.reports(found)],
        "forms": forms,
        "can_withdraw": bool(applying.can_withdraw(found)),
    }
    here = _here(found.round)
    status = STATUS if wrong is not None else 200
    return show(request, "grant_application.html", context, here=here, at="part", status=status)
