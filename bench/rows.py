"""Rows of one table, copied as the database itself writes them: a tenth of what objects cost (行)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Model

Facts = Mapping[str, Any]


class Copier:
    """Copy rows of one table, their instants moved, and write the copies in bulk (副本)."""

    def __init__(self, model: type[Model], rows: Sequence[Model], *, numbered: bool = True) -> None:
        self._model = model
        own = (one for one in model._meta.concrete_fields if not one.generated)
        self._columns = [one for one in own if numbered or not one.primary_key]
        self._places = {column.attname: place for place, column in enumerate(self._columns)}
        self._instants = [
            (place, column.attname)
            for place, column in enumerate(self._columns)
            if isinstance(column, DateTimeField)
        ]
        self._values = {row.pk: self._prepared(row) for row in rows}
        self._moved = cache(self._move)
        self._copies: list[list[Any]] = []

    def copy(self, of: Model, *, shift: timedelta, facts: Facts) -> None:
        """Add a copy; ``facts`` are the columns in which it differs."""
        values = list(self._moved(of, shift))
        for name, value in facts.items():
            values[self._places[name]] = _instant(value) if isinstance(value, datetime) else value
        self._copies.append(values)

    def write(self) -> None:
        """Write the copies to the database, and forget them."""
        names = ", ".join(connection.ops.quote_name(str(column.column)) for column in self._columns)
        marks = ", ".join(["%s"] * len(self._columns))
        table = connection.ops.quote_name(self._model._meta.db_table)
        if self._copies:
            with connection.cursor() as cursor:
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", self._copies)
        self._copies = []

    def _move(self, of: Model, shift: timedelta) -> list[Any]:
        values = list(self._values[of.pk])
        for place, name in self._instants:
            at = getattr(of, name)
            if at is not None:
                values[place] = _instant(at + shift)
        return values

    def _prepared(self, row: Model) -> list[Any]:
        return [
            column.get_db_prep_save(getattr(row, column.attname), connection=connection)
            for column in self._columns
        ]


def _instant(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
