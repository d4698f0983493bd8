"""Votes that come in otherwise than by phone: told to staff, on paper, by proxy (代录、纸质票、委托)."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.ballots import queries
from linli.ballots.actions import casting, papers, proxies
from linli.ballots.actions.papers import MOST_SLIPS, Slip, Typed
from linli.ballots.choices import How
from linli.bodies.entering import actor_of
from linli.console.ballot_forms import EnterForm, ProxyForm, TypeForm
from linli.console.ballots import desk_of
from linli.console.nav import surroundings
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame import qr
from linli.frame import refused as refusing
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in

if TYPE_CHECKING:
    from linli.ballots.models import Ballot, Elector

_FOUND = 30
_LONGEST = 40
_FORMS = ["GET", "HEAD", "POST"]


@signed_in
@require_http_methods(_FORMS)
@never_cache
def enter(request: HttpRequest, number: str) -> HttpResponseBase:
    """Find somebody on the roll, enter what they told, or hand them a slip (代录、领票)."""
    ballot = desk_of(request, number)
    words = request.GET.get("q", "").strip()[:_LONGEST]
    elector = _elector(ballot, request.GET.get("elector", ""))
    form = EnterForm(_sent(request), slip=ballot.slip) if elector and not ballot.is_secret else None
    if request.method == "POST" and elector is not None:
        try:
            if ballot.is_secret:
                papers.hand_out(elector, by=actor_of(request), at=now())
                messages.success(request, f"已登记：{elector.name} 领了一张票。给哪一张都可以，不记编码。")
                return redirect("console:ballot_enter", number)
            if form is not None and form.is_valid():
                said = form.cleaned_data
                casting.enter(elector, said["chosen"], basis=said["basis"], by=actor_of(request), at=now())
                messages.success(request, f"已替 {elector.name} 记下，并请本人确认。")
                return redirect("console:ballot_enter", number)
        except Refused as refused:
            return _refused(request, ballot, refused, "console:ballot_enter")
    context = {
        "ballot": ballot,
        "words": words,
        "rows": tuple((one, How(one.how)) for one in queries.named(ballot, words, most=_FOUND)),
        "elector": elector,
        "form": form,
    }
    return _shown(request, "ballot_enter.html", context, status=STATUS if form and form.errors else 200)


@signed_in
@require_http_methods(_FORMS)
@never_cache
def slips(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask how many slips to print, or print them: their codes are shown this once (印纸质票)."""
    ballot = desk_of(request, number)
    if request.method == "POST":
        try:
            made = _print(request, ballot)
        except Refused as refused:
            return _refused(request, ballot, refused, "console:ballot_slips")
        return render(request, "console/ballot_sheet.html", _sheet(request, ballot, made))
    context = {
        "ballot": ballot,
        "printed": queries.printed_papers(ballot),
        "most": MOST_SLIPS,
        "handed_out": queries.handed_out(ballot),
        "counted": queries.counted_papers(ballot),
    }
    return _shown(request, "ballot_slips.html", context)


@signed_in
@require_http_methods(_FORMS)
@never_cache
def typing(request: HttpRequest, number: str) -> HttpResponseBase:
    """Type a slip in; a second person types it again (录票)."""
    ballot = desk_of(request, number)
    code = request.GET.get("code", "")[:_LONGEST]
    form = TypeForm(_sent(request), slip=ballot.slip, initial={"code": code})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            found = papers.type_in(
                ballot, code=said["code"], chosen=said["chosen"], by=actor_of(request), at=now()
            )
        except Refused as refused:
            return _refused(request, ballot, refused, "console:ballot_typing")
        tell = messages.warning if found is Typed.DIFFERENT else messages.success
        tell(request, found.value)
        return redirect("console:ballot_typing", number)
    context = {
        "ballot": ballot,
        "form": form,
        "half_typed": queries.half_typed(ballot),
        "counted": queries.counted_papers(ballot),
    }
    return _shown(request, "ballot_typing.html", context, status=STATUS if form.errors else 200)


@signed_in
@require_http_methods(_FORMS)
@never_cache
def proxy(request: HttpRequest, number: str) -> HttpResponseBase:
    """List the proxies, register one, or take one back (委托)."""
    ballot, actor, at = desk_of(request, number), actor_of(request), now()
    standing = queries.proxies(ballot)
    back = next((one for one in standing if str(one.pk) == request.POST.get("withdraw")), None)
    form = ProxyForm(None if back else _sent(request))
    try:
        if back is not None:
            proxies.withdraw(back, by=actor, at=at)
            messages.success(request, "委托已经撤回，委托人可以自己投。")
            return redirect("console:ballot_proxies", number)
        if form.is_bound and form.is_valid():
            said = form.cleaned_data
            giver, holder = (_one(ballot, said[name]) for name in ("giver", "holder"))
            proxies.register(giver, holder=_person(ballot, holder), paper=said["paper"], by=actor, at=at)
            messages.success(request, "委托已经登记。")
            return redirect("console:ballot_proxies", number)
    except Refused as refused:
        return _refused(request, ballot, refused, "console:ballot_proxies")
    context = {"ballot": ballot, "form": form, "proxies": standing, "allowed": ballot.proxies_allowed}
    return _shown(request, "ballot_proxies.html", context, status=STATUS if form.errors else 200)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _print(request: HttpRequest, ballot: "Ballot") -> tuple[Slip, ...]:
    asked = request.POST.get("count", "")
    count = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len("10000") else 0
    electors = () if ballot.is_secret else queries.without_slip(ballot, most=min(count, MOST_SLIPS))
    if not ballot.is_secret and count and not electors:
        raise Refused(Refusal("没有要印的：名册上的人都已经投过，或者都印过票。", clause=ballot.clause))
    return papers.print_slips(ballot, count=count, electors=electors, by=actor_of(request), at=now())


def _sheet(request: HttpRequest, ballot: "Ballot", made: tuple[Slip, ...]) -> dict[str, Any]:
    href = request.build_absolute_uri(reverse("console:ballot_typing", args=(ballot.number,)))
    codes = tuple((one, qr.svg(f"{href}?code={one.code}", title=f"编码 {one.code}")) for one in made)
    return {
        "ballot": ballot,
        "slips": codes,
        "issuer": ballot.forum_title,
        "number": ballot.number,
        "back_href": reverse("console:ballot_slips", args=(ballot.number,)),
    }


def _one(ballot: "Ballot", words: str) -> "Elector":
    """Find one head of the roll by its name or its number; raises ``Refused`` unless there is just one."""
    found = queries.called(ballot, words.strip())
    if len(found) == 1:
        return found[0]
    numbers = "、".join(str(one.pk) for one in found)
    raise Refused(
        Refusal(
            f"名册上没有「{words}」。" if not found else f"名册上有 {len(found)} 个「{words}」。",
            clause=ballot.clause,
            remedy="请照名册写姓名。" if not found else f"请写名册序号：{numbers}。",
            asked="登记委托",
        )
    )


def _person(ballot: "Ballot", holder: "Elector") -> int:
    people = sorted(queries.hands([holder]))
    if not people:
        raise Refused(Refusal("受托人没有登记个人信息，不能代投。", clause=ballot.clause, asked="登记委托"))
    return people[0]


def _elector(ballot: "Ballot", number: str) -> "Elector | None":
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < _LONGEST // 2):
        raise Http404
    found = queries.elector(ballot, int(number))
    if found is None:
        raise Http404
    return found


def _refused(request: HttpRequest, ballot: "Ballot", refused: Refused, name: str) -> HttpResponseBase:
    href = reverse(name, args=(ballot.number,))
    return refusing.refusal(request, refused.refusals, pack=ballot.pack, back_href=href)


def _shown(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    around = surroundings(request, here="deciding")
    return render(request, f"console/{template}", around | context, status=status)
