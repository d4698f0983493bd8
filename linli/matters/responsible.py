"""Which place answers for a matter at a level, and how offices stand to it (责任层级)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from linli.bodies.actor import Actor, OfficeHeld
from linli.bodies.queries import nearest_post
from linli.core.dispatch import Level, level_of
from linli.core.procedure import Role, Stand, Step
from linli.pack.edition import Edition
from linli.places.queries import Spot, nearest

if TYPE_CHECKING:
    from linli.bodies.models import Body


@dataclass(frozen=True, slots=True)
class Parties:
    """Who takes part in one matter, as numbers (参与方); ``past`` bodies may read on, but not act."""

    lead: int | None = None
    joint: frozenset[int] = frozenset()
    summoned: frozenset[int] = frozenset()
    past: frozenset[int] = frozenset()
    is_raiser: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a matter stands: its chain of places and its present level (所在)."""

    edition: Edition
    chain: tuple[Spot, ...]
    level: str

    @property
    def place(self) -> Spot:
        """Return the place that answers for the matter at its level, or else one level up (责任地)."""
        return self.at(self.level) or self.above or self.chain[0]

    @property
    def above(self) -> Spot | None:
        """Return the place one level up that has such a level in this tree (上级)."""
        return next(iter(self.levels_from(+1)), None)

    @property
    def below(self) -> Spot | None:
        """Return the place one level down (下级)."""
        return next(iter(self.levels_from(-1)), None)

    @property
    def grid(self) -> Spot:
        """Return the smallest place of a level around the matter, mostly its grid (网格)."""
        return next((spot for level in self.edition.levels if (spot := self.at(level.key))), self.chain[-1])

    def at(self, level: str) -> Spot | None:
        """Return the place of a level in this chain."""
        return nearest(self.chain, self.edition.level(level).place_kinds)

    def levels_from(self, by: int) -> list[Spot]:
        """Return the places of the levels above (+1) or below (-1) that exist here, nearest first."""
        keys = [level.key for level in self.edition.levels]
        start = keys.index(self.level)
        others = keys[start + 1 :] if by > 0 else keys[:start][::-1]
        return [spot for key in others if (spot := self.at(key))]

    def next_level(self, by: int) -> Level | None:
        """Return the level above or below that has a place here."""
        spots = self.levels_from(by)
        if not spots:
            return None
        return next(level for level in self.edition.levels if spots[0].kind in level.place_kinds)


def answering_level(seat: Seat, *, step: Step, roles: Mapping[str, Role], on: date) -> str:
    """Return the level that answers for a step; one where nobody holds the office is passed over (就近)."""
    role = next((roles[key] for key in step.waits_for if roles[key].stands is Stand.RESPONSIBLE), None)
    post = nearest_post(seat.place.path, on=on, office=role.office) if role else None
    spot = next((spot for spot in seat.chain if spot.id == post), None)
    level = level_of(seat.edition.levels, place_kind=spot.kind) if spot else None
    return level.key if level else seat.level


def solved_level(level: str, *, lead: "Body | None", edition: Edition) -> str:
    """Return the level at which a matter was solved: its own, or the higher one of its lead (办结层级).

    A community that sends a matter to a district bureau did not solve it within the community.
    """
    keys = [one.key for one in edition.levels]
    of_lead = level_of(edition.levels, place_kind=lead.place.kind) if lead else None
    return max(level, of_lead.key if of_lead else level, key=keys.index)


def standing(actor: Actor, *, seat: Seat, roles: Sequence[Role], parties: Parties) -> frozenset[str]:
    """Return the roles that somebody has for a matter (所任角色)."""
    return frozenset(role.key for role in roles if _has(actor, role, seat, parties))


def offices_in(actor: Actor, role: Role, *, seat: Seat, parties: Parties) -> Iterator[OfficeHeld]:
    """Return the offices by which somebody has a role for a matter (以何职务)."""
    for held in actor.offices:
        if held.office == role.office and _stands(held, role, seat, parties):
            yield held


def _has(actor: Actor, role: Role, seat: Seat, parties: Parties) -> bool:
    match role.stands:
        case Stand.EVERYONE:
            return True
        case Stand.RAISER:
            return parties.is_raiser
        case _:
            return any(offices_in(actor, role, seat=seat, parties=parties))


def _stands(held: OfficeHeld, role: Role, seat: Seat, parties: Parties) -> bool:
    here = seat.chain[-1].path
    match role.stands:
        case Stand.LEAD:
            return held.body_id is not None and held.body_id == parties.lead
        case Stand.JOINT:
            return held.body_id in parties.joint
        case Stand.SUMMONED:
            return held.body_id in parties.summoned
        case Stand.COVERS:
            return held.covers(here)
        case Stand.RESPONSIBLE:
            return held.place_path == seat.place.path
        case Stand.ABOVE:
            return held.covers(here) and len(held.place_path) < len(seat.place.path)
        case _:
            return False
