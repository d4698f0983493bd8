"""The page on which a paper list of a joint demand is looked over and entered (纸质联名)."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.bodies.entering import actor_of
from linli.console.nav import surroundings
from linli.console.topic_forms import NamesForm
from linli.core.verdict import Refused
from linli.deliberation import access, papers, queries
from linli.deliberation.access import Desk
from linli.deliberation.actions import papering
from linli.frame import upload_papers
from linli.frame.clock import day_of, now
from linli.frame.refused import STATUS
from linli.frame.security import OF_PICTURES
from linli.frame.signed_in import signed_in

if TYPE_CHECKING:
    from linli.core.paper_names import Found


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def names(request: HttpRequest, number: str) -> HttpResponse:
    """Look a paper list over, then count its names and keep the paper (录入纸质联名)."""
    desk = _desk(request, number)
    desk.require("enter_names")
    if request.method != "POST":
        return _page(request, desk, NamesForm(initial={"day": day_of(desk.at), "seen": desk.matter.turn}))
    form = NamesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, desk, form)
    if form.only_looks:
        return _page(request, desk, form, found=_found(desk, form))
    try:
        with transaction.atomic():
            desk = _desk(request, number, to_act=True)
            found = _found(desk, form)
            sheet = papering.enter(desk, found, _paper(form), seen=form.cleaned_data["seen"])
    except Refused as refused:
        form.add_error(None, "".join(f"{one.sentence}{one.remedy}" for one in refused.refusals))
        return _page(request, desk, form, found=_found(desk, form))
    messages.success(request, f"纸上 {sheet.lines} 行，计入 {sheet.counted} 人，已经逐人发信告知。")
    return redirect("console:topic", desk.matter.number)


@signed_in
@require_safe
def sheet(request: HttpRequest, number: str, paper: int) -> HttpResponse:
    """Hand out the paper of a list to whoever works on the demand (纸质联名表原件)."""
    found = queries.sheet(_desk(request, number).topic, paper)
    if found is None:
        raise Http404
    stored = str(found.file.name)
    with default_storage.open(stored) as file:
        answer = HttpResponse(file.read(), content_type="application/octet-stream")
    name = quote(f"{found.title}.{stored.rpartition('.')[2]}")
    answer.headers["Content-Disposition"] = f"attachment; filename*=utf-8''{name}"
    answer.headers["Content-Security-Policy"] = OF_PICTURES
    return answer


def _desk(request: HttpRequest, number: str, *, to_act: bool = False) -> Desk:
    desk = access.sit(number, by=actor_of(request), at=now(), to_act=to_act)
    if desk is None or not (desk.actor.is_staff and desk.works_on_it):
        raise Http404
    return desk


def _found(desk: Desk, form: NamesForm) -> "tuple[Found, ...]":
    return papers.look_over(desk, form.cleaned_data["names"], day=form.cleaned_data["day"], at=desk.at)


def _paper(form: NamesForm) -> upload_papers.Paper:
    return upload_papers.paper(form.cleaned_data["file"])


def _page(
    request: HttpRequest, desk: Desk, form: NamesForm, *, found: "tuple[Found, ...]" = ()
) -> HttpResponse:
    context = {
        "desk": desk,
        "matter": desk.matter,
        "form": form,
        "found": found,
        "counting": sum(one.counts for one in found),
        "sheets": queries.sheets(desk.topic),
        "accepted": upload_papers.ACCEPTED,
    }
    status = STATUS if form.errors else 200
    return render(
        request, "console/topic_names.html", surroundings(request, here="deciding") | context, status=status
    )
