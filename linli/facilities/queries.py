"""Questions about facilities, and what a place lacks of each kind (查询)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from linli.facilities.models import Facility
from linli.pack.edition import Facilities, FacilityKind
from linli.places import queries as places
from linli.places.path import inside
from linli.places.queries import Spot


@dataclass(frozen=True, slots=True)
class Cover:
    """How many of one kind there are, how many were meant for the whole, and where none stands (一类)."""

    kind: FacilityKind
    have: int
    goal: int | None
    lacking: tuple[Spot, ...]

    @property
    def short(self) -> int:
        """Say how many are missing to the goal (还差)."""
        return max((self.goal or 0) - self.have, 0)


def of_id(number: int, *, to_act: bool = False) -> Facility | None:
    """Find a facility by its number; ``to_act`` holds it until the act is done."""
    found = Facility.objects.select_for_update(of=("self",)) if to_act else Facility.objects
    return found.select_related("place").filter(pk=number).first()


def within(path: str) -> QuerySet[Facility]:
    """Return the facilities in use of a place and of all places within it (服务设施)."""
    found = Facility.objects.filter(inside(path, column="place_path"), closed_at=None)
    return found.select_related("place").order_by("place_path", "name", "pk")


def covers(standard: Facilities, *, spot: Spot, is_whole: bool) -> tuple[Cover, ...]:
    """Lay the standard of a pack over what stands within a place, in two queries (缺什么).

    A goal is meant for the whole of the pack, so that it is left out for a part of it.
    """
    found = list(within(spot.path))
    asked = {one.each for one in standard.kinds if one.each}
    spots = places.spots_within(spot.path, kinds=sorted(asked)) if asked else ()
    return tuple(_cover(one, found, spots, is_whole=is_whole) for one in standard.kinds)


def _cover(kind: FacilityKind, found: Sequence[Facility], spots: Sequence[Spot], *, is_whole: bool) -> Cover:
    own = [one.place_path for one in found if one.kind == kind.key]
    lacking = (
        spot
        for spot in spots
        if spot.kind == kind.each and not any(path.startswith(spot.path) for path in own)
    )
    return Cover(kind, len(own), kind.goal if is_whole else None, tuple(lacking))
