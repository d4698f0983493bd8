"""What leaves the house at most once: claimed before it goes, tried again only if it surely stayed (出门)."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Generic, TypeVar

from django.db import connection, models
from django.db.models import QuerySet

from linli.frame import compiled
from linli.frame.compiled import Change

_LOG = logging.getLogger(__name__)
_CLAIM = """
    UPDATE {table} SET claimed_at = %s, attempts = attempts + 1
    WHERE {key} = (
        SELECT {key} FROM {table}
        WHERE {among} AND sent_at IS NULL AND claimed_at IS NULL
          AND attempts < %s AND (try_after IS NULL OR try_after <= %s)
        ORDER BY try_after, {key} LIMIT 1 {lock}
    )
    RETURNING {columns}
"""


class NotSent(Exception):
    """The other side did not take it: it may be tried again (没有发出)."""


class Outgoing(models.Model):
    """Something on its way out; a room adds what it says, and ``trouble`` in the words of its own (外发)."""

    claimed_at = models.DateTimeField("取走时间", null=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    try_after = models.DateTimeField("下次尝试", null=True)
    sent_at = models.DateTimeField("发出时间", null=True)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=Outgoing)


class Leaving(Generic[Row]):
    """Let the rows of a table leave, each at most once, whoever sends them and wherever they are stopped.

    What a killed worker had claimed is never claimed again, for nobody knows whether it left. ``among`` is
    the condition, in SQL of our own, on the rows that are to leave at all.
    """

    def __init__(self, model: type[Row], *, among: str, most_attempts: int) -> None:
        self._model, self._among, self._most_attempts = model, among, most_attempts
        self._row = Change(lambda key: QuerySet(model).filter(pk=key))

    def send(self, deliver: Callable[[Row], None], *, at: datetime, most: int) -> int:
        """Send what waits, one after the other; ``deliver`` raises ``NotSent``. Return how many went out."""
        sent = 0
        for _ in range(most):
            row = self.claim(at=at)
            if row is None:
                break
            sent += self._send(row, deliver, at=at)
        return sent

    def claim(self, *, at: datetime) -> Row | None:
        """Take the next row to leave, which nobody else takes then, in one statement (取走)."""
        instant = connection.ops.adapt_datetimefield_value(at)
        with connection.cursor() as cursor:
            cursor.execute(self.statement(), (instant, self._most_attempts, instant))
            found = cursor.fetchone()
        return compiled.reader(self._model)(found) if found else None

    def statement(self) -> str:
        """Return the statement that takes a row."""
        return _statement(
            self._model, self._among, skips_locked=connection.features.has_select_for_update_skip_locked
        )

    def _send(self, row: Row, deliver: Callable[[Row], None], *, at: datetime) -> bool:
        try:
            deliver(row)
        except NotSent as trouble:
            self._put_back(row, str(trouble), try_after=at + timedelta(minutes=2 ** (row.attempts - 1)))
            return False
        except Exception as trouble:  # noqa: BLE001  (no other try would end better; those behind it must not wait)
            _LOG.exception("%s %d cannot be sent", self._model._meta.label, row.pk)
            self._put_back(row, type(trouble).__name__, attempts=self._most_attempts)
            return False
        self._row.make({"sent_at": at, "trouble": ""}, key=row.pk)
        return True

    def _put_back(self, row: Row, trouble: str, **columns: object) -> None:
        """Say that a row did not leave, and when to try again, if ever."""
        self._row.make({"claimed_at": None, "trouble": trouble, **columns}, key=row.pk)


@lru_cache(maxsize=16)
def _statement(model: type[Outgoing], among: str, *, skips_locked: bool) -> str:
    return _CLAIM.format(
        table=model._meta.db_table, key=model._meta.pk.column, among=among, columns=compiled.columns(model),
        lock="FOR UPDATE SKIP LOCKED" if skips_locked else "",
    )  # fmt: skip
