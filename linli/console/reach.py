"""Which place a page of the staff door speaks of: chosen down the tree, within one's reach (范围)."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest

from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.places.queries import Spot
from linli.rulebook import queries as rulebook


@dataclass(frozen=True)
class Scope:
    """A place with its chain, before somebody whose offices cover it (范围)."""

    actor: Actor
    chain: tuple[Spot, ...]

    @property
    def place(self) -> Spot:
        """Return the place itself."""
        return self.chain[-1]

    @cached_property
    def edition(self) -> Edition:
        """Return the rules that are in force there."""
        return rulebook.current(self.place.pack)

    @property
    def steps(self) -> tuple[Spot, ...]:
        """Return the places one may go up to, down to the place itself."""
        return tuple(spot for spot in self.chain if self.actor.reaches(spot.path))

    @property
    def others(self) -> tuple[str, ...]:
        """Return the other paths that one's offices begin at."""
        return tuple(path for path in self.actor.reach() if not self.place.path.startswith(path))


def seat_of(request: HttpRequest) -> Scope:
    """Read the place from the address, or take that of a body one serves in; others find nothing (任职地).

    Whoever holds an office in a body alone reaches no place, but meets and decides at the body's.
    """
    actor = actor_of(request)
    if actor.reach() or not actor.offices:
        return scope_of(request)
    path = request.GET.get("within") or actor.offices[0].place_path
    if not any(held.covers(path) for held in actor.offices):
        raise Http404
    chain = places.chain(path)
    if not chain or chain[-1].path != path:
        raise Http404
    return Scope(actor, chain)


def scope_of(request: HttpRequest) -> Scope:
    """Read the place from the address, or take the first of one's own; what one may not see is a 404."""
    actor = actor_of(request)
    own = actor.reach()
    path = request.GET.get("within") or (own[0] if own else "")
    if not path or not actor.reaches(path):
        raise Http404
    chain = places.chain(path)
    if not chain or chain[-1].path != path:
        raise Http404
    return Scope(actor, chain)
