"""Folding the counts of days that are over into one row a cell, as nobody bumps them now (归并计数)."""

from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from linli.frame.clock import today
from linli.matters.models import Tally
from linli.matters.tally import NO_DAY

_TABLE = Tally._meta.db_table
_CELL = 'path, measure, facet, key, "on"'
_OVER = 'slot > 0 AND "on" > %s AND "on" < %s'


def every_day() -> None:
    """Fold what was counted until yesterday: what the worker does each day."""
    fold(before=today())


@transaction.atomic
def fold(*, before: date) -> None:
    """Bring the counts of every day before one into a single row a cell; no count changes (归并)."""
    with connection.cursor() as cursor:
        for sql in _FOLD[connection.vendor]:
            cursor.execute(sql, [NO_DAY, before])


def _into_one(rows: str) -> str:
    return (
        f"INSERT INTO {_TABLE} ({_CELL}, slot, count) "  # noqa: S608  (our own names)
        f"SELECT {_CELL}, 0, sum(count) FROM {rows} GROUP BY {_CELL} ORDER BY {_CELL} "
        f"ON CONFLICT ({_CELL}, slot) DO UPDATE SET count = {_TABLE}.count + excluded.count"
    )


# On PostgreSQL acts go on meanwhile: rows are held in the order in which they are bumped, and then moved.
_FOLD: dict[str, Sequence[str]] = {
    "postgresql": (
        f"WITH held AS (SELECT id FROM {_TABLE} WHERE {_OVER} ORDER BY {_CELL} FOR UPDATE), "  # noqa: S608
        f"moved AS (DELETE FROM {_TABLE} WHERE id IN (SELECT id FROM held) RETURNING {_CELL}, count) "
        + _into_one("moved"),
    ),
    "sqlite": (
        _into_one(f"{_TABLE} WHERE {_OVER}"),
        f"DELETE FROM {_TABLE} WHERE {_OVER}",  # noqa: S608
    ),
}
