"""The people of a demo, with their offices and accounts (演示人物)."""

from dataclasses import dataclass, field
from datetime import date

from linli.bodies import actions as bodies_actions
from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.core.procedure import Role, Stand
from linli.demo.script import PersonPart
from linli.pack.edition import Edition
from linli.people import actions as people
from linli.people.queries import names
from linli.places import queries as places

SINCE = date(2025, 1, 1)
STAND_IN = "值班经办人"


@dataclass(slots=True)
class Cast:
    """Everybody who may act in a pack's stories (演员表)."""

    edition: Edition
    on: date
    numbers: dict[str, int] = field(default_factory=dict)
    actors: dict[int, Actor] = field(default_factory=dict)

    def enrol(self, parts: tuple[PersonPart, ...]) -> None:
        """Enter the cast into the registers and give everybody an account without a password."""
        for part in parts:
            self._enrol_one(part)
        self._load(list(self.numbers.values()))

    def person(self, key: str) -> int | None:
        """Return somebody's number, none for an anonymous story."""
        return self.numbers[key] if key else None

    def actor(self, key: str) -> Actor:
        """Return somebody as an actor."""
        return self.actors[self.numbers[key]]

    def candidates(self, role: Role, *, body: int | None, path: str, raiser: int | None) -> list[Actor]:
        """Return who might have a role for a matter at a path, the nearest office first."""
        if role.stands is Stand.RAISER:
            return [self.actors[raiser]] if raiser in self.actors else []
        if body is not None and role.stands in (Stand.LEAD, Stand.JOINT, Stand.SUMMONED):
            return [self._handler(body)]
        holders = [
            (len(held.place_path), actor)
            for actor in self.actors.values()
            for held in actor.offices
            if held.office == role.office and held.covers(path)
        ]
        return [actor for _, actor in sorted(holders, key=lambda pair: -pair[0])]

    def _handler(self, body: int) -> Actor:
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
        home = places.of_key(f"{pack}.{part.lives}")
        person = people.enrol(
            name=part.name,
            key=f"{pack}.{part.key}",
            gender=part.gender,
            born_in=part.born,
            phone=part.phone,
            lives_at=home.pk if home else None,
            about=part.about,
        )
        people.open_account(person, username=f"{pack}.{part.key}")
        self.numbers[part.key] = person.pk
        for held in part.office:
            self._seat(person.pk, held.office, place=held.place, body=held.body)

    def _seat(self, person_id: int, office: str, *, place: str, body: str) -> None:
        where = places.of_key(f"{self.edition.key}.{place}")
        acts_for_body = office in self.edition.body_offices
        what = bodies.of_key(f"{self.edition.key}.{body}") if body and acts_for_body else None
        if where is None:
            raise LookupError(place)
        bodies_actions.seat(
            person_id, office=office, title=self.edition.offices[office].title, place_id=where.pk,
            since=SINCE, body_id=what.pk if what else None,
        )  # fmt: skip

    def _load(self, numbers: list[int]) -> None:
        for number, name in names(numbers).items():
            self.actors[number] = bodies.actor(person_id=number, name=name, on=self.on)
