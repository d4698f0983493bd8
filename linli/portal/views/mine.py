"""A resident's own matters and letters, with an account or without one (我的事项、信件)."""

from secrets import compare_digest
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.bodies.entering import actor_of
from linli.cases import queries as cases
from linli.frame import throttle
from linli.frame.clock import now
from linli.frame.paging import page
from linli.frame.signed_in import signed_in
from linli.matters import followers
from linli.matters import queries as matters
from linli.outbox import actions as outbox
from linli.outbox import queries as letterbox
from linli.portal import here as memory
from linli.portal import joining, telling
from linli.portal.forms import FindForm
from linli.portal.surroundings import show

if TYPE_CHECKING:
    from linli.matters.models import Matter

# One sentence for every failure: whether a number exists is nobody's business.
_NOT_FOUND = "没有查到。请核对编号和留下的电话后四位，或者核对查询码。"
_TOO_OFTEN = "查得太频繁了，请过几分钟再试，或者打电话问。"
_LAST = 4
MOST_JOINED = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """List what I raised, and find a matter without an account (我的事项)."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        found = _found(request, form)
        if found:
            return redirect(found)
    context = {"form": form, **_own(request)}
    status = 422 if form.errors else 200
    return show(request, "mine.html", context, here=memory.remembered(request), at="mine", status=status)


@require_safe
@never_cache
@signed_in
def letters(request: HttpRequest) -> HttpResponse:
    """Show my letters, newest first, and note that they were seen (信件)."""
    person = actor_of(request).person_id or 0
    listed = page(letterbox.inside(to=person), by="-id", cursor=request.GET.get("from", ""))
    context = {
        "letters": listed.rows,
        "pages": _pages(person, [letter.matter for letter in listed.rows if letter.matter]),
        "older_href": f"?from={listed.following}" if listed.following else "",
        "newer_href": "?" if request.GET.get("from") else "",
    }
    answer = show(request, "letters.html", context, here=memory.remembered(request), at="mine")
    outbox.mark_read(to=person, at=now())
    return answer


def _found(request: HttpRequest, form: FindForm) -> str:
    """Find a matter by its code, or by its number and the end of the telephone; return its address."""
    if throttle.is_too_often(request, act="find"):
        form.add_error(None, _TOO_OFTEN)
        return ""
    given = form.cleaned_data
    if given["code"]:
        found = matters.of_token(given["code"])
    else:
        found = _by_telephone(given["number"], given["last_four"])
    if found:
        return reverse("portal:follow", args=(found.token,))
    joined = followers.of_token(given["code"]) if given["code"] else None
    if joined and joined.left_at is None:
        return reverse("portal:joined", args=(joined.token,))
    form.add_error(None, _NOT_FOUND)
    return ""


def _by_telephone(number: str, last_four: str) -> "Matter | None":
    matter = matters.of_number(number)
    case = cases.of_matter(matter.pk) if matter else None
    left = case.contact_phone[-_LAST:] if case else ""
    return matter if left and compare_digest(left, last_four) else None


def _pages(person: int, numbers: list[int]) -> dict[int, str]:
    """Return the addresses of those matters that somebody raised or joined themselves."""
    own = matters.raised_by(person).filter(pk__in=numbers).values_list("pk", "token")
    joined = followers.standing_of(person).filter(matter_id__in=numbers).values_list("matter_id", "token")
    pages = {number: reverse("portal:joined", args=(token,)) for number, token in joined}
    return pages | {number: reverse("portal:follow", args=(token,)) for number, token in own}


def _own(request: HttpRequest) -> dict[str, object]:
    actor = actor_of(request)
    if actor.person_id is None:
        return {"rows": (), "joined": (), "unread": 0, "is_staff": False, "older_href": "", "newer_href": ""}
    cursor, at = request.GET.get("from", ""), now()
    listed = page(matters.raised_by(actor.person_id), by="-id", cursor=cursor)
    return {
        "rows": telling.own_rows(listed.rows, at=at),
        "joined": joining.rows(followers.followed_by(actor.person_id)[:MOST_JOINED], at=at),
        "unread": letterbox.unread(to=actor.person_id),
        "is_staff": actor.is_staff,
        "older_href": f"?from={listed.following}" if listed.following else "",
        "newer_href": "?" if cursor else "",
    }
