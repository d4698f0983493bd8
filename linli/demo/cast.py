"""The people of a demo, with their offices and accounts (演示人物)."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from linli.bodies import actions as bodies_actions
from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.core.procedure import Role, Stand
from linli.demo.script import PersonPart
from linli.handoffs import trades
from linli.pack.edition import Edition
from linli.people import actions as people
from linli.people.queries import names
from linli.places import queries as places
from linli.places.path import paths_above
from linli.places.queries import Spot
from linli.rulebook import queries as rulebook

SINCE = date(2025, 1, 1)
STAND_IN = "值班经办人"


@dataclass(slots=True)
class Cast:
    """Everybody who may act in a pack's stories (演员表)."""

    edition: Edition
    on: date
    numbers: dict[str, int] = field(default_factory=dict)
    actors: dict[int, Actor] = field(default_factory=dict)
    places: dict[str, Spot] = field(default_factory=dict)
    by_path: dict[str, Spot] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)

    def enrol(self, parts: tuple[PersonPart, ...]) -> None:
        """Enter the cast into the registers and give everybody an account without a password."""
        for part in parts:
            self._enrol_one(part)
        self._load(list(self.numbers.values()))

    def settle(self, neighbours: tuple[str, ...]) -> tuple[str, ...]:
        """Enter people who only report now and then, without an account; return their keys."""
        keys = tuple(f"neighbour_{place}" for place in range(1, len(neighbours) + 1))
        for key, name in zip(keys, neighbours, strict=True):
            self.numbers[key] = people.enrol(name=name, key=f"{self.edition.key}.{key}").pk
        self._load([self.numbers[key] for key in keys])
        return keys

    def neighbour(self, name: str, *, at: str) -> Actor:
        """Return somebody of the cast by key, or a neighbour at a place by name and year of birth."""
        if name not in self.numbers:
            called, born = name.split()
            home = self.spots(at)[-1]
            self.numbers[name] = people.enrol(name=called, born_in=int(born), lives_at=home.id).pk
            self._load([self.numbers[name]])
        return self.actor(name)

    def seat(self, person_id: int, office: str, *, place: str, body: str) -> None:
        """Put somebody into an office at a place, in a body where the office is held in one."""
        where = self.spots(place)[-1]
        acts_for_body = body and office in self.edition.body_offices
        bodies_actions.seat(
            person_id, office=office, title=self.edition.offices[office].title, place_id=where.id,
            since=SINCE, body_id=self.body(body, path=where.path) if acts_for_body else None,
        )  # fmt: skip

    def person(self, key: str) -> int | None:
        """Return somebody's number, none for an anonymous story."""
        return self.numbers[key] if key else None

    def actor(self, key: str) -> Actor:
        """Return somebody as an actor."""
        return self.actors[self.numbers[key]]

    def spots(self, key: str) -> tuple[Spot, ...]:
        """Return a place of the pack with its ancestors; raises ``KeyError``."""
        if not self.places:
            rows = places.spots(places.all_places().filter(pack=self.edition.key))
            self.places = {spot.key: spot for spot in rows}
            self.by_path = {spot.path: spot for spot in rows}
        path = self.places[f"{self.edition.key}.{key}"].path
        return tuple(self.by_path[above] for above in paths_above(path))

    def body(self, name: str, *, path: str) -> int:
        """Return a body of the pack by key, or the nearest of a kind; raises ``LookupError``."""
        pack = self.edition.key
        if not self.bodies:
            self.bodies = dict(bodies.of_pack(pack).values_list("key", "pk"))
        known = self.bodies.get(f"{pack}.{name}")
        if known:
            return known
        near = bodies.nearest(path, pack=pack, names=(name,)).get(name)
        if near is None:
            raise LookupError(name)
        return near.pk

    def candidates(self, role: Role, *, body: int | None, path: str, raiser: int | None) -> list[Actor]:
        """Return who might have a role for a matter at a path, the nearest office first."""
        if role.stands is Stand.RAISER:
            return [self.actors[raiser]] if raiser in self.actors else []
        if body is not None and role.stands in (Stand.LEAD, Stand.JOINT, Stand.SUMMONED):
            return [self.handler(body)]
        holders = [
            (len(held.place_path), actor)
            for actor in self.actors.values()
            for held in actor.offices
            if held.office == role.office and held.covers(path)
        ]
        return [actor for _, actor in sorted(holders, key=lambda pair: -pair[0])]

    def handler(self, body: int) -> Actor:
        """Return whoever acts for a body, a stand-in where nobody of the cast does."""
        known = next((actor for actor in self.actors.values() if body in actor.body_ids), None)
        return known or self._stand_in(body)

    def _stand_in(self, body: int) -> Actor:
        found = bodies.of_id(body)
        if found is None:
            raise LookupError(body)
        person = people.enrol(name=STAND_IN, key=f"{found.key}.handler", about=f"{found.name}经办人")
        bodies_actions.seat(
            person.pk, office="handler", title=self.edition.offices["handler"].title,
            place_id=found.place_id, since=SINCE, body_id=body,
        )  # fmt: skip
        people.open_account(person, username=f"{found.key}.handler")
        self._load([person.pk])
        return self.actors[person.pk]

    def _enrol_one(self, part: PersonPart) -> None:
        pack = self.edition.key
        person = people.enrol(
            name=part.name,
            key=f"{pack}.{part.key}",
            gender=part.gender,
            born_in=part.born,
            phone=part.phone,
            lives_at=self.spots(part.lives)[-1].id,
            about=part.about,
        )
        people.open_account(person, username=f"{pack}.{part.key}")
        self.numbers[part.key] = person.pk
        if part.trade:
            trades.tell(person.pk, trade=part.trade, known=self.edition.trades, at=self._morning)
        for held in part.office:
            self.seat(person.pk, held.office, place=held.place, body=held.body)

    @property
    def _morning(self) -> datetime:
        return datetime.combine(self.on, time(), rulebook.calendar().zone)

    def _load(self, numbers: list[int]) -> None:
        for number, name in names(numbers).items():
            self.actors[number] = bodies.actor(person_id=number, name=name, on=self.on)
