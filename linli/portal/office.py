"""Whom to call: the grid's own people and the offices above it (网格员和电话)."""

from dataclasses import dataclass
from datetime import date

from linli.bodies import queries as bodies
from linli.core.clause import Clause
from linli.core.masking import mask_name
from linli.portal.here import Here


@dataclass(frozen=True, slots=True)
class Telephone:
    """A number to call, and whose it is (电话)."""

    name: str
    number: str


@dataclass(frozen=True, slots=True)
class GridCard:
    """What is posted in a grid: its name, its people, its duties and who oversees them (网格公示牌)."""

    name: str
    people: tuple[tuple[str, str], ...]
    duties: tuple[str, ...]
    supervision: str
    clause: Clause


def telephones(here: Here) -> tuple[Telephone, ...]:
    """List the numbers of the offices around a place, nearest first, and the place's own hotline last."""
    found = [Telephone(name, number) for name, number in bodies.to_call(here.offices_above)]
    known = {one.number for one in found}
    hotline = here.edition.telephone
    own = [Telephone(f"{here.edition.title}服务电话", hotline)] if hotline and hotline not in known else []
    return (*found, *own)


def grid_card(here: Here, *, on: date) -> GridCard | None:
    """Return what is posted in the grid a place lies in; none for a place larger than a grid."""
    grid = here.grid
    if grid is None:
        return None
    held = bodies.offices_at([grid.id], on=on, offices=tuple(here.edition.offices))
    standard = here.edition.grid
    return GridCard(
        name=grid.name,
        people=tuple((office.title, mask_name(office.person.name)) for office in held),
        duties=standard.duties,
        supervision=standard.supervision,
        clause=standard.clause,
    )
