"""The pages of the staff door (工作台页面)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.cases import access
from linli.console import campaigns, lists, posts, sheet, topics
from linli.console import inbox as waiting
from linli.console.nav import surroundings
from linli.console.wanted import Wanted, edition_of, options
from linli.frame import paging
from linli.frame.clock import now
from linli.frame.own_path import own_path
from linli.frame.phone import kept_on_phone
from linli.frame.signed_in import signed_in
from linli.matters import queries as matters
from linli.outbox import actions as outbox_actions
from linli.outbox import queries as outbox

LETTERS = 30
AROUND = 40


@kept_on_phone
@signed_in
@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what waits for me, by when and under which rule; a matter may stand open beside it (收件箱)."""
    actor, at = staff(request), now()
    edition, wanted = edition_of(actor), Wanted.parse(request.GET.dict())
    lit = request.GET.get("open", "")
    found = waiting.read(
        actor, wanted=wanted, edition=edition, at=at, cursor=request.GET.get("after", ""), lit=lit
    )
    context = {
        "inbox": found,
        "wanted": wanted,
        "options": options(actor, edition),
        "walks": bool(posts.walking(actor)),
        "takes_in": bool(posts.taking_in(actor)),
        "older_href": _following(found.following, wanted.query),
        **_beside(request, lit),
    }
    return render(request, "console/inbox.html", surroundings(request, here="inbox") | context)


@kept_on_phone
@signed_in
@require_safe
@never_cache
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """Show a matter to whoever works on it; to other staff, its public page (事项)."""
    desk = access.sit(number, by=staff(request), at=now())
    if desk is None:
        other = campaigns.page_of(request, number) or topics.page_of(request, number)
        if other is None:
            raise Http404
        return other
    if not desk.sees_all:
        return redirect(f"/m/{desk.matter.number}/")
    beside = bool(request.headers.get("HX-Request"))
    back = own_path(request.GET.get("back", "")) or reverse("console:matter", args=(desk.matter.number,))
    context = sheet.lay_out(request, desk, back=back, beside=beside)
    if beside:
        return render(request, "console/parts/matter.html", context)
    return render(request, "console/matter.html", surroundings(request, here="inbox") | context)


@kept_on_phone
@signed_in
@require_safe
@never_cache
def today(request: HttpRequest) -> HttpResponse:
    """Show a grid worker's day: what waits for them, and what goes on in their grid (网格今日)."""
    actor, at = staff(request), now()
    held = posts.walking(actor)
    if not held:
        raise Http404
    found = waiting.read(actor, wanted=Wanted(), edition=edition_of(actor), at=at)
    around = lists.in_grids([one.place_path for one in held], most=AROUND)
    context = {
        "waiting": tuple(line for group in found.groups for line in group.lines),
        "around": lists.rows(around, at=at),
        "grid_names": "、".join(dict.fromkeys(one.place_name for one in held)),
    }
    return render(request, "console/today.html", surroundings(request, here="today") | context)


@signed_in
@require_safe
@never_cache
def everything(request: HttpRequest) -> HttpResponse:
    """List all matters that I may see, newest first (全部事项)."""
    actor, at = staff(request), now()
    edition, wanted = edition_of(actor), Wanted.parse(request.GET.dict())
    tab = request.GET.get("tab", lists.TABS[0][0])
    page = lists.page(
        actor, wanted=wanted, edition=edition, tab=tab, at=at, cursor=request.GET.get("after", "")
    )
    context = {
        "rows": lists.rows(page.rows, at=at, back=request.get_full_path()),
        "wanted": wanted,
        "options": options(actor, edition),
        "tab": tab,
        "group_title": f"{dict(lists.TABS).get(tab, '全部')}，新的在前",
        "choices": [
            {"label": label, "href": f"?tab={key}&{wanted.query}", "current": key == tab}
            for key, label in lists.TABS
        ],
        "older_href": _following(page.following, f"tab={tab}&{wanted.query}"),
    }
    return render(request, "console/all.html", surroundings(request, here="all") | context)


@signed_in
@require_safe
@never_cache
def letters(request: HttpRequest) -> HttpResponse:
    """Show what was written to me; what I have seen counts as read from then on (信件)."""
    actor = staff(request)
    me = actor.person_id or 0
    page = paging.page(outbox.inside(to=me), by="-id", cursor=request.GET.get("after", ""), size=LETTERS)
    numbers = matters.numbers([letter.matter for letter in page.rows if letter.matter])
    context = {
        "letters": [(letter, _to(numbers.get(letter.matter or 0, ""))) for letter in page.rows],
        "older_href": _following(page.following, ""),
    }
    answer = render(request, "console/letters.html", surroundings(request, here="letters") | context)
    outbox_actions.mark_read(to=me, at=now())
    return answer


@signed_in
@require_safe
def more(request: HttpRequest) -> HttpResponse:
    """List every door, for a phone whose bar has no room for them all (更多)."""
    staff(request)
    return render(request, "console/more.html", surroundings(request, here="more"))


def staff(request: HttpRequest) -> Actor:
    """Return who works here; whoever holds no office finds no such page."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise Http404
    return actor


def _beside(request: HttpRequest, number: str) -> dict[str, Any]:
    """Lay out the matter that stands open beside the list, if it may be read."""
    desk = access.sit(number, by=actor_of(request), at=now()) if number else None
    if desk is None or not desk.sees_all:
        return {}
    return sheet.lay_out(request, desk, back=request.get_full_path(), beside=True)


def _following(cursor: str, query: str) -> str:
    return f"?{query}&after={cursor}" if cursor else ""


def _to(number: str) -> str:
    return reverse("console:matter", args=(number,)) if number else ""
