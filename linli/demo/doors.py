"""Whom one can enter a demo site as (演示身份)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from linli.bodies import queries as bodies
from linli.demo.script import leading
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
    """The cast of one place; those leading show its whole loop, each with something to do."""

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
    return tuple(_doorway(root.name, root.pack, by_pack.get(root.pack, [])) for root in places.roots())


def _doorway(place: str, pack: str, known: list[Door]) -> Doorway:
    first = {f"{pack}.{key}" for key in leading(Path(settings.PACKS) / pack / "demo")}
    others = [door for door in known if door.username not in first and not door.username.endswith(".handler")]
    return Doorway(
        place,
        leading=tuple(door for door in known if door.username in first),
        staff=tuple(door for door in others if door.offices),
        residents=tuple(door for door in others if not door.offices),
    )
