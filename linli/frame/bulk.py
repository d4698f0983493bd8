"""Write many rows of one table at once, each engine in its fastest way (批量写入).

Names of tables and columns come from the models, never from a request; values are always parameters.
"""
# ruff: noqa: S608, S611

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import BooleanField, Model, QuerySet
from django.db.models.expressions import RawSQL

Values = Sequence[Any]
Row = TypeVar("Row", bound=Model)
# So many rows go into one INSERT: SQLite takes 32,766 values, and brings an index of words up to date with
# every statement.
ROWS = 200


def insert(model: type[Model], *, columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Insert rows; columns that are not named take the default of the database."""
    table, names = _quoted(model._meta.db_table), _names(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, f"COPY {table} ({names}) FROM STDIN", rows)
            return
        for marks, values in _marked(rows):
            cursor.execute(f"INSERT INTO {table} ({names}) VALUES {marks}", values)


def update(model: type[Model], *, columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Write columns of rows that are there; each row begins with its number."""
    table = _quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = _names(("id", *columns))
            cursor.execute(
                f"CREATE TEMP TABLE coming_in ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA"
            )
            _copy(cursor, f"COPY coming_in ({names}) FROM STDIN", rows)
            changes = ", ".join(f"{_quoted(column)} = coming_in.{_quoted(column)}" for column in columns)
            cursor.execute(f"UPDATE {table} SET {changes} FROM coming_in WHERE {table}.id = coming_in.id")
            cursor.execute("DROP TABLE coming_in")
            return
        changes = ", ".join(f"{_quoted(column)} = column{at}" for at, column in enumerate(columns, start=2))
        for marks, values in _marked(rows):
            cursor.execute(f"UPDATE {table} SET {changes} FROM (VALUES {marks}) WHERE id = column1", values)


def among(rows: "QuerySet[Row]", column: str, values: Sequence[Any]) -> "QuerySet[Row] | None":
    """Return the rows whose column holds one of many values; none without values.

    PostgreSQL is given one array: a thousand marks in the text of a statement cost more than the rows.
    """
    if not values:
        return None
    if connection.vendor != "postgresql":
        return rows.filter(**{f"{column}__in": values})
    name = f"{_quoted(rows.model._meta.db_table)}.{_quoted(column)}"
    return rows.filter(RawSQL(f"{name} = ANY(%s)", [list(values)], output_field=BooleanField()))


def _copy(cursor: Any, statement: str, rows: Iterable[Values]) -> None:
    # A copy tells what is wrong with a row when it ends, past what makes errors the framework's own.
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _marked(rows: Iterable[Values]) -> Iterator[tuple[str, list[Any]]]:
    """Yield the marks and the values of as many rows as go into one statement."""
    left = iter(rows)
    while batch := list(islice(left, ROWS)):
        marks = f"({', '.join(['%s'] * len(batch[0]))})"
        yield ", ".join([marks] * len(batch)), list(chain.from_iterable(batch))


def _names(columns: Sequence[str]) -> str:
    return ", ".join(_quoted(column) for column in columns)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
