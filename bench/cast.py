"""Who lives and works on a measured site (人物)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from linli.bodies import actions as seats
from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.core.dispatch import Level
from linli.frame.clock import now, today
from linli.pack.edition import Edition
from linli.people import actions as people
from linli.people import queries as register
from linli.places import queries as places
from linli.places.queries import Spot
from linli.rulebook import actions as rulebook
from linli.rulebook import queries as rules

if TYPE_CHECKING:
    from linli.people.models import Account

PACK = "xinxialu"
HOMES = 4
LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Home:
    """A building, who lives there, and who looks after it (一栋楼)."""

    spots: tuple[Spot, ...]
    resident: Actor
    dispatcher: Actor


@dataclass(frozen=True, slots=True)
class Cast:
    """The people whose pages and acts are measured (人物)."""

    edition: Edition
    homes: tuple[Home, ...]
    overseer: Actor
    handler: Actor
    lead: int


def enrol() -> Cast:
    """Install a shipped pack, and seat those who work on a concern from its report to its end."""
    edition = rules.current(PACK)
    rulebook.install(edition, at=now())
    buildings = [place.path for place in places.all_places().filter(kind="building")]
    chains = [places.chain(path) for path in buildings[:: len(buildings) // HOMES][:HOMES]]
    subdistrict = _around(chains[0], edition.levels[2])
    lead = bodies.serving(subdistrict.path, pack=PACK).filter(place_path=subdistrict.path)[0]
    return Cast(
        edition=edition,
        homes=tuple(_home(spots, edition) for spots in chains),
        overseer=_officer("secretary", at=subdistrict),
        handler=_officer("handler", at=subdistrict, body=lead.pk),
        lead=lead.pk,
    )


def account(of: Actor) -> "Account":
    """Return the account somebody signs in with."""
    person = register.of_id(of.person_id or 0)
    found = register.account_of(person) if person else None
    assert found
    return found


def _around(spots: tuple[Spot, ...], level: Level) -> Spot:
    found = places.nearest(spots, level.place_kinds)
    assert found
    return found


def _home(spots: tuple[Spot, ...], edition: Edition) -> Home:
    home = spots[-1]
    resident = _person(home.key, home.name, lives_at=home.id)
    return Home(spots, resident, _officer("dispatcher", at=_around(spots, edition.levels[1])))


def _officer(office: str, *, at: Spot, body: int | None = None) -> Actor:
    number = _person(f"{office} {at.key}", office).person_id or 0
    seats.seat(number, office=office, title=office, place_id=at.id, since=LONG_AGO, body_id=body)
    return bodies.actor(person_id=number, name=office, on=today())


def _person(key: str, name: str, *, lives_at: int | None = None) -> Actor:
    person = people.enrol(name=name, key=key, lives_at=lives_at, email="somebody@example.cn")
    people.open_account(person, username=key)
    return Actor(person_id=person.pk, name=name)
