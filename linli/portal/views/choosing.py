"""Choosing one's own neighbourhood: by opening the tree, or by name (选小区)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.places import queries as places
from linli.places.queries import Spot
from linli.portal import here as memory
from linli.portal.surroundings import show

_NOT_CHOSEN = ("building", "entrance")
_CHOSEN_WHOLE = ("grid_cell", "estate", "lane", "courtyard", "hamlet")
_MOST_FOUND = 30
_COMPLAIN = "complain"


@dataclass(frozen=True, slots=True)
class Branch:
    """One place in the tree, with the places below it when it is open (一枝)."""

    key: str
    name: str
    kind: str
    opens: bool
    is_open: bool = False
    inner: tuple["Branch", ...] = ()


@require_safe
@never_cache
def front(request: HttpRequest) -> HttpResponse:
    """Go straight to the place this device remembers, or ask for one (首页)."""
    mine = memory.remembered(request)
    return redirect(mine.home) if mine else choose(request)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """Show the installed places to choose from, and remember the choice (选小区)."""
    if request.method == "POST":
        chosen = memory.at_key(request.POST.get("place", ""))
        then = "portal:complain" if request.POST.get("then") == _COMPLAIN else chosen.home
        return memory.remember(redirect(then), chosen)
    words = request.GET.get("q", "").strip()[:40]
    context = {
        "then": _COMPLAIN if request.GET.get("then") == _COMPLAIN else "",
        "words": words,
        "found": _found(words) if words else (),
        "tree": _tree(request.GET.get("in", "")),
    }
    return show(request, "choose.html", context, here=memory.remembered(request))


def _found(words: str) -> tuple[tuple[str, str, str], ...]:
    rows = places.all_places().filter(name__icontains=words).exclude(kind__in=_NOT_CHOSEN)[:_MOST_FOUND]
    found = tuple(rows)
    chains = places.chains([place.path for place in found])
    return tuple(
        (place.key, place.name, " › ".join(spot.name for spot in places.plainly(chains[place.path])[:-1]))
        for place in found
    )


def _tree(key: str) -> tuple[Branch, ...]:
    opened = places.of_key(key)
    way = [spot.path for spot in places.chain(opened.path)] if opened else []
    return tuple(_branch(spot, way) for spot in places.spots(places.roots()))


def _branch(spot: Spot, way: Sequence[str]) -> Branch:
    is_open = spot.path in way
    inner = tuple(_branch(one, way) for one in places.below(spot)) if is_open else ()
    opens = spot.kind not in _CHOSEN_WHOLE
    return Branch(spot.key, spot.name, spot.kind_title, opens, is_open and opens, inner)
