"""Who holds which office within a place, place by place, and which grids stand empty (名册)."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.urls import reverse

from linli.bodies import queries as bodies
from linli.bodies import roster
from linli.bodies.access import rank
from linli.core.masking import mask_phone
from linli.insight.grids import FULL_TIME
from linli.pack.edition import Edition
from linli.people import queries as people
from linli.places import queries as places
from linli.places.queries import Spot

if TYPE_CHECKING:
    from linli.bodies.models import Office

MOST = 400


@dataclass(frozen=True, slots=True)
class Row:
    """One office and whoever holds it (任职)."""

    href: str
    title: str
    body: str
    name: str
    phone: str
    since: date
    until: date | None
    username: str
    is_coming: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The offices of one place (一处)."""

    place: Spot
    name: str
    rows: tuple[Row, ...]
    is_vacant: bool


@dataclass(frozen=True, slots=True)
class Roll:
    """The offices within a place (名册)."""

    groups: tuple[Group, ...]
    number: int
    vacant: int
    is_cut: bool


def read(path: str, *, edition: Edition, on: date) -> Roll:
    """Read the roll of a place on a day."""
    held = list(roster.held_within(path, on=on)[: MOST + 1])
    usernames = people.usernames(office.person_id for office in held)
    rows = {
        place: tuple(_row(office, usernames, on=on) for office in sorted(offices, key=_precedence))
        for place, offices in groupby(held[:MOST], key=lambda office: office.place.path)
    }
    # Asked by itself: the roll is cut at its length, and a grid beyond it would look vacant.
    at_work = bodies.offices_within(path, on=on, offices=(FULL_TIME,))
    staffed = {office.place.path for office in at_work}
    grids = {place.path for place in places.within(path, kinds=edition.levels[0].place_kinds)}
    vacant = grids - staffed if FULL_TIME in edition.offices else set()
    return Roll(_groups(path, rows, vacant), len(held[:MOST]), len(vacant), len(held) > MOST)


def _groups(path: str, rows: dict[str, tuple[Row, ...]], vacant: set[str]) -> tuple[Group, ...]:
    chains = places.chains(sorted({path, *rows, *vacant}))
    above = len(chains[path]) - 1
    return tuple(
        Group(
            chain[-1],
            places.full_name(chain, below=above if at == path else above + 1),
            rows.get(at, ()),
            at in vacant,
        )
        for at, chain in sorted(chains.items())
    )


def _precedence(office: "Office") -> tuple[bool, int]:
    """Put those who lead a place first, and those who act for a body last."""
    return office.body_id is not None, rank(office.office)


def _row(office: "Office", usernames: dict[int, tuple[str, bool]], *, on: date) -> Row:
    username, _ = usernames.get(office.person_id, ("", False))
    return Row(
        href=reverse("console:office", args=[office.pk]),
        title=office.title,
        body=office.body.name if office.body else "",
        name=office.person.name,
        phone=mask_phone(office.person.phone),
        since=office.since,
        until=office.until,
        username=username,
        is_coming=office.since > on,
    )
