"""Running counts, changed by deltas with each act and provable by a recount (计数)."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection, transaction

from linli.frame.clock import day_of
from linli.frame.compiled import steady_cursor
from linli.matters.models import Matter, Tally
from linli.places.path import paths_above

# Rows that many writers bump at once are split, so that they do not wait for one another's commit.
SLOTS = 8
# A stock has no day; a fixed one keeps the column free of nulls, so that the cell stays unique.
NO_DAY = date(1970, 1, 1)
# How a matter ends that was merged into another one.
MERGED = "merge"

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


def change(before: Shape | None, after: Shape, *, slot: int) -> None:
    """Bring the counts from one shape of a matter to the next; its place stays the same."""
    single = _here(after)
    if before:
        single.subtract(_here(before))
    _add(paths_above(after.path), single, slot=slot % SLOTS)


def add(cells: Mapping[Cell, int], *, slot: int) -> None:
    """Add to cells."""
    at: dict[str, dict[Single, int]] = {}
    for (path, measure, facet, key, on), count in cells.items():
        at.setdefault(path, {})[measure, facet, key, on] = count
    for path, single in sorted(at.items()):
        _add((path,), single, slot=slot)


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


def _add(paths: Sequence[str], single: Mapping[Single, int], *, slot: int) -> None:
    """Add the same cells at each of some places, in one statement."""
    cells = [(*cell[:3], cell[3].isoformat(), count) for cell, count in single.items() if count]
    if cells:
        with steady_cursor() as cursor:
            cursor.execute(_ADD[connection.vendor], [json.dumps(cells), json.dumps(paths), slot])


def _text(cells: str, paths: str) -> str:
    """Write the statement; in one order always, so that writers never wait for each other in a ring."""
    table = Tally._meta.db_table
    return (
        f'WITH cells (measure, facet, key, "on", count) AS MATERIALIZED ({cells}), paths (path) AS ({paths}) '  # noqa: S608
        f'INSERT INTO {table} (path, measure, facet, key, "on", count, slot) '
        f'SELECT paths.path, cells.measure, cells.facet, cells.key, cells."on", cells.count, '
        f"CAST(%s AS integer) FROM paths CROSS JOIN cells WHERE true ORDER BY 1, 2, 3, 4, 5 "
        f'ON CONFLICT (path, measure, facet, key, "on", slot) '
        f"DO UPDATE SET count = {table}.count + excluded.count"
    )


# Each cell is five values in a list; the text of the statement never changes with their number.
_ADD = {
    "sqlite": _text(
        "SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(%s)",
        "SELECT value FROM json_each(%s)",
    ),
    "postgresql": _text(
        "SELECT cell ->> 0, cell ->> 1, cell ->> 2, CAST(cell ->> 3 AS date), CAST(cell ->> 4 AS integer) "
        "FROM json_array_elements(%s) AS cell",
        "SELECT json_array_elements_text(%s)",
    ),
}
