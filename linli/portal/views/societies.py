"""The social organisations around a place, for everybody (社会组织)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from linli.places import queries as places
from linli.portal import here as memory
from linli.portal.here import Here
from linli.portal.surroundings import show
from linli.societies import coverage, queries

if TYPE_CHECKING:
    from linli.societies.models import Society


@require_safe
def listed(request: HttpRequest, key: str) -> HttpResponse:
    """List the organisations of a place by their kind, and what its community still lacks (社会组织)."""
    here = memory.at_key(key)
    standard, path = here.edition.societies, _around(here)
    found = list(queries.within(path))
    kinds = standard.kinds if standard else {}
    context = {
        "here": here,
        "standard": standard,
        "covers": coverage.read(standard, within=path) if standard else (),
        "groups": [(title, rows) for kind, title in kinds.items() if (rows := _of_kind(kind, found))],
    }
    return show(request, "societies.html", context, here=here, at="part")


def _around(here: Here) -> str:
    """Return the community around a building or an estate; a street stays the street (社区)."""
    community = places.nearest(here.spots, places.COMMUNITIES)
    return community.path if community else here.spot.path


def _of_kind(kind: str, found: "Sequence[Society]") -> "list[Society]":
    return [one for one in found if one.kind == kind]
