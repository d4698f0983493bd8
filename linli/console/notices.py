"""The pages of notices: the board, hanging one, answering what is held against it (公示)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.console.nav import surroundings
from linli.console.reach import Scope, seat_of
from linli.core.law import LawRule
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.disclosure import access, queries
from linli.disclosure.actions import noticing, objecting
from linli.disclosure.actions.noticing import Posting
from linli.frame import refused as refusing
from linli.frame.clock import now
from linli.frame.paging import page
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.places import queries as places
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.disclosure.models import Notice

# Under which rule the affairs of residents and of villagers are published.
RULES = {places.RESIDENTS: "RC-34", places.VILLAGERS: "VC-35"}
SHOWN_FOR = "shown_for"
KINDS = (("affairs", "事务公开"), ("party", "党务公开"), ("finance", "财务公开"), ("list", "名单公布"))
_TOO_LONG = {"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"}
_STATES = (("now", "正在公示"), ("past", "往期"))


class NoticeForm(forms.Form):
    """A notice that belongs to no matter: affairs of the party, of the community, its accounts (三务公开)."""

    kind = forms.ChoiceField(label="种类", choices=KINDS, widget=forms.RadioSelect, initial="affairs")
    title = forms.CharField(
        label="标题", max_length=80, error_messages=_TOO_LONG | {"required": "还没有写标题。"}
    )
    words = forms.CharField(
        label="内容",
        help_text="电话、证件号会自动隐去；普通居民的姓名请不要写全。",
        max_length=8000,
        widget=forms.Textarea,
        error_messages=_TOO_LONG | {"required": "还没有写内容。"},
    )


@signed_in
@require_safe
@never_cache
def listed(request: HttpRequest) -> HttpResponse:
    """List what hangs at a place, or what hung there (公示)."""
    scope, at = seat_of(request), now()
    state = "past" if request.GET.get("state") == "past" else "now"
    ask = queries.came_down if state == "past" else queries.board
    found = page(ask(scope.place.path, at=at), by="-shown_at", cursor=request.GET.get("from", ""))
    query = f"?within={scope.place.path}&state="
    context = {
        "scope": scope,
        "notices": found.rows,
        "waiting": queries.unanswered_of([one.pk for one in found.rows]),
        "states": [{"label": label, "href": query + key, "current": key == state} for key, label in _STATES],
        "can_post": bool(_may(scope.actor, scope)),
        "older_href": f"{query}{state}&from={found.following}" if found.following else "",
        "newer_href": query + state if request.GET.get("from") else "",
    }
    return render(request, "console/notices.html", surroundings(request, here="deciding") | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponseBase:
    """Show the form of a notice, or hang it for the days of the law (三务公开)."""
    scope, rule = seat_of(request), _rule(seat_of(request))
    verdict = _may(scope.actor, scope)
    if not verdict:
        raise Http404
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        posting = Posting(
            spot=scope.place,
            term=rule.term(SHOWN_FOR),
            clause=rule.clause,
            office=scope.actor.words_for(scope.place.path),
            **form.cleaned_data,
        )
        notice = noticing.post(posting, by=scope.actor, edition=scope.edition, at=now())
        messages.success(request, f"已公示，编号 {notice.number}。")
        return redirect("console:notice", notice.number)
    context = {"scope": scope, "form": form, "rule": rule, "term": rule.term(SHOWN_FOR)}
    status = STATUS if form.errors else 200
    return render(
        request, "console/notice_new.html", surroundings(request, here="deciding") | context, status=status
    )


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show a notice with what was held against it, to whoever may see to it (公示)."""
    notice = _found(request, number)
    context = {
        "notice": notice,
        "clause": queries.clause_of(notice),
        "objections": queries.objections(notice),
        "may_post": bool(_may_see_to(actor_of(request), notice)),
        "is_over": now() >= notice.ends_at,
    }
    return render(request, "console/notice.html", surroundings(request, here="deciding") | context)


@signed_in
@require_POST
def act(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    """Correct a notice, take it down, or answer an objection (更正、撤下、答复异议)."""
    if act not in _DOING:
        raise Http404
    back = reverse("console:notice", args=(number,))
    try:
        with transaction.atomic():
            notice = _found(request, number, to_act=True)
            by = actor_of(request)
            _may_see_to(by, notice).require()
            said, done = _DOING[act](notice, request, by)
    except Refused as refused:
        return refusing.refusal(request, refused.refusals, pack=notice.pack, back_href=back)
    messages.success(request, said)
    return redirect("console:notice", done.number)


def _correct(notice: "Notice", request: HttpRequest, by: Actor) -> tuple[str, "Notice"]:
    fresh = noticing.correct(
        notice,
        words=request.POST.get("words", ""),
        reason=request.POST.get("reason", ""),
        by=by,
        at=now(),
    )
    return "已更正并重新公示，公示期重新计算。", fresh


def _take_down(notice: "Notice", request: HttpRequest, by: Actor) -> tuple[str, "Notice"]:
    noticing.take_down(notice, reason=request.POST.get("reason", ""), by=by, at=now())
    return "已撤下，理由已经记录。", notice


def _answer(notice: "Notice", request: HttpRequest, by: Actor) -> tuple[str, "Notice"]:
    number = request.POST.get("objection", "")
    objection = queries.objection(notice, int(number)) if number.isdecimal() else None
    if objection is None:
        raise Http404
    objecting.answer(
        objection,
        words=request.POST.get("words", ""),
        is_upheld=_ruled(notice, request.POST.get("is_upheld", "")),
        by=by,
        at=now(),
    )
    return "已答复，并写信告诉了提出的人。", notice


def _ruled(notice: "Notice", said: str) -> bool:
    """Read whether an objection is upheld; nobody is found wrong by a form left as it was."""
    if said not in _RULINGS:
        raise Refused(
            Refusal(
                "还没有选异议成立还是不成立。",
                clause=queries.clause_of(notice),
                remedy="选一个结论再答复。",
                asked="答复异议",
            )
        )
    return _RULINGS[said]


_RULINGS = {"yes": True, "no": False}
_DOING = {"correct": _correct, "take_down": _take_down, "answer": _answer}


def _rule(scope: Scope) -> LawRule:
    """Return the rule of the law under which affairs are published here: a village has its own (公开依据)."""
    return rulebook.law().rule(RULES[places.inhabitants([spot.kind for spot in scope.chain])])


def _may(actor: Actor, scope: Scope) -> Any:
    return access.may_post(actor, edition=scope.edition, path=scope.place.path)


def _may_see_to(actor: Actor, notice: "Notice") -> Any:
    edition = rulebook.current(notice.pack)
    return access.may_post(actor, edition=edition, path=notice.place_path, clause=queries.clause_of(notice))


def _found(request: HttpRequest, number: str, *, to_act: bool = False) -> "Notice":
    notice = queries.notice_of_number(number, to_act=to_act)
    actor = actor_of(request)
    if notice is None or not (actor.reaches(notice.place_path) or _may_see_to(actor, notice)):
        raise Http404
    return notice
