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

    @property
    def words(self) -> str:
        """Say name and first office: 阮璐（铜花社区 调度员）."""
        return f"{self.name}（{self.offices[0] if self.offices else '居民'}）"


@dataclass(frozen=True, slots=True)
class Doorway:
    """The cast of one place; those leading show its whole loop, one of each kind of office."""

    place: str
    leading: tuple[Door, ...]
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
    staff = tuple(door for door in known if door.offices and not door.username.endswith(".handler"))
    residents = tuple(door for door in known if not door.offices)
    leading = (*residents[:1], *_one_of_each(staff))
    return Doorway(
        place,
        leading=leading,
        staff=tuple(door for door in staff if door not in leading),
        residents=tuple(door for door in residents if door not in leading),
    )


def _one_of_each(staff: tuple[Door, ...]) -> tuple[Door, ...]:
    """Return the first holder of each office and number of places held, by the office's title."""
    first: dict[str, Door] = {}
    for door in staff:
        first.setdefault(door.offices[0].split()[-1], door)
    return tuple(first.values())
