"""A community whose estates share people with its party committee, or do not (交叉任职的社区)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from linli.bodies import actions as seats
from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.pack.edition import CrossSeat, Edition
from linli.people import actions as people
from linli.people.models import Person
from linli.places.queries import Spot
from linli.rulebook import actions as rulebook
from linli.rulebook import queries as rules
from tests import make
from tests.world import TUESDAY, spots

PACK = "lianyungang"
_PLACES = (
    "lianyungang", "haizhou", "haizhou_street", "yanchi", "yanchi_g1", "yanchi_g2", "yanchi_g3", "yanchi_e1",
    "yanchi_e2", "yanchi_e3", "xindong", "wenchang", "wenchang_g1", "wenchang_e1",
)  # fmt: skip
_BODIES = (
    "yanchi_party", "yanchi_committee", "yanchi_oversight", "yanchi_e2_property", "yanchi_e3_property",
    "yanchi_e3_owners", "wenchang_party", "wenchang_e1_owners",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Community:
    """Two communities of one street each, with the bodies of their estates (两个社区)."""

    edition: Edition
    secretary: Actor
    other_secretary: Actor
    head: Person

    @property
    def rule(self) -> CrossSeat:
        """Return what the place asks of its estates (交叉任职)."""
        (rule,) = self.edition.cross_seats
        return rule


def build() -> Community:
    """Install the communities, with a head of one owners' committee and no cross-seat yet."""
    whole = rules.current(PACK)
    known = tuple(replace(one, parent="") if not _kept(one.parent) else one for one in whole.bodies)
    edition = replace(
        whole,
        places=tuple(one for one in whole.places if one.key in _PLACES),
        bodies=tuple(one for one in known if one.key in _BODIES),
    )
    rulebook.install(edition, at=TUESDAY - timedelta(days=30))
    head = make.person("钮奔")
    hold(head, "owners_head", body="yanchi_e3_owners")
    return Community(edition, _secretary("yanchi"), _secretary("wenchang"), head)


def place(key: str) -> Spot:
    """Return a place of the pack."""
    return spots(key, pack=PACK)[-1]


def hold(person: Person, office: str, *, body: str, since: date = date(2025, 1, 1)) -> None:
    """Seat somebody in a body of the pack."""
    found = bodies.of_key(f"{PACK}.{body}")
    assert found is not None
    title = rules.current(PACK).offices[office].title
    seats.seat(person.pk, office=office, title=title, place_id=found.place_id, since=since, body_id=found.pk)


def _kept(key: str) -> bool:
    return key in _BODIES


def _secretary(at: str) -> Actor:
    person = make.person(f"{at}的书记")
    people.open_account(person, username=f"{at}.secretary")
    return make.office(person, office="secretary", at=at, pack=PACK)
