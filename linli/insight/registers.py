"""Three registers that are three views of the same matters, and the weekly list of the lanes (三张清单)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from linli.frame import paging
from linli.frame.excel import Cell
from linli.frame.paging import Page
from linli.frame.wording import written
from linli.insight.columns import Heading, headings
from linli.insight.entry import LANES, Entry, entries, masked
from linli.insight.naming import title_of
from linli.matters import queries as matters
from linli.matters.slices import Measure, Slice, rows
from linli.pack.edition import Edition, Register
from linli.places import queries as places
from linli.places.queries import Spot

if TYPE_CHECKING:
    from linli.matters.models import Matter

VIEWS = ("problem", "service", "solution")
STATES = {"": "在办和办结的", "open": "还没有办结的", "closed": "已经办结的"}
PAGE = 50
BATCH = 500
MOST_EXPORTED = 20_000


@dataclass(frozen=True, slots=True)
class Filter:
    """Which matters a register holds: those that were open on any of the days (条件)."""

    place: Spot
    since: date
    until: date
    subject: str = ""
    state: str = ""

    @property
    def slice(self) -> Slice:
        """Return the matters of the place, the kind and the days."""
        facet = "subject" if self.subject else "all"
        return Slice(self.place.path, Measure.ALIVE, facet, self.subject, self.since, self.until)

    def words(self, edition: Edition) -> str:
        """Say the filter in a line, for the head of a sheet."""
        kind = title_of(edition, "subject", self.subject) if self.subject else "诉求和事件"
        return f"{written(self.since)}至{written(self.until)} · {kind} · {STATES[self.state]}"


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday (周)."""

    monday: date

    @classmethod
    def of(cls, on: date) -> "Week":
        """Return the week a day lies in."""
        return cls(on - timedelta(days=on.weekday()))

    @property
    def sunday(self) -> date:
        """Return the last day."""
        return self.monday + timedelta(days=6)

    @property
    def words(self) -> str:
        """Say the week by its days."""
        return f"{written(self.monday)}至{written(self.sunday)}"

    def moved(self, by: int) -> "Week":
        """Return the week so many weeks later."""
        return Week(self.monday + timedelta(weeks=by))


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane with what was heard, worked on and done there in a week (巷)."""

    spot: Spot
    entries: tuple[Entry, ...]

    @property
    def masked(self) -> "Lane":
        """Return the lane as its list may hang in the street."""
        return Lane(self.spot, tuple(masked(entry) for entry in self.entries))


def views(edition: Edition) -> tuple[Register, ...]:
    """Return the three registers as the pack titles them."""
    return tuple(edition.registers[key] for key in VIEWS if key in edition.registers)


def page(chosen: Filter, *, cursor: str, at: datetime) -> Page[Entry]:
    """Return one page of lines, the newest matter first; the same lines for each of the three registers."""
    found = paging.page(_matters(chosen, at=at), by=matters.NEWEST, cursor=cursor, size=PAGE)
    return Page(rows=entries(found.rows, at=at), following=found.following)


def numbers(chosen: Filter, *, at: datetime) -> frozenset[str]:
    """Return the numbers of the matters of a filter."""
    return frozenset(_matters(chosen, at=at).values_list("number", flat=True))


def exceeds(chosen: Filter, *, most: int, at: datetime) -> bool:
    """Tell whether a filter holds more matters than one sheet should."""
    return _matters(chosen, at=at)[: most + 1].count() > most


def export(chosen: Filter, *, columns: tuple[Heading, ...], at: datetime) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of every line, some hundred matters in memory at a time (导出)."""
    for batch in _batches(_matters(chosen, at=at)):
        yield from cells(entries(batch, at=at), columns=columns)


def cells(lines: tuple[Entry, ...], *, columns: tuple[Heading, ...]) -> Iterator[tuple[Cell, ...]]:
    """Yield what lines say in some columns."""
    for line in lines:
        yield tuple(column.cell(line) for column in columns)


def columns(register: Register, *, without: tuple[str, ...] = ()) -> tuple[Heading, ...]:
    """Return the columns of a register, in the words of the house."""
    return headings(tuple(key for key in register.columns if key not in without))


def lanes(place: Spot, *, week: Week, at: datetime) -> tuple[Lane, ...]:
    """Return the weekly list of each lane of a place (巷理事工作清单)."""
    spots = places.spots_within(place.path, kinds=LANES)
    paths = [spot.path for spot in spots]
    alive = rows(Slice(place.path, Measure.ALIVE, since=week.monday, until=week.sunday), at=at)
    found = alive & matters.within_any(paths)
    lines = entries(list(found.select_related("lead").order_by("pk")), at=at)
    return tuple(Lane(spot, tuple(line for line in lines if line.lane_path == spot.path)) for spot in spots)


def _matters(chosen: Filter, *, at: datetime) -> "QuerySet[Matter]":
    found = rows(chosen.slice, at=at).select_related("lead")
    if not chosen.state:
        return found
    return found.filter(closed_at__isnull=chosen.state == "open")


def _batches(found: "QuerySet[Matter]") -> "Iterator[tuple[Matter, ...]]":
    batch = paging.page(found, by=matters.NEWEST, size=BATCH)
    yield batch.rows
    while batch.following:
        batch = paging.page(found, by=matters.NEWEST, cursor=batch.following, size=BATCH)
        yield batch.rows
