"""Page through a long list by key, so that the hundredth page costs what the first does (翻页)."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row")
_LONGEST = 10


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list, and the cursor of the page that follows; empty on the last page."""

    rows: tuple[Row, ...]
    following: str = ""


def page(
    rows: QuerySet[Any, Row], *, by: str, cursor: str = "", size: int = 25, key: str = "id"
) -> Page[Row]:
    """Take one page of rows in the order of a column that is never empty, ties broken by ``key``.

    A minus before ``by`` turns both orders round; a path to another table is written with ``__``. Rows of
    ``.values()`` must hold the column and ``id``. A cursor that was tampered with gives the first page.
    """
    return cut(seek(rows, by=by, cursor=cursor, key=key)[: size + 1], by=by, size=size, key=key)


def seek(rows: QuerySet[Any, Row], *, by: str, cursor: str = "", key: str = "id") -> QuerySet[Any, Row]:
    """Put rows in the order of a page, and begin behind a cursor; take one more than a page holds."""
    sign = "-" if by.startswith("-") else ""
    return rows.order_by(by, f"{sign}{key}").filter(beyond(rows.model, by=by, cursor=cursor, key=key))


def beyond(model: type[Model], *, by: str, cursor: str, key: str = "id") -> Q:
    """Return the condition that a row stands behind a cursor in the order of a page; none without one."""
    column = by.removeprefix("-")
    start = _read(cursor, field=_field(model, column))
    return Q() if start is None else _beyond(column, key, start, "lt" if by.startswith("-") else "gt")


def cut(found: Iterable[Row], *, by: str, size: int, key: str = "id") -> Page[Row]:
    """Make a page of rows that stand in its order; one more than it holds says that another follows."""
    rows = tuple(found)
    following = _write(rows[size - 1], by.removeprefix("-"), key) if len(rows) > size else ""
    return Page(rows=rows[:size], following=following)


def start_of(rows: QuerySet[Any], *, by: str, cursor: str) -> Any:
    """Return the value of the column at which a cursor stands; none on the first page."""
    start = _read(cursor, field=_field(rows.model, by.removeprefix("-")))
    return start[0] if start else None


def reads(rows: QuerySet[Any, Row], *, by: str, cursor: str) -> bool:
    """Tell whether a cursor could have been given with a page of these rows; an empty one begins anew."""
    return not cursor or _read(cursor, field=_field(rows.model, by.removeprefix("-"))) is not None


def before(request: HttpRequest) -> int:
    """Read before which entry a timeline is shown; 0 begins with the newest (更早的经过)."""
    wanted = request.GET.get("before", "")
    return int(wanted) if len(wanted) < _LONGEST and wanted.isascii() and wanted.isdigit() else 0


def _beyond(column: str, key: str, start: tuple[Any, int], side: str) -> Q:
    # The first half alone would do the ordering; written like this both databases seek in the index.
    value, number = start
    return Q(**{f"{column}__{side}e": value}) & (
        Q(**{f"{column}__{side}": value}) | Q(**{f"{key}__{side}": number})
    )


def _write(row: Any, column: str, key: str) -> str:
    at = [_value(row, column), _value(row, key)]
    # Written whole: an instant cut to milliseconds would pass over all that share it.
    return urlsafe_b64encode(json.dumps(at, default=str).encode()).decode().rstrip("=")


def _read(cursor: str, *, field: "Field[Any, Any]") -> tuple[Any, int] | None:
    if not cursor:
        return None
    try:
        value, key = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return field.to_python(value), int(key)
    except (binascii.Error, ValueError, TypeError, ValidationError):
        return None


def _value(row: Any, column: str) -> Any:
    if isinstance(row, dict):
        return row[column]
    for name in column.split("__"):
        row = getattr(row, name)
    return row


def _field(model: type[Model], column: str) -> "Field[Any, Any]":
    *steps, last = column.split("__")
    for step in steps:
        related = model._meta.get_field(step).related_model
        if not isinstance(related, type):
            raise FieldDoesNotExist(column)
        model = related
    field = model._meta.get_field(last)
    if not isinstance(field, Field):
        raise FieldDoesNotExist(column)
    return field
