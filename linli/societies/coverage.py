"""How many organisations a community should have, has, and lacks (组织培育覆盖)."""

from collections.abc import Sequence
from dataclasses import dataclass

from linli.pack.edition import Societies
from linli.places import queries as places
from linli.places.queries import Spot
from linli.societies import queries
from linli.societies.models import Rung, Society

# What has been filed stays filed while it grows.
_FILED = (Rung.FILED, Rung.INCUBATED)


@dataclass(frozen=True, slots=True)
class Cover:
    """What one community has of each sort, and what it lacks by name (覆盖).

    Each organisation counts once: as professional, as filed, or as grassroots.
    """

    spot: Spot
    professional: int
    filed: int
    grassroots: int
    lacks: tuple[str, ...]


def read(standard: Societies, *, within: str) -> tuple[Cover, ...]:
    """Lay the place's own goal over its communities, in two queries; none without a goal (覆盖)."""
    if standard.goal is None:
        return ()
    spots = places.spots_within(within, kinds=standard.place_kinds)
    found = list(queries.within(within)) if spots else []
    return tuple(
        cover(standard, spot, [one for one in found if one.place_path.startswith(spot.path)])
        for spot in spots
    )


def cover(standard: Societies, spot: Spot, found: Sequence[Society]) -> Cover:
    """Put the organisations of one community to the goal (覆盖)."""
    experts = [one for one in found if one.is_professional and one.rung == Rung.REGISTERED]
    filed = [one for one in found if one.rung in _FILED]
    grassroots = [one for one in found if one.rung == Rung.GRASSROOTS]
    return Cover(
        spot, len(experts), len(filed), len(grassroots),
        (
            *_short(len(experts), standard, "professional", "专业社会组织"),
            *_committees(filed, standard),
            *_short(len(grassroots), standard, "grassroots", "草根组织"),
        ),
    )  # fmt: skip


def _short(have: int, standard: Societies, sort: str, called: str) -> tuple[str, ...]:
    wanted: int = getattr(standard.goal, sort)
    return (f"{called}还差 {wanted - have} 个",) if have < wanted else ()


def _committees(filed: Sequence[Society], standard: Societies) -> tuple[str, ...]:
    """Name the sub-committees that no filed group belongs to (下属委员会)."""
    served = {one.sub_committee for one in filed}
    return tuple(f"{name}没有备案组织" for name in standard.sub_committees if name not in served)
