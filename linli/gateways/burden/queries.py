"""Questions about outside apps, and how much time they cost a grid worker a week (查询)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from linli.bodies import access
from linli.bodies.actor import Actor
from linli.gateways.choices import Decision
from linli.gateways.models import OutsideApp
from linli.places import queries as places
from linli.places.path import inside, is_within, paths_above
from linli.places.queries import Spot


@dataclass(frozen=True, slots=True)
class Load:
    """How many minutes a week outside apps take of one grid worker at a place (负担)."""

    place: Spot
    minutes: int
    apps: int


def led_by(actor: Actor) -> QuerySet[OutsideApp]:
    """Return the apps of the places somebody keeps, and those that higher places ask there."""
    every = OutsideApp.objects.select_related("place").order_by("place_path", "name")
    if actor.runs_site:
        return every
    led = access.led_by(actor)
    above = {path for one in led for path in paths_above(one)}
    return every.filter(inside(*led, column="place_path") | Q(place_path__in=above))


def loads(actor: Actor, *, apps: Sequence[OutsideApp]) -> tuple[Load, ...]:
    """Reckon the load for one grid worker in each community, in the order of the map.

    Places are never ordered by it, and no person is named: it judges the apps, not the people.
    """
    in_use = [one for one in apps if one.decision != Decision.STOP]
    paths = [root.path for root in places.roots()] if actor.runs_site else access.led_by(actor)
    spots = places.spots(places.within_any(paths, kinds=places.COMMUNITIES))
    return tuple(load for load in _loads(spots, in_use) if load.apps)


def _loads(spots: Sequence[Spot], apps: Sequence[OutsideApp]) -> Iterator[Load]:
    for spot in spots:
        asking = [one for one in apps if is_within(spot.path, one.place_path)]
        yield Load(spot, sum(one.minutes_a_week for one in asking), len(asking))
