"""One address for each act on a case, and the photos of a case (办理)."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.bodies.entering import actor_of
from linli.cases import access
from linli.cases.access import Desk
from linli.cases.actions.overtaken import set_aside
from linli.cases.basis import Theirs, is_overtaken, theirs
from linli.cases.candidates import Candidates
from linli.cases.forms import ActForm, form_of
from linli.cases.panel import OpenAct, lay_out
from linli.core.acts import ACTS
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame import phone, wording
from linli.frame import refused as refusing
from linli.frame.clock import day_of, now
from linli.frame.once import CONFLICT, once
from linli.frame.own_path import own_path
from linli.frame.security import OF_PICTURES
from linli.frame.signed_in import signed_in
from linli.matters import queries as matters

BY_THE_SYSTEM = frozenset({"lapse"})


@once
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def act(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    """Show the form of an act on its own page, or do the act and go back to where it was asked (办理)."""
    if act not in ACTS or act in BY_THE_SYSTEM:
        raise Http404
    return _do(request, number, act) if request.method == "POST" else _ask(request, number, act)


@require_safe
def photo(request: HttpRequest, number: str, key: int, *, is_small: bool) -> HttpResponseBase:
    """Show a photo of a case to those who may read its words (照片)."""
    desk = access.sit(number, by=actor_of(request), at=now(), token=_token(request))
    found = matters.attachment(desk.matter, key) if desk and desk.sees_all else None
    if desk is None or found is None:
        raise Http404
    file = default_storage.open(found.preview if is_small else found.file)
    headers = {
        "Cache-Control": "private, max-age=86400, immutable",
        "Content-Security-Policy": OF_PICTURES,
    }
    name = f"{desk.matter.number}-{key}.jpg"
    return FileResponse(file, filename=name, content_type="image/jpeg", headers=headers)


@signed_in
def _nowhere(_request: HttpRequest) -> HttpResponse:
    """Answer 404 to whoever signed in; a stranger may be somebody whose session ran out, so ask first."""
    raise Http404


def _ask(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    desk = _sit(request, number)
    if desk is None:
        return _nowhere(request)
    verdict = desk.ask(act)
    if not verdict:
        return _closed(request, desk, verdict.refusals)
    form = _form(request, desk, act, back=request.GET.get("back", ""))
    return _part(request, desk, form) if request.headers.get("HX-Request") else _page(request, desk, form)


def _do(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    # Who asks is known before the act: nobody else need wait for that.
    actor_of(request)
    try:
        with transaction.atomic():
            desk = _sit(request, number, to_act=True)
            if desk is None:
                return _nowhere(request)
            if phone.is_sent_later(request) and _is_overtaken(request, desk, act):
                return _overtaken(request, desk, act)
            rule = desk.require(act)
            form = _form(request, desk, act)
            if not form.is_valid():
                return _wrong(request, desk, form)
            form.carry_out(desk)
    except Refused as refused:
        return _refused(request, number, act, refused)
    messages.success(request, f"「{rule.name}」已办好。")
    return _back(request, number)


def _sit(request: HttpRequest, number: str, *, to_act: bool = False) -> Desk | None:
    """Lay the case before whoever asks; a stranger must stand to it somehow, if only by its link."""
    actor = actor_of(request)
    desk = access.sit(number, by=actor, at=now(), token=_token(request), to_act=to_act)
    return desk if desk and (desk.standing or actor.is_known) else None


def _form(request: HttpRequest, desk: Desk, act: str, *, back: str = "") -> ActForm:
    if request.method != "POST":
        return form_of(act)(act, desk, candidates=Candidates(desk), back=back)
    data = _as_of_now(request, desk) if phone.is_sent_later(request) else request.POST
    form = form_of(act)(act, desk, candidates=Candidates(desk), back=back, data=data, files=request.FILES)
    form.noted = _kept(request, desk).figures
    return form


def _as_of_now(request: HttpRequest, desk: Desk) -> QueryDict:
    """Whatever happened since leaves this act as good as it was: that was asked before."""
    data = request.POST.copy()
    data["seen"] = str(desk.matter.turn)
    return data


def _kept(request: HttpRequest, desk: Desk) -> phone.Kept:
    return phone.kept(request, at=desk.at, not_before=desk.matter.opened_at)


def _is_overtaken(request: HttpRequest, desk: Desk, act: str) -> bool:
    seen = request.POST.get("seen", "")
    based, turn = request.POST.get("based", ""), int(seen) if seen.isdecimal() else None
    return desk.sees_all and is_overtaken(desk, act, based=based, seen=turn)


def _overtaken(request: HttpRequest, desk: Desk, act: str) -> HttpResponse:
    """Put on record what was not done, and show both sides to the phone that sent it (冲突)."""
    form = _form(request, desk, act)
    words = "。".join(said for _, said in form.filled_in)
    told = {
        "asked": ACTS[act].title,
        "mine": form.filled_in,
        "theirs": [_told(one) for one in theirs(desk, based=request.POST.get("based", ""))],
        "page": _place(request, desk.matter.number),
        "is_open": bool(desk.ask(act)),
        "add_words": _address(desk, "add_words") if desk.ask("add_words") else "",
    }
    set_aside(desk, act, words=words, kept=_kept(request, desk))
    return JsonResponse({"conflict": told}, status=CONFLICT)


def _address(desk: Desk, act: str) -> str:
    return reverse("cases:act", args=(desk.matter.number, act))


def _told(one: Theirs) -> dict[str, str]:
    at = wording.moment(one.at, today=day_of(one.at))
    return {"act": one.act, "who": one.who, "at": at, "words": one.words}


def _wrong(request: HttpRequest, desk: Desk, form: ActForm) -> HttpResponse:
    if phone.is_sent_later(request):
        return refusing.wrong(form)
    if request.headers.get("HX-Request"):
        return _part(request, desk, form, status=refusing.STATUS)
    return _page(request, desk, form, status=refusing.STATUS)


def _part(request: HttpRequest, desk: Desk, form: ActForm, *, status: int = 200) -> HttpResponse:
    """Show the form alone, for the page that it is put into."""
    part = {"one": _opened(desk, form), "panel_of": desk.matter, "query": _query(request)}
    return render(request, "cases/parts/act_form.html", part, status=status)


def _refused(request: HttpRequest, number: str, act: str, refused: Refused) -> HttpResponse:
    """Say why not beside what was typed; if the act is still open, it can be sent again after reading."""
    desk = _sit(request, number)
    if desk is None:
        raise Http404
    if not desk.ask(act) or not request.accepts("text/html"):
        return _closed(request, desk, refused.refusals)
    if request.headers.get("HX-Request"):
        answer = _closed(request, desk, refused.refusals)
        answer.write(render_to_string("cases/parts/seen.html", {"act": act, "turn": desk.matter.turn}))
        return answer
    again = request.POST.copy()
    again["seen"] = str(desk.matter.turn)
    form = form_of(act)(act, desk, candidates=Candidates(desk), data=again)
    return _page(request, desk, form, status=refusing.STATUS, refused=refused)


def _closed(request: HttpRequest, desk: Desk, refusals: tuple[Refusal, ...]) -> HttpResponse:
    """Say why not; whoever acted on a page that is no longer true is led to the present one."""
    place, matter = _place(request, desk.matter.number), desk.matter
    is_stale = request.POST.get("seen", str(matter.turn)) != str(matter.turn)
    return refusing.refusal(
        request, refusals, pack=matter.pack, back_href=place, latest_href=place if is_stale else ""
    )


def _page(
    request: HttpRequest, desk: Desk, form: ActForm, *, status: int = 200, refused: Refused | None = None
) -> HttpResponse:
    context = {
        "one": _opened(desk, form),
        "panel_of": desk.matter,
        "title": desk.matter.title if desk.sees_all else "",
        "query": _query(request),
        "refusals": refused.refusals if refused else (),
        "pack": desk.matter.pack,
        "back_href": _place(request, desk.matter.number),
    }
    return render(request, "cases/act.html", context, status=status)


def _opened(desk: Desk, form: ActForm) -> OpenAct:
    return lay_out(desk.require(form.act), form)


def _back(request: HttpRequest, number: str) -> HttpResponse:
    place = _place(request, number)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": place})
    return redirect(place)


def _place(request: HttpRequest, number: str) -> str:
    wanted = request.POST.get("back") or request.GET.get("back") or ""
    return own_path(wanted) or f"/m/{number}/{_query(request)}"


def _token(request: HttpRequest) -> str:
    return request.GET.get("token", "")


def _query(request: HttpRequest) -> str:
    token = _token(request)
    return f"?token={token}" if token.isalnum() else ""
