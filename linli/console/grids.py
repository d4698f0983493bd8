"""Every grid against the standard, and the sign that is posted on the spot (网格)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.bodies.entering import actor_of
from linli.console.nav import surroundings
from linli.console.reach import scope_of
from linli.frame import qr
from linli.frame.clock import today
from linli.frame.signed_in import signed_in
from linli.insight import drawing, grids
from linli.places import queries as places
from linli.rulebook import queries as rulebook

# What a sign on the spot has to say.
_POSTED = "G-1"


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """List the grids of a place, what the standard says of each, and who works there (网格标准化)."""
    scope = scope_of(request)
    standard = scope.edition.grid
    found = grids.grids(scope.place.path, standard=standard, on=today())
    context = {
        "scope": scope,
        "standard": standard,
        "grids": found,
        "fitting": sum(not grid.findings for grid in found),
        "vacant": [grid for grid in found if grid.is_vacant],
    }
    return render(request, "console/grids.html", surroundings(request, here="coverage") | context)


@signed_in
@require_safe
def sign(request: HttpRequest, key: str) -> HttpResponse:
    """Print the sign of a grid: name, bounds, worker, telephones, supervision (网格公示牌)."""
    place = places.of_key(key)
    if place is None or place.kind not in grids.GRIDS or not actor_of(request).reaches(place.path):
        raise Http404
    edition = rulebook.current(place.pack)
    (grid,) = grids.grids(place.path, standard=edition.grid, on=today())
    above = places.chain(place.path)[-2]
    ground, *beside = places.with_children(above.path)
    plan = drawing.draw(beside, ground=ground, counts={}, links={})
    address = settings.ORIGIN + reverse("portal:report", args=[place.key])
    context = {
        "grid": grid,
        "issuer": above.name,
        "place_name": place.name,
        "back_href": f"{reverse('console:grids')}?within={above.path}",
        "standard": edition.grid,
        "posted": rulebook.law().rule(_POSTED).clause,
        "plan": drawing.point_out(plan, place.key) if plan else None,
        "code": qr.svg(address, title=f"反映{place.name}的问题"),
        "address": address,
    }
    return render(request, "console/grid_sign.html", context)
