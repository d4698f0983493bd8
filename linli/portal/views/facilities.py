"""Stations and facilities around a place: where, when they are open, who can get in (身边的服务设施)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from linli.facilities import queries
from linli.places import queries as places
from linli.portal import here as memory
from linli.portal.surroundings import show


@require_safe
def listed(request: HttpRequest, key: str) -> HttpResponse:
    """List what stands around a place by its kind, and what is lacking (身边的服务设施)."""
    here = memory.at_key(key)
    spot = places.nearest(here.spots, places.COMMUNITIES) or here.spot
    standard, found = here.edition.facilities, list(queries.within(spot.path))
    is_whole = len(here.spots) == 1
    covers = queries.covers(standard, spot=spot, is_whole=is_whole) if standard else ()
    context = {
        "here": here,
        "standard": standard,
        "groups": [
            (one.kind.title, rows)
            for one in covers
            if (rows := [each for each in found if each.kind == one.kind.key])
        ],
        "covers": [one for one in covers if one.lacking or one.short],
    }
    return show(request, "facilities.html", context, here=here, at="part")
