"""Running counts, changed by deltas with each act and provable by a recount (计数)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import islice

from django.db import connection, transaction

from linli.frame.clock import day_of
from linli.matters.models import Matter, Tally
from linli.places.path import paths_above

# Rows that many writers bump at once are split, so that they do not wait for one another's commit.
SLOTS = 8
# A stock has no day; a fixed one keeps the column free of nulls, so that the cell stays unique.
NO_DAY = date(1970, 1, 1)
# How a matter ends that was merged into another one.
MERGED = "merge"
BATCH = 500

Cell = tuple[str, str, str, str, date]
Cells = Counter[Cell]
# The same without the place.
Single = tuple[str, str, str, date]


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a matter is counted."""

    path: str
    subject: str
    category: str
    step: str
    order: str
    level: str
    solved_level: str
    lead: str
    outcome: str
    climb: int
    climbed_at: datetime | None
    opened_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None


def shape(matter: Matter) -> Shape:
    """Take from a matter what is counted."""
    return Shape(
        path=matter.place_path,
        subject=matter.subject,
        category=matter.category,
        step=matter.step_kind,
        order=matter.order,
        level=matter.level,
        solved_level=matter.solved_level,
        lead=str(matter.lead_id or ""),
        outcome=matter.outcome,
        climb=matter.climb,
        climbed_at=matter.climbed_at,
        opened_at=matter.opened_at,
        due_at=matter.due_at,
        answered_at=matter.answered_at,
        closed_at=matter.closed_at,
    )


def weights(of: Shape) -> Cells:
    """Say what one matter adds to which cells; the counts are the sum of this over all matters."""
    return _up(of.path, _here(of))


def difference(before: Shape | None, after: Shape | None) -> Cells:
    """Say what a step of a matter adds to which cells; a move within the tree counts at both ends."""
    if before and after and before.path == after.path:
        delta = _here(after)
        delta.subtract(_here(before))
        return _up(after.path, delta)
    cells: Cells = weights(after) if after else Counter()
    if before:
        cells.subtract(weights(before))
    return cells


def change(before: Shape | None, after: Shape | None, *, slot: int) -> None:
    """Bring the counts from one shape of a matter to the next, in one statement."""
    add(difference(before, after), slot=slot % SLOTS)


def add(cells: Mapping[Cell, int], *, slot: int) -> None:
    """Add to cells; always in the same order, so that two writers never wait for each other in a ring."""
    rows = iter(sorted((cell, count) for cell, count in cells.items() if count))
    while batch := list(islice(rows, BATCH)):
        _upsert([(*cell, slot, count) for cell, count in batch])


def _here(of: Shape) -> Counter[Single]:
    single: Counter[Single] = Counter()
    opened_on = day_of(of.opened_at)
    single.update(_facets(of, "opened", opened_on, ("all", "subject")))
    if of.closed_at is None:
        single.update(
            _facets(of, "open", NO_DAY, ("all", "subject", "category", "lead", "order", "level", "step"))
        )
    if of.answered_at is not None:
        in_time = of.due_at is None or of.answered_at <= of.due_at
        single.update(
            _facets(of, "in_time" if in_time else "late", day_of(of.answered_at), ("all", "subject", "lead"))
        )
    if of.closed_at is not None and of.outcome == MERGED:
        # Two reports of one trouble are solved once, by the matter that goes on.
        single.update(_facets(of, "merged", day_of(of.closed_at), ("all", "subject")))
    elif of.closed_at is not None:
        solved = replace(of, level=of.solved_level)
        single.update(_facets(solved, "closed", day_of(of.closed_at), ("all", "subject", "level")))
    if of.climbed_at is not None:
        measure = "sent_up" if of.climb > 0 else "handed_back"
        single.update(_facets(of, measure, day_of(of.climbed_at), ("all", "level")))
    return single


def _up(path: str, single: Counter[Single]) -> Cells:
    """Count at a place what counts at each place above it."""
    above = paths_above(path)
    return Counter({(one, *cell): count for cell, count in single.items() if count for one in above})


def recount() -> Cells:
    """Count every matter anew; the running counts must equal this (重新清点)."""
    cells: Cells = Counter()
    for matter in Matter.objects.iterator(chunk_size=2000):
        cells.update(weights(shape(matter)))
    return cells


def standing() -> Cells:
    """Return the running counts as they stand, without empty cells."""
    cells: Cells = Counter()
    rows = Tally.objects.values_list("path", "measure", "facet", "key", "on", "count")
    for path, measure, facet, key, on, count in rows.iterator(chunk_size=5000):
        cells[path, measure, facet, key, on] += count
    return Counter({cell: count for cell, count in cells.items() if count})


@transaction.atomic
def rebuild() -> None:
    """Replace the running counts by a recount (重建计数)."""
    Tally.objects.all().delete()
    add(dict(recount()), slot=0)


def _facets(of: Shape, measure: str, on: date, facets: tuple[str, ...]) -> list[tuple[str, str, str, date]]:
    return [(measure, facet, "" if facet == "all" else str(getattr(of, facet)), on) for facet in facets]


def _upsert(rows: list[tuple[str | date | int, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_text(len(rows)), [value for row in rows for value in row])


@cache
def _text(rows: int) -> str:
    table = Tally._meta.db_table
    places = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * rows)
    return (
        f'INSERT INTO {table} (path, measure, facet, key, "on", slot, count) VALUES {places} '  # noqa: S608
        f'ON CONFLICT (path, measure, facet, key, "on", slot) '
        f"DO UPDATE SET count = {table}.count + excluded.count"
    )
