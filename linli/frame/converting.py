"""What a migration does when a column begins to be kept encrypted, and when it stops (加密迁移)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models

from linli.frame import vault

_BATCH = 1000


def encrypt_columns(
    model: type[models.Model], *names: str, marks: Mapping[str, tuple[str, str]] | None = None
) -> None:
    """Encrypt columns that are still plain text; ``marks`` says of a mark what of, and to what purpose."""
    own = marks or {}
    for rows in _batches(model):
        for mark, (of, purpose) in own.items():
            for row in rows:
                setattr(row, mark, vault.blind(getattr(row, of), purpose=purpose) or None)
        for name in names:
            tokens = vault.encrypt_many([getattr(row, name) for row in rows], of=_kept_as(model, name))
            for row, token in zip(rows, tokens, strict=True):
                setattr(row, name, token)
        models.QuerySet(model).bulk_update(rows, [*names, *own])


def decrypt_columns(model: type[models.Model], *names: str) -> None:
    """Turn columns back into plain text."""
    for rows in _batches(model):
        for name in names:
            for row in rows:
                token = getattr(row, name)
                setattr(row, name, vault.decrypt(token, of=_kept_as(model, name)) if token else "")
        models.QuerySet(model).bulk_update(rows, names)


def _batches(model: type[models.Model]) -> Iterator[list[Any]]:
    rows: models.QuerySet[Any] = models.QuerySet(model).order_by("pk")
    found = list(rows[:_BATCH])
    while found:
        last = found[-1].pk
        yield found
        found = list(rows.filter(pk__gt=last)[:_BATCH])


def _kept_as(model: type[models.Model], name: str) -> str:
    column = next(field.column for field in model._meta.concrete_fields if field.name == name)
    return f"{model._meta.db_table}.{column}"
