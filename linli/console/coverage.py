"""How far each organisation reaches, and where nobody is (组织覆盖)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.console.nav import surroundings
from linli.console.reach import scope_of
from linli.frame.signed_in import signed_in
from linli.insight import coverage
from linli.places.path import WIDTH


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show one organisation chain over a place: counts, gaps by name, the tree (组织覆盖)."""
    scope = scope_of(request)
    chains = {chain.key: chain for chain in scope.edition.chains}
    key = request.GET.get("chain") or next(iter(chains), "")
    if chains and key not in chains:
        raise Http404
    context = surroundings(request, here="coverage") | {"scope": scope}
    if not chains:
        return render(request, "console/coverage.html", context | {"reach": None})
    reach = coverage.reach(chains[key], within=scope.place)
    covers = reach.covers()
    below = [spot for spot in reach.spots if len(spot.path) == len(scope.place.path) + WIDTH]
    parts = [(spot, reach.covers(spot.path)) for spot in below]
    known = {
        "reach": reach,
        "covers": covers,
        "parts": [(spot, part) for spot, part in parts if any(cover.wanted for cover in part)],
        "nodes": reach.nodes(),
    }
    return render(request, "console/coverage.html", context | known)
