"""Every grid against the standard, with who works there and how to reach them (网格标准化)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from linli.bodies import queries as bodies
from linli.pack.edition import GridStandard
from linli.places import queries as places
from linli.places.path import is_within

if TYPE_CHECKING:
    from linli.bodies.models import Office
    from linli.places.models import Place

GRIDS = ("grid_cell",)
FULL_TIME = "grid_worker"
PART_TIME = "part_time_grid_worker"


@dataclass(frozen=True, slots=True)
class Worker:
    """Who works in a grid, with the telephone that is posted there (网格员)."""

    name: str
    title: str
    phone: str
    is_full_time: bool
    place: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One grid, what the standard says of it, and its workers (网格)."""

    place: "Place"
    above: str
    findings: tuple[str, ...]
    workers: tuple[Worker, ...]

    @property
    def full_time(self) -> tuple[Worker, ...]:
        """Return who works here full time (专职网格员)."""
        return tuple(worker for worker in self.workers if worker.is_full_time)

    @property
    def part_time(self) -> tuple[Worker, ...]:
        """Return who helps here besides other work (兼职网格员)."""
        return tuple(worker for worker in self.workers if not worker.is_full_time)

    @property
    def is_vacant(self) -> bool:
        """Tell whether nobody works here full time (空缺)."""
        return not self.full_time


def grids(within: str, *, standard: GridStandard, on: date) -> tuple[Grid, ...]:
    """List the grids of a place with their workers, in three queries (网格)."""
    found = list(places.within(within, kinds=GRIDS))
    chains = places.chains([place.path for place in found])
    offices = list(bodies.offices_within(within, on=on, offices=(FULL_TIME, PART_TIME)))
    return tuple(
        Grid(
            place=place,
            above=chains[place.path][-2].name if len(chains[place.path]) > 1 else "",
            findings=judge(place.households, place.people, standard=standard),
            workers=_workers(place, offices),
        )
        for place in found
    )


def judge(households: int, people: int, *, standard: GridStandard) -> tuple[str, ...]:
    """Say what of a grid is not as the standard wants it; nothing when all is well (网格规模)."""
    if not households:
        return ("户数还没有登记",)
    said = []
    if households < standard.households_from:
        said.append(f"太小：{households} 户，标准不少于 {standard.households_from} 户")
    if households > standard.households_to:
        said.append(f"太大：{households} 户，标准不超过 {standard.households_to} 户")
    if people > standard.people_to:
        said.append(f"太大：{people:,} 人，标准不超过 {standard.people_to:,} 人")
    return tuple(said)


def _workers(place: "Place", offices: Sequence["Office"]) -> tuple[Worker, ...]:
    return tuple(
        Worker(
            name=held.person.name,
            title=held.title,
            phone=held.person.phone,
            is_full_time=held.office == FULL_TIME,
            place="" if held.place_id == place.pk else held.place.name,
        )
        for held in offices
        if is_within(held.place.path, place.path)
    )
