"""The page that finds, and what the box in the head offers while one types (检索)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.cases import access
from linli.console import finding
from linli.console.finding import Group, Search
from linli.console.nav import surroundings
from linli.console.views import staff
from linli.console.wanted import edition_of
from linli.frame.clock import now
from linli.frame.signed_in import signed_in
from linli.methods.tokens import one_line

AHEAD = 4
_ONE_KIND: dict[str, Callable[..., Group]] = {
    "places": finding.in_places,
    "people": finding.in_people,
    "rules": finding.in_rules,
}


@signed_in
@require_safe
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Show what was found, a few of each kind or many of one; a whole number leads to its matter (检索)."""
    search, kind = _read(request), request.GET.get("in", "")
    desk = access.sit(search.typed, by=search.actor, at=search.at) if search.typed else None
    if desk and desk.sees_all:
        return redirect("console:matter", desk.matter.number)
    groups = _of_kind(search, kind, request.GET.get("after", "")) if kind else finding.found(search)
    context: dict[str, Any] = {
        "typed": search.typed,
        "kind": kind,
        "groups": groups,
        "is_empty": not any(group.hits for group in groups),
        "hrefs": {group.key: _address(search.typed, group.key) for group in groups},
        "every_href": _address(search.typed, ""),
        "older_href": _older(search.typed, groups),
    }
    return render(request, "console/find.html", surroundings(request, here="find") | context)


@signed_in
@require_safe
@never_cache
def ahead(request: HttpRequest) -> HttpResponse:
    """Offer the first few hits while somebody still types (联想)."""
    search = _read(request)
    groups = finding.ahead(search, size=AHEAD) if search.typed else ()
    context = {"groups": groups, "typed": search.typed, "every_href": _address(search.typed, "")}
    return render(request, "console/parts/ahead.html", context)


def _read(request: HttpRequest) -> Search:
    actor = staff(request)
    typed = one_line(request.GET.get("q", ""), most=finding.LONGEST)
    return Search(typed, actor, edition_of(actor), now())


def _of_kind(search: Search, kind: str, cursor: str) -> tuple[Group, ...]:
    if kind == "matters":
        return (finding.in_matters(search, size=finding.PAGE, cursor=cursor),) if search.terms else ()
    if kind not in _ONE_KIND:
        raise Http404
    return (_ONE_KIND[kind](search, size=finding.MANY),) if search.terms else ()


def _older(typed: str, groups: tuple[Group, ...]) -> str:
    following = next((group.following for group in groups if group.key == "matters"), "")
    return f"{_address(typed, 'matters')}&after={following}" if following else ""


def _address(typed: str, kind: str) -> str:
    said = {"q": typed, "in": kind} if kind else {"q": typed}
    return f"{reverse('console:find')}?{urlencode(said)}"
