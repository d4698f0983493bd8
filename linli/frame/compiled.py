"""Statements written with the ORM, compiled once for an engine and sent again and again (预编语句).

To compile a query costs the ORM ten times what the database needs to answer it. Here it is compiled with a
``Given`` in the place of every value; from one sending to the next only the values change.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import count, islice
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateTimeField,
    Expression,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    OneToOneField,
    PositiveBigIntegerField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    SmallIntegerField,
    TextField,
)
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators
from django.db.models.sql import DeleteQuery, UpdateQuery

from linli.frame import bulk
from linli.frame.bulk import ROWS

Row = TypeVar("Row")
Written = TypeVar("Written", bound=Model)
_POPULATORS: Callable[..., Any] = get_related_populators
# What of a value decides the text: of a list its length, of a condition all but what it compares with.
Shape = int | tuple[Any, ...] | None

# What is mostly written: columns that say nothing of how a value of this kind is kept.
_PLAIN: Mapping[type, type] = {
    CharField: str, TextField: str, BooleanField: bool, DateTimeField: datetime, ForeignKey: int,
    OneToOneField: int, IntegerField: int, SmallIntegerField: int, BigIntegerField: int,
    PositiveIntegerField: int, PositiveSmallIntegerField: int, PositiveBigIntegerField: int,
}  # fmt: skip
# So many rows are written often enough for their text to be kept by the database as well.
_FEW = 8


def steady_cursor() -> Any:
    """Open a cursor for a text that comes again, which the database need not read anew (预备语句)."""
    return getattr(connection, "prepared_cursor", connection.cursor)()


def _usual_cursor() -> Any:
    return connection.cursor()


class Given(Expression):
    """Stand in a statement for a value that is given when it is sent (待定值)."""

    def __init__(self, name: str, place: int | None = None, column: "Field[Any, Any] | None" = None) -> None:
        super().__init__()
        self.name, self.place, self.column = name, place, column

    def as_sql(self, _compiler: Any, _connection: Any) -> Any:
        """Leave a mark in the text, and itself among the values."""
        return "%s", [self]

    def value(self, given: Mapping[str, Any], database: BaseDatabaseWrapper) -> Any:
        """Return the value given for it, as the database takes it."""
        value = given[self.name] if self.place is None else given[self.name][self.place]
        if self.column is not None:
            return self.column.get_db_prep_save(value, connection=database)
        if isinstance(value, datetime):
            return database.ops.adapt_datetimefield_value(value)
        return database.ops.adapt_datefield_value(value) if isinstance(value, date) else value


class _Statement:
    """One text with the values it takes, given and fixed ones."""

    def __init__(self, sql: str, params: Sequence[Any]) -> None:
        self.sql, self._params = sql, params

    def send(self, cursor: Any, given: Mapping[str, Any]) -> None:
        database = cursor.db
        values = [one.value(given, database) if isinstance(one, Given) else one for one in self._params]
        cursor.execute(self.sql, values)


class _Compiled:
    """A query of the ORM that is compiled once for each engine and each number of values in its lists."""

    def __init__(self, rows: Callable[..., "QuerySet[Any, Any]"], *, varies: bool = False) -> None:
        self._rows, self._cursor = rows, _usual_cursor if varies else steady_cursor
        self._known: dict[tuple[Any, ...], Any] = {}

    def _for(self, given: Mapping[str, Any], *more: Any) -> Any:
        shapes = tuple((name, _shape(value)) for name, value in given.items())
        key = (connection.vendor, shapes, *more)
        if key not in self._known:
            rows = self._rows(**{name: _slot(name, shape) for name, shape in shapes})
            try:
                self._known[key] = self._compile(rows, *more)
            except EmptyResultSet:
                self._known[key] = None
        return self._known[key]

    def _compile(self, rows: "QuerySet[Any, Any]", *more: Any) -> Any:
        raise NotImplementedError


class Question(_Compiled, Generic[Row]):
    """Ask the same question again and again, with other values (预编查询).

    ``rows`` builds the query from one ``Given`` for each keyword, from a list of them for a keyword whose
    value is a list or tuple, and from a condition on them for a keyword whose value is a ``Q``. ``varies``
    says that the best way to the rows depends on the values: then the database looks for it each time.
    """

    def __init__(self, rows: Callable[..., "QuerySet[Any, Row]"], *, varies: bool = False) -> None:
        super().__init__(rows, varies=varies)

    def ask(self, **given: Any) -> list[Row]:
        """Return the rows as the query says them: objects, tuples or single values."""
        compiled = self._for(given)
        if compiled is None:
            return []
        statement, read = compiled
        with self._cursor() as cursor:
            statement.send(cursor, {name: _values(value) for name, value in given.items()})
            rows = cursor.fetchall()
        return [read(row) for row in rows]

    def first(self, **given: Any) -> Row | None:
        """Return the first row, if there is one."""
        return next(iter(self.ask(**given)), None)

    def _compile(self, rows: "QuerySet[Any, Any]", *_: Any) -> tuple[_Statement, Callable[[Any], Any]]:
        compiler = rows.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        return _Statement(sql, params), _reader(rows, compiler)


class Change(_Compiled):
    """Change the same columns of rows that still stand as given, and count them (预编更新)."""

    def make(self, values: Mapping[str, Any], **given: Any) -> int:
        """Set columns to values where the query says; return how many rows there were."""
        statement = self._for(given, tuple(values))
        if statement is None:
            return 0
        with self._cursor() as cursor:
            statement.send(cursor, {**given, **{f"new {name}": value for name, value in values.items()}})
            return int(cursor.rowcount)

    def _compile(self, rows: "QuerySet[Any, Any]", *more: Any) -> _Statement:
        (names,) = more
        field = rows.model._meta.get_field
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_values({name: Given(f"new {name}", column=field(name)) for name in names})
        return _Statement(*query.get_compiler(connection=connection).as_sql())


class Removal(_Compiled):
    """Remove the rows that a query names, and count them (预编删除); nothing may hang on them."""

    def make(self, **given: Any) -> int:
        """Remove them; return how many there were."""
        statement = self._for(given)
        if statement is None:
            return 0
        with self._cursor() as cursor:
            statement.send(cursor, given)
            return int(cursor.rowcount)

    def _compile(self, rows: "QuerySet[Any, Any]", *_: Any) -> _Statement:
        query = rows.query.chain(DeleteQuery)
        return _Statement(*query.get_compiler(connection=connection).as_sql())


def reader(model: type[Written]) -> Callable[[Any], Written]:
    """Return what makes an object of a row that holds all columns of its table, in their order (读行)."""
    read: Callable[[Any], Written] = _whole(connection.vendor, model)
    return read


def columns(model: type[Model]) -> str:
    """Name all columns of a table, as ``reader`` reads them (各列)."""
    return ", ".join(connection.ops.quote_name(str(one.column)) for one in model._meta.concrete_fields)


def insert(rows: Sequence[Model], *, or_leave: bool = False) -> bool:
    """Insert rows of one model, each column prepared by its own field (预编插入).

    A single row learns its number. With ``or_leave`` a row that is already there is left alone; tell whether
    any was written.
    """
    if len(rows) > _FEW and not or_leave:
        _insert_many(rows)
        return True
    written = 0
    left = iter(rows)
    while batch := list(islice(left, ROWS)):
        written += _insert(batch, or_leave=or_leave)
    return written > 0


def _insert_many(rows: Sequence[Model]) -> None:
    model, database = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    fields = _columns(model, rows[0].pk is not None)
    values = ([_saved(field, row, database) for field in fields] for row in rows)
    bulk.insert(model, columns=[str(field.column) for field in fields], rows=values)


def _insert(rows: Sequence[Model], *, or_leave: bool) -> int:
    model, learns = type(rows[0]), len(rows) == 1 and rows[0].pk is None
    fields = _columns(model, rows[0].pk is not None)
    with steady_cursor() if len(rows) <= _FEW else _usual_cursor() as cursor:
        values = [_saved(field, row, cursor.db) for row in rows for field in fields]
        cursor.execute(_text(connection.vendor, model, fields, len(rows), learns, or_leave), values)
        if not learns:
            return int(cursor.rowcount)
        found = cursor.fetchone()
    if found:
        rows[0].pk = found[0]
        rows[0]._state.adding = False  # noqa: SLF001  (as the ORM notes it)
    return int(found is not None)


def _saved(field: "Field[Any, Any]", row: Model, database: BaseDatabaseWrapper) -> Any:
    if kind := _PLAIN.get(type(field)):
        value = getattr(row, field.attname)
        stands = value is None or type(value) is kind
        if stands:
            return database.ops.adapt_datetimefield_value(value) if kind is datetime else value
    return field.get_db_prep_save(field.pre_save(row, add=True), connection=database)


@lru_cache(maxsize=256)
def _columns(model: type[Model], is_numbered: bool) -> "tuple[Field[Any, Any], ...]":
    own = (one for one in model._meta.concrete_fields if not one.generated)
    return tuple(one for one in own if is_numbered or not one.primary_key)


@lru_cache(maxsize=1024)
def _text(
    _vendor: str,
    model: type[Model],
    fields: "tuple[Field[Any, Any], ...]",
    count: int,
    learns: bool,
    or_leave: bool,
) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = f"({', '.join(['%s'] * len(fields))})"
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {', '.join([marks] * count)}"  # noqa: S608  (our own names)
    if or_leave:
        sql += " ON CONFLICT DO NOTHING"
    return f"{sql} RETURNING {quote(str(model._meta.pk.column))}" if learns else sql


@lru_cache(maxsize=64)
def _whole(_vendor: str, model: type[Model]) -> Callable[[Any], Any]:
    rows: QuerySet[Any, Any] = QuerySet(model)
    compiler = rows.query.get_compiler(connection=connection)
    compiler.as_sql()
    return _reader(rows, compiler)


def _reader(rows: "QuerySet[Any, Any]", compiler: Any) -> Callable[[Any], Any]:
    """Return what makes of a row of the database what the query promises."""
    columns = compiler.select[: compiler.col_count]
    converters = [
        (place, found, column)
        for place, (found, column) in compiler.get_converters([one[0] for one in columns]).items()
    ]

    def plain(row: Any) -> tuple[Any, ...]:
        asked: tuple[Any, ...] = row[: compiler.col_count]
        if not converters:
            return asked
        values = list(asked)
        for place, found, column in converters:
            for convert in found:
                values[place] = convert(values[place], column, connection)
        return tuple(values)

    kind = rows._iterable_class  # noqa: SLF001  (what the query promises stands nowhere else)
    if kind is ModelIterable:
        return _objects(compiler, plain)
    return (lambda row: plain(row)[0]) if kind is FlatValuesListIterable else plain


def _objects(compiler: Any, plain: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any], Model]:
    model, places = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    start, end = places[0], places[-1] + 1
    names = [one[0].target.attname for one in compiler.select[start:end]]
    related = _POPULATORS(compiler.klass_info, compiler.select, connection.alias)
    extra = tuple((compiler.annotation_col_map or {}).items())

    def build(row: Any) -> Model:
        values = plain(row)
        made: Model = model.from_db(connection.alias, names, values[start:end])
        for populator in related:
            populator.populate(values, made)
        for name, place in extra:
            setattr(made, name, values[place])
        return made

    return build


def _shape(value: Any) -> Shape:
    if isinstance(value, Q):
        return value.connector, value.negated, tuple(_part(part) for part in value.children)
    return len(value) if isinstance(value, list | tuple | set | frozenset) else None


def _part(part: Any) -> Any:
    """Return the shape of a part of a condition; nothing and yes or no belong to the text itself."""
    if isinstance(part, Q):
        return _shape(part)
    name, value = part
    return (name, value) if value is None or isinstance(value, bool) else (name, _shape(value), ...)


def _slot(name: str, shape: Shape) -> Any:
    if isinstance(shape, tuple):
        return _condition(shape, name, count())
    return Given(name) if shape is None else [Given(name, place) for place in range(shape)]


def _condition(shape: tuple[Any, ...], name: str, places: Iterator[int]) -> Q:
    connector, negated, parts = shape
    return Q(*(_filled(part, name, places) for part in parts), _connector=connector, _negated=negated)


def _filled(part: tuple[Any, ...], name: str, places: Iterator[int]) -> Any:
    if isinstance(part[-1], tuple):
        return _condition(part, name, places)
    column, length, *is_open = part
    if not is_open:
        return column, length
    if length is None:
        return column, Given(name, next(places))
    return column, [Given(name, next(places)) for _ in range(length)]


def _values(value: Any) -> Any:
    """Return what a condition compares with, from left to right; any other value as it is."""
    return tuple(_compared(value)) if isinstance(value, Q) else value


def _compared(condition: Q) -> Iterator[Any]:
    for part in condition.children:
        if isinstance(part, Q):
            yield from _compared(part)
            continue
        compared: Any = part
        _, value = compared
        if isinstance(value, list | tuple | set | frozenset):
            yield from value
        elif value is not None and not isinstance(value, bool):
            yield value
