"""Bring every encrypted field under the newest key, some rows at a time (换密钥)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Cast

from linli.frame import vault
from linli.frame.vault import BlindIndex, EncryptedText, Locked

BATCH = 500


@dataclass(frozen=True, slots=True)
class Turned:
    """How many rows of a table were encrypted anew, and how many values no key opens (结果)."""

    table: str
    rows: int
    locked: int


def rotate(*, batch: int = BATCH) -> Iterator[Turned]:
    """Encrypt anew what lies under older keys or another cipher, table by table.

    Each batch is kept when it is done: stopped in the middle, the next run goes on from there.
    """
    for model in apps.get_models():
        if _columns(model, EncryptedText):
            yield _rotate(model, batch)


def remaining() -> int:
    """Count the rows that do not lie under the newest key."""
    kinds = (model for model in apps.get_models() if _columns(model, EncryptedText))
    return sum(_stale(model).count() for model in kinds)


def _rotate(model: type[models.Model], batch: int) -> Turned:
    rows = locked = 0
    last: Any = None
    while True:
        with transaction.atomic():
            found = list(_after(model, last).select_for_update(of=("self",))[:batch])
            if not found:
                return Turned(model._meta.db_table, rows, locked)
            _write(model, found)
        last = found[-1].pk
        bad = sum(_is_locked(row) for row in found)
        rows, locked = rows + len(found) - bad, locked + bad


def _after(model: type[models.Model], last: Any) -> models.QuerySet[Any]:
    stale = _stale(model).order_by("pk")
    return stale if last is None else stale.filter(pk__gt=last)


def _stale(model: type[models.Model]) -> models.QuerySet[Any]:
    names = _columns(model, EncryptedText)
    raw = {f"raw_{name}": Cast(name, models.TextField()) for name in names}
    prefix = vault.newest_prefix()
    old = Q()
    for name in raw:
        old |= ~Q(**{name: ""}) & ~Q(**{f"{name}__startswith": prefix}) & Q(**{f"{name}__isnull": False})
    stale: models.QuerySet[Any] = _rows(model).alias(**raw).filter(old)
    return stale


def _write(model: type[models.Model], rows: list[models.Model]) -> None:
    marks = [field for field in model._meta.fields if isinstance(field, BlindIndex)]
    for row in rows:
        for mark in marks:
            mark.pre_save(row, add=False)
    _rows(model).bulk_update(rows, [*_columns(model, EncryptedText), *(mark.name for mark in marks)])


def _rows(model: type[models.Model]) -> models.QuerySet[Any]:
    return models.QuerySet(model)


def _columns(model: type[models.Model], kind: "type[models.Field[Any, Any]]") -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, kind)]


def _is_locked(row: models.Model) -> bool:
    return any(isinstance(getattr(row, name), Locked) for name in _columns(type(row), EncryptedText))
