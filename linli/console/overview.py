"""Every level at a glance, the matters behind each number, and the wall screen (总览、大屏)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.bodies import queries as bodies
from linli.console import lists
from linli.console.nav import surroundings
from linli.console.reach import Scope, scope_of
from linli.frame import paging
from linli.frame.clock import now
from linli.frame.signed_in import signed_in
from linli.insight import drawing, overview, reading, wall
from linli.insight.naming import words_of
from linli.matters import counts
from linli.matters import queries as matters
from linli.matters.slices import Slice, rows
from linli.places import queries as places

PAGE = 50
MOST = 10_000


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the figures of a place, its plan and its levels (总览)."""
    scope = scope_of(request)
    read = reading.read(scope.place, edition=scope.edition, at=now())
    context = {
        "scope": scope,
        "reading": read,
        "sentence": overview.sentence(read),
        "headline": overview.headline(read),
        "levels": overview.levels(read),
        "units": overview.units(read),
        "breakdowns": overview.breakdowns(read),
        "trend": overview.trend(read),
        **_places(scope, read),
    }
    return render(request, "console/overview.html", surroundings(request, here="overview") | context)


@signed_in
@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """List the matters behind a number (数字背后的事项)."""
    scope, at = scope_of(request), now()
    try:
        chosen = Slice.parse(request.GET.dict() | {"within": scope.place.path})
    except ValueError as wrong:
        raise Http404 from wrong
    found = rows(chosen, at=at)
    facts = found.values_list(*lists.COLUMNS, named=True)
    page = paging.page(facts, by=matters.NEWEST, cursor=request.GET.get("after", ""), size=PAGE)
    lead = bodies.names([int(chosen.key)]) if chosen.facet == "lead" and chosen.key.isdecimal() else {}
    context = {
        "scope": scope,
        "chosen": chosen,
        "words": words_of(
            chosen, edition=scope.edition, leads={str(key): name for key, name in lead.items()}
        ),
        "number": found[: MOST + 1].count(),
        "most": MOST,
        "rows": lists.rows(page.rows, at=at, names=lists.full_names(page.rows)),
        "following": page.following,
        "first": not request.GET.get("after"),
    }
    return render(request, "console/behind.html", surroundings(request, here="overview") | context)


@signed_in
@never_cache
@require_safe
def screen(request: HttpRequest) -> HttpResponse:
    """Show the wall screen; asked by htmx, only the part that changes (大屏)."""
    scope, at = scope_of(request), now()
    part = bool(request.headers.get("HX-Request"))
    context = {"scope": scope, "wall": wall.build(scope.place, edition=scope.edition, at=at), "theme": "wall"}
    return render(request, "console/wall_now.html" if part else "console/wall.html", context)


def _places(scope: Scope, read: reading.Reading) -> dict[str, Any]:
    ground, *below = places.with_children(scope.place.path)
    stocks = counts.stocks([place.path for place in below])
    return {
        "places": overview.places(read, below=below, stocks=stocks),
        "plan": drawing.draw(
            below, ground=ground, counts=stocks, links={place.path: _down(place.path) for place in below}
        ),
    }


def _down(path: str) -> str:
    return f"?within={path}"
