"""From degrees to the metres of a plan and back, and to the smallest place around a point (定位)."""

from dataclasses import dataclass
from math import cos, radians

from linli.methods import plan
from linli.pack.edition import Reference
from linli.places import queries as places
from linli.places.queries import Spot

# The length of a degree of latitude on the mean sphere.
_METRES_A_DEGREE = 111_195.0
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Degrees:
    """A point on the globe."""

    latitude: float
    longitude: float


def metres(at: Degrees, *, reference: Reference) -> tuple[int, int]:
    """Say where a point on the globe lies on the plan."""
    east = (at.longitude - reference.longitude) * _METRES_A_DEGREE * cos(radians(reference.latitude))
    south = (reference.latitude - at.latitude) * _METRES_A_DEGREE
    return round(east), round(south)


def degrees(point: tuple[float, float], *, reference: Reference) -> Degrees:
    """Say where a point of the plan lies on the globe."""
    east, south = point
    longitude = reference.longitude + east / _METRES_A_DEGREE / cos(radians(reference.latitude))
    return Degrees(round(reference.latitude - south / _METRES_A_DEGREE, _DIGITS), round(longitude, _DIGITS))


def around(point: tuple[int, int], *, within: str) -> tuple[Spot, ...]:
    """Return the chain of the smallest place within another that holds a point; or nothing."""
    outlines = list(places.within(within).exclude(outline=[]).values_list("path", "outline"))
    found = plan.locate(point, outlines=outlines)
    return places.chain(found) if found else ()


def middles(paths: set[str], *, reference: Reference | None) -> dict[str, Degrees]:
    """Return the middle of each of some places on the globe, where it is known."""
    if reference is None or not paths:
        return {}
    rows = places.of_paths(paths).exclude(outline=[]).values_list("path", "outline")
    return {path: degrees(plan.middle(outline), reference=reference) for path, outline in rows}
