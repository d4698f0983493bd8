"""How far an organisation reaches: the places that should have a body, and those without (组织覆盖)."""

from collections.abc import Sequence
from dataclasses import dataclass

from linli.bodies import queries as bodies
from linli.pack.edition import Chain, Tier
from linli.places import queries as places
from linli.places.queries import Spot

TREE_AT_MOST = 400


@dataclass(frozen=True, slots=True)
class Cover:
    """How many places of a tier have their body (覆盖)."""

    tier: Tier
    wanted: int
    gaps: tuple[Spot, ...]

    @property
    def covered(self) -> int:
        """Return how many places have one."""
        return self.wanted - len(self.gaps)


@dataclass(frozen=True, slots=True)
class Seat:
    """What stands, or is missing, for one tier at one place (席位)."""

    title: str
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One place of the tree with its seats (节点)."""

    spot: Spot
    depth: int
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """An organisation chain over a place, from top to bottom (组织体系)."""

    chain: Chain
    spots: tuple[Spot, ...]
    bodies: dict[tuple[int, str], tuple[str, ...]]

    def covers(self, path: str = "") -> tuple[Cover, ...]:
        """Count each tier within a part of the place, or in all of it."""
        inside = [spot for spot in self.spots if spot.path.startswith(path)]
        return tuple(self._cover(tier, inside) for tier in self.chain.tiers)

    def nodes(self) -> tuple[Node, ...]:
        """Return the tree from top to bottom; none when it is too large for one page."""
        wanted = [spot for spot in self.spots if self._tiers(spot)]
        if len(wanted) > TREE_AT_MOST:
            return ()
        paths: list[str] = []
        found: list[Node] = []
        for spot in wanted:
            paths = [path for path in paths if spot.path.startswith(path)]
            found.append(Node(spot, len(paths), self._seats(spot)))
            paths.append(spot.path)
        return tuple(found)

    def name_of(self, spot: Spot) -> str:
        """Say where a place is, below the place in question."""
        names = {one.path: one.name for one in self.spots}
        above = [path for path in names if spot.path.startswith(path) and len(path) > len(self.spots[0].path)]
        return " › ".join(names[path] for path in sorted(above)) or spot.name

    def _cover(self, tier: Tier, inside: Sequence[Spot]) -> Cover:
        places_of = [spot for spot in inside if spot.kind in tier.place_kinds]
        gaps = tuple(spot for spot in places_of if (spot.id, tier.body_kind) not in self.bodies)
        return Cover(tier, len(places_of), gaps)

    def _tiers(self, spot: Spot) -> list[Tier]:
        return [tier for tier in self.chain.tiers if spot.kind in tier.place_kinds]

    def _seats(self, spot: Spot) -> tuple[Seat, ...]:
        return tuple(
            Seat(tier.title, self.bodies.get((spot.id, tier.body_kind), ())) for tier in self._tiers(spot)
        )


def reach(chain: Chain, *, within: Spot) -> Reach:
    """Lay a chain over a place, in two queries (组织覆盖)."""
    kinds = tuple(dict.fromkeys(tier.body_kind for tier in chain.tiers))
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    for body in bodies.of_kinds(kinds, within=within.path).order_by("pk"):
        found[body.place_id, body.kind] = (*found.get((body.place_id, body.kind), ()), body.name)
    return Reach(chain, places.spots_within(within.path), found)
