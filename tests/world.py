"""One small community on a shipped pack, and its cast (小社区)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from linli.bodies import actions as seats
from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.core.calendar import CHINA_TIME
from linli.pack.edition import Edition
from linli.people import actions as people
from linli.places import queries as places
from linli.places.queries import Spot
from linli.rulebook import actions as rulebook
from linli.rulebook import queries as rules

PACK = "xinxialu"
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=CHINA_TIME)
LONG_AGO = date(2025, 1, 1)

PLACES = (
    "xialu", "xinxialu",
    "tonghua", "tonghua_g1", "tonghua_e1", "tonghua_e1_b1", "tonghua_g3", "tonghua_e4", "tonghua_e4_b1",
    "tongdu", "tongdu_g1", "tongdu_e1", "tongdu_e1_b1",
)  # fmt: skip
BODIES = (
    "xialu_governance_center", "xinxialu_office", "xinxialu_governance_center", "xinxialu_enforcement",
    "xinxialu_peace", "xinxialu_housing", "xinxialu_fire", "xinxialu_water", "tonghua_committee",
    "tonghua_e4_property", "tonghua_e4_owners", "tongdu_committee",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """A community of two grids, the street above it, and another community beside it (小社区).

    ``enforcement``, ``fire``, ``housing`` and ``water`` are the numbers of bodies; each but the last has a
    handler. ``home`` and ``elsewhere`` are buildings with their ancestors from the root down.
    """

    edition: Edition
    home: tuple[Spot, ...]
    elsewhere: tuple[Spot, ...]
    enforcement: int
    fire: int
    housing: int
    water: int
    resident: Actor
    neighbour: Actor
    stranger: Actor
    grid_worker: Actor
    part_timer: Actor
    other_grid_worker: Actor
    dispatcher: Actor
    other_dispatcher: Actor
    street_dispatcher: Actor
    district_dispatcher: Actor
    secretary: Actor
    street_secretary: Actor
    enforcer: Actor
    fireman: Actor
    housing_officer: Actor

    @property
    def cast(self) -> dict[str, Actor]:
        """Return everybody by the name of their part."""
        named = {name: getattr(self, name) for name in self.__slots__}
        return {name: part for name, part in named.items() if isinstance(part, Actor)}


def build() -> World:
    """Install the small community and seat its cast."""
    edition = _small(rules.current(PACK))
    rulebook.install(edition, at=TUESDAY - timedelta(days=30))
    enforcement, fire, housing, water = (
        _body(f"xinxialu_{key}") for key in ("enforcement", "fire", "housing", "water")
    )
    return World(
        edition=edition,
        home=spots("tonghua_e1_b1"),
        elsewhere=spots("tongdu_e1_b1"),
        enforcement=enforcement,
        fire=fire,
        housing=housing,
        water=water,
        resident=dweller("resident", "周美兰", lives="tonghua_e1_b1"),
        neighbour=dweller("neighbour", "陈建国", lives="tonghua_e1_b1"),
        stranger=dweller("stranger", "何远", lives="tongdu_e1_b1"),
        grid_worker=officer("grid_worker", "马玉兰", at="tonghua_g1"),
        part_timer=officer("part_timer", "刘长顺", office="part_time_grid_worker", at="tonghua_e1_b1"),
        other_grid_worker=officer("other_grid_worker", "孙桂芳", office="grid_worker", at="tonghua_g3"),
        dispatcher=officer("dispatcher", "李红", at="tonghua"),
        other_dispatcher=officer("other_dispatcher", "郑爱民", office="dispatcher", at="tongdu"),
        street_dispatcher=officer("street_dispatcher", "王志强", office="dispatcher", at="xinxialu"),
        district_dispatcher=officer("district_dispatcher", "赵敏", office="dispatcher", at="xialu"),
        secretary=officer("secretary", "张卫东", at="tonghua"),
        street_secretary=officer("street_secretary", "吴晓明", office="secretary", at="xinxialu"),
        enforcer=officer("enforcer", "黄磊", office="handler", at="xinxialu", body=enforcement),
        fireman=officer("fireman", "徐刚", office="handler", at="xinxialu", body=fire),
        housing_officer=officer("housing_officer", "林静", office="handler", at="xinxialu", body=housing),
    )


def spots(key: str, *, pack: str = PACK) -> tuple[Spot, ...]:
    """Return a place with its ancestors, from the root down."""
    place = places.of_key(f"{pack}.{key}")
    assert place is not None
    return places.chain(place.path)


def dweller(key: str, name: str, *, lives: str) -> Actor:
    """Enter somebody who lives here, with an account."""
    home = spots(lives)[-1]
    person = people.enrol(name=name, key=key, lives_at=home.id, email=f"{key}@example.cn")
    people.open_account(person, username=key)
    return bodies.actor(person_id=person.pk, name=name, on=TUESDAY.date())


def officer(key: str, name: str, *, at: str, office: str = "", body: int | None = None) -> Actor:
    """Enter somebody with an account and seat them in an office."""
    person = people.enrol(name=name, key=key)
    people.open_account(person, username=key)
    title = rules.current(PACK).offices[office or key].title
    seats.seat(
        person.pk, office=office or key, title=title, place_id=spots(at)[-1].id, since=LONG_AGO, body_id=body
    )
    return bodies.actor(person_id=person.pk, name=name, on=TUESDAY.date())


def instant(text: str) -> datetime:
    """Read an instant on the clocks of the place: 2026-11-24 10:00, seconds if wanted."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA_TIME)


def _body(key: str) -> int:
    body = bodies.of_key(f"{PACK}.{key}")
    assert body is not None
    return body.pk


def _small(edition: Edition) -> Edition:
    """Keep a few places and bodies; the rules stay the pack's own."""
    return replace(
        edition,
        places=tuple(place for place in edition.places if place.key in PLACES),
        bodies=tuple(body for body in edition.bodies if body.key in BODIES),
    )
