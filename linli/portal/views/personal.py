"""What is kept of me, who looked at it, what I agreed to and what I ask for (我的信息)."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.entering import actor_of
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame import refused as refusing
from linli.frame import throttle
from linli.frame.clock import now
from linli.frame.paging import page
from linli.frame.signed_in import signed_in
from linli.handoffs import person_data, trades
from linli.portal import here as memory
from linli.portal.claiming import WISHES, ClaimForm
from linli.portal.own import Own, of_account, optional, own_of
from linli.portal.surroundings import show
from linli.privacy import actions, queries
from linli.privacy.kinds import Wish
from linli.rulebook import queries as rulebook

_MOST_CLAIMS = 20
_PAGE = 20


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show everybody what is kept of people here, why, under which rule and how long (个人信息处理登记)."""
    law = rulebook.law()
    context = {
        "purposes": [(one, law.rule(one.rule).clause) for one in law.purposes],
        "rights": queries.rule("I-7"),
        "answering": queries.rule(queries.ANSWERING),
        "looking": queries.rule(queries.LOOKING),
    }
    return show(request, "register.html", context, here=memory.remembered(request))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def personal(request: HttpRequest) -> HttpResponse:
    """Show somebody who signed in what is kept of them, and take in what they ask for (我的信息)."""
    return _page(request, of_account(request))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def left(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was left with a matter to whoever holds its link (留下的信息)."""
    return _page(request, own_of(request, token))


@require_POST
@never_cache
def export(request: HttpRequest, token: str = "") -> HttpResponse:
    """Hand over everything that is kept, as one file (导出)."""
    own = own_of(request, token)
    if throttle.is_too_often(request, act="find"):
        messages.error(request, "导出得太频繁了，请过几分钟再试。")
        return redirect(own.address)
    packed = person_data.hand_over(
        own.chapters, chain=own.subject.chain, pictures=own.pictures, by=own.subject.person, at=now()
    )
    headers = {"Content-Disposition": 'attachment; filename="personal-data.zip"'}
    return HttpResponse(packed, content_type="application/zip", headers=headers)


@require_POST
@never_cache
@signed_in
def consent(request: HttpRequest) -> HttpResponse:
    """Give or take back consent to one purpose (同意、撤回同意)."""
    own, purpose = of_account(request), request.POST.get("purpose", "")
    if purpose not in {one.key for one in optional()}:
        raise Http404
    person = own.subject.person or 0
    if request.POST.get("agree"):
        actions.agree(person, purpose=purpose, at=now())
        messages.success(request, "已记下您的同意，随时可以撤回。")
    else:
        actions.withdraw(person, purpose=purpose, at=now())
        messages.success(request, "已撤回同意，不影响办任何事。")
    return redirect(own.address)


@require_POST
@never_cache
@signed_in
def trade(request: HttpRequest) -> HttpResponse:
    """Let somebody say, change or take back which trade they work in (行业)."""
    own = of_account(request)
    told = request.POST.get("trade", "")
    trades.tell(own.subject.person or 0, trade=told, known=_trades(request, own), at=now())
    messages.success(
        request, "已记下您的行业，随时可以改。" if told else "您的行业已经删除，不影响办任何事。"
    )
    return redirect(own.address)


@require_POST
@never_cache
def take_back(request: HttpRequest, number: int, token: str = "") -> HttpResponse:
    """Take back what was asked for (撤回申请)."""
    own = own_of(request, token)
    claim = own.claims.filter(pk=number).first()
    if claim is None:
        raise Http404
    actions.take_back(claim, at=now())
    messages.success(request, "申请已撤回。")
    return redirect(own.address)


def _page(request: HttpRequest, own: Own) -> HttpResponse:
    form = ClaimForm(request.POST if request.method == "POST" else None)
    refusals: tuple[Refusal, ...] = ()
    if form.is_bound and form.is_valid():
        try:
            _ask(own, form)
        except Refused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, "收到了，会在期限内答复您。")
            return redirect(own.address)
    context = _shown(request, own) | {"form": form, "refusals": refusals}
    status = refusing.STATUS if form.errors or refusals else 200
    here = memory.remembered(request)
    return show(request, "personal.html", context, here=here, at="mine", status=status)


def _ask(own: Own, form: ClaimForm) -> None:
    told = form.cleaned_data
    actions.ask(
        own.subject,
        wish=Wish(told["wish"]),
        words=told["words"],
        new_name=told["new_name"],
        new_phone=told["new_phone"],
        at=now(),
    )


def _shown(request: HttpRequest, own: Own) -> dict[str, object]:
    cursor = request.GET.get("from", "")
    listed = page(own.looks, by="-at", cursor=cursor, size=_PAGE)
    return {
        "own": own,
        "looks": [dict(rows) for rows in person_data.looks(listed.rows)],
        "older_href": f"?from={listed.following}" if listed.following else "",
        "newer_href": own.address if cursor else "",
        "claims": list(own.claims[:_MOST_CLAIMS]),
        "wishes": WISHES,
        "answering": queries.rule(queries.ANSWERING),
        "trades": tuple(_trades(request, own).items()),
        "trade_purpose": queries.purpose(trades.PURPOSE),
    }


def _trades(request: HttpRequest, own: Own) -> Mapping[str, str]:
    """Return the trades of where somebody lives, else of the place their device remembers or they serve."""
    if own.person is None:
        return {}
    if own.person.lives_at is not None:
        return rulebook.current(own.person.lives_at.pack).trades
    here = memory.remembered(request) or memory.at_work(actor_of(request))
    return here.edition.trades if here else {}
