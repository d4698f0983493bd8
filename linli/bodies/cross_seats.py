"""Who serves in a community's body and in an estate's at once, and where nobody does (双向进入、交叉任职)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from linli.bodies import roster
from linli.bodies.models import Body, Office
from linli.pack.edition import CrossSeat, CrossSide
from linli.places import queries as places
from linli.places.path import inside, paths_above
from linli.places.queries import Spot


@dataclass(frozen=True, slots=True)
class Crossing:
    """One person with an office on either side, and since when both are held (交叉任职)."""

    person: str
    community: str
    estate: str
    since: date


@dataclass(frozen=True, slots=True)
class Way:
    """An appointment that would make a cross-seat; one of the estate who could enter is named (任职).

    ``is_first``: nobody counts there yet, so that an office has to be filled before anybody can cross.
    """

    office: str
    body_id: int
    body: str
    path: str
    person: str = ""
    serves_as: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Estate:
    """One estate: what stands there of each kind, who serves on both sides, what would close a gap (小区)."""

    spot: Spot
    bodies: tuple[tuple[str, str], ...]
    crossings: tuple[Crossing, ...]
    ways: tuple[Way, ...]

    @property
    def has_body(self) -> bool:
        """Tell whether anything stands there that could be crossed with."""
        return any(name for _, name in self.bodies)


@dataclass(frozen=True, slots=True)
class Crossed:
    """The estates of a place under one rule on cross-seats (交叉任职覆盖)."""

    rule: CrossSeat
    estates: tuple[Estate, ...]

    @property
    def gaps(self) -> tuple[Estate, ...]:
        """Return the estates without a cross-seat."""
        return tuple(one for one in self.estates if not one.crossings)

    @property
    def covered(self) -> int:
        """Return how many estates have a cross-seat."""
        return len(self.estates) - len(self.gaps)

    @property
    def is_reached(self) -> bool:
        """Tell whether as many estates have one as the goal of the pack asks for."""
        return self.covered >= self.wanted

    @property
    def wanted(self) -> int:
        """Return how many estates the goal asks for; none where the pack sets no goal."""
        whole = len(self.estates)
        return min(self.rule.goal.needs(whole), whole) if self.rule.goal else 0


def read(rule: CrossSeat, *, within: str, on: date) -> Crossed:
    """Lay a rule on cross-seats over a place, in three queries (交叉任职)."""
    ground = _Ground(rule, _bodies(rule, within=within), _offices(rule, within=within, on=on))
    spots = places.spots_within(within, kinds=rule.place_kinds)
    return Crossed(rule, tuple(ground.estate(spot) for spot in spots))


class _Ground:
    """What stands and who serves around the estates, sorted by place."""

    def __init__(self, rule: CrossSeat, bodies: Sequence[Body], offices: Sequence[Office]) -> None:
        self.rule = rule
        self.bodies: defaultdict[str, list[Body]] = defaultdict(list)
        self.offices: defaultdict[str, list[Office]] = defaultdict(list)
        for body in bodies:
            self.bodies[body.place_path].append(body)
        for office in offices:
            self.offices[office.place.path].append(office)

    def estate(self, spot: Spot) -> Estate:
        own, above = self._held((spot.path,), self.rule.estate), self._above(spot)
        crossings = tuple(
            _crossing(one, other) for one in above for other in own if one.person_id == other.person_id
        )
        ways = () if crossings else (*self._inward(spot, own), *self._outward(spot, own))
        return Estate(spot, self._standing(spot), crossings, ways)

    def _above(self, spot: Spot) -> list[Office]:
        return self._held(paths_above(spot.path), self.rule.community)

    def _held(self, paths: Sequence[str], sides: Sequence[CrossSide]) -> list[Office]:
        counted = {(side.body_kind, office) for side in sides for office in side.offices}
        return [
            one
            for path in paths
            for one in self.offices.get(path, ())
            if one.body and (one.body.kind, one.office) in counted
        ]

    def _standing(self, spot: Spot) -> tuple[tuple[str, str], ...]:
        own = self.bodies.get(spot.path, ())
        return tuple(
            (side.title, "、".join(body.name for body in own if body.kind == side.body_kind))
            for side in self.rule.estate
        )

    def _inward(self, spot: Spot, own: Sequence[Office]) -> Iterator[Way]:
        """List whom of the estate the nearest body of the community could ask in (进社区)."""
        for side in self.rule.community:
            body = self._nearest(spot, side.body_kind)
            if not side.joined_as or body is None:
                continue
            for held in own:
                yield Way(side.joined_as, body.pk, body.name, body.place_path, held.person.name, _words(held))

    def _outward(self, spot: Spot, own: Sequence[Office]) -> Iterator[Way]:
        """List the bodies of the estate that somebody could enter, and those without anybody (进小区)."""
        sides = {side.body_kind: side for side in self.rule.estate}
        filled = {held.body_id for held in own}
        for body in self.bodies.get(spot.path, ()):
            side = sides.get(body.kind)
            if side and body.pk not in filled:
                yield Way(side.offices[0], body.pk, body.name, body.place_path, is_first=True)
            if side and side.joined_as:
                yield Way(side.joined_as, body.pk, body.name, body.place_path)

    def _nearest(self, spot: Spot, kind: str) -> Body | None:
        above = (body for path in reversed(paths_above(spot.path)) for body in self.bodies.get(path, ()))
        return next((body for body in above if body.kind == kind), None)


def _bodies(rule: CrossSeat, *, within: str) -> list[Body]:
    above = Q(kind__in=_kinds(rule.community), place_path__in=paths_above(within))
    there = Q(inside(within, column="place_path"), kind__in=_kinds((*rule.community, *rule.estate)))
    return list(Body.objects.filter(above | there).order_by("place_path", "pk"))


def _offices(rule: CrossSeat, *, within: str, on: date) -> list[Office]:
    sides = (*rule.community, *rule.estate)
    around = Q(place__path__in=paths_above(within)) | inside(within, column="place__path")
    held = Office.objects.filter(
        around,
        roster.in_office(on),
        office__in={office for side in sides for office in side.offices},
        body__kind__in=_kinds(sides),
    )
    return list(held.select_related("person", "place", "body").order_by("place__path", "since", "pk"))


def _kinds(sides: Sequence[CrossSide]) -> set[str]:
    return {side.body_kind for side in sides}


def _crossing(one: Office, other: Office) -> Crossing:
    return Crossing(one.person.name, _words(one), _words(other), max(one.since, other.since))


def _words(held: Office) -> str:
    return f"{held.body.name if held.body else held.place.name} {held.title}"
