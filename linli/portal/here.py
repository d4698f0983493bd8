"""The place that a resident looks at, and the one their device remembers (我的小区)."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from linli.bodies.actor import Actor
from linli.core.dispatch import Level
from linli.frame import addresses
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.places.queries import Spot
from linli.rulebook import queries as rulebook

_COOKIE = "place"
_A_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Here:
    """A place with the places around it and the rules in force there (所在)."""

    spots: tuple[Spot, ...]
    edition: Edition

    @property
    def spot(self) -> Spot:
        """Return the place itself."""
        return self.spots[-1]

    @property
    def home(self) -> str:
        """Return the address of the place's own page."""
        return addresses.of("portal:home", self.spot.key)

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        """Return the places around it with their addresses, the largest first."""
        return tuple(
            (spot.name, addresses.of("portal:home", spot.key)) for spot in places.plainly(self.spots)
        )

    @property
    def grid(self) -> Spot | None:
        """Return the grid it lies in, when it is not larger than one (网格)."""
        return places.nearest(self.spots, self._smallest.place_kinds)

    @property
    def offices_above(self) -> tuple[str, ...]:
        """Return the paths of those places around it that have an office to call."""
        kinds = {kind for level in self.edition.levels[1:] for kind in level.place_kinds}
        return tuple(spot.path for spot in self.spots if spot.kind in kinds)

    @property
    def _smallest(self) -> Level:
        return self.edition.levels[0]


def at_key(key: str) -> Here:
    """Find a place by the key in an address; a place that is not there is a missing page."""
    found = _find(key)
    if found is None:
        raise Http404
    return found


def remembered(request: HttpRequest) -> Here | None:
    """Return the place this device remembers, if it still exists."""
    key = request.COOKIES.get(_COOKIE, "")
    return _find(key) if key else None


def at_work(actor: Actor) -> Here | None:
    """Return the place of somebody's first office (任职地)."""
    first = next(iter(actor.offices), None)
    return Here(places.chain(first.place_path), rulebook.current(first.pack)) if first else None


def is_remembered(request: HttpRequest, here: Here) -> bool:
    """Tell whether this device remembers a place as its own."""
    return request.COOKIES.get(_COOKIE) == here.spot.key


def remember(response: HttpResponse, here: Here) -> HttpResponse:
    """Remember a place on this device."""
    response.set_cookie(
        _COOKIE,
        here.spot.key,
        max_age=_A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _find(key: str) -> Here | None:
    spots = places.chain_of(key)
    return Here(spots, rulebook.current(spots[-1].pack)) if spots else None
