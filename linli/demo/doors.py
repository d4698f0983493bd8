"""Whom one can enter a demo site as (演示身份)."""

from dataclasses import dataclass
from datetime import date

from linli.bodies import queries as bodies
from linli.people import queries as people
from linli.places import queries as places


@dataclass(frozen=True, slots=True)
class Door:
    """One of the cast: name, offices, who they are."""

    username: str
    name: str
    offices: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Doorway:
    """The cast of one place."""

    place: str
    staff: tuple[Door, ...]
    residents: tuple[Door, ...]


def doors(*, on: date) -> tuple[Doorway, ...]:
    """List the cast by place: those in office first, then residents."""
    held = bodies.titles_of_everybody(on=on)
    by_pack: dict[str, list[Door]] = {}
    for account in people.accounts_with_people():
        pack = account.username.split(".")[0]
        person = account.person
        door = Door(account.username, person.name, held.get(person.pk, ()), person.about)
        by_pack.setdefault(pack, []).append(door)
    return tuple(_doorway(root.name, by_pack.get(root.pack, [])) for root in places.roots())


def _doorway(place: str, known: list[Door]) -> Doorway:
    return Doorway(
        place,
        staff=tuple(door for door in known if door.offices and ".handler" not in door.username),
        residents=tuple(door for door in known if not door.offices),
    )
