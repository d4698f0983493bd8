"""Taking old matters and hotline orders in: each walks through the acts that people use (录入事项)."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from linli.core.verdict import Refused
from linli.handoffs.intake.entering import enter
from linli.handoffs.intake.event import Event, Reader
from linli.handoffs.intake.kinds import Kind
from linli.handoffs.intake.mapping import Mapping
from linli.handoffs.intake.table import Row
from linli.handoffs.intake.work import How, Once, Seen, require_whole, sent_back


class _Undone(Exception):
    """Take back what a trial run wrote."""


class Happened:
    """Takes events in by a mapping; a trial does everything and takes it back (录入事件)."""

    def __init__(
        self, mapping: Mapping, *, kind: Kind, header: Sequence[str], within: str, now: datetime
    ) -> None:
        self._reader = Reader(mapping, kind=kind, header=header, within=within)
        self._once = Once()
        self._now = now

    def try_out(self, rows: Sequence[Row]) -> list[Seen]:
        """Say what would become of some events (试读)."""
        return [self._one(row, is_trial=True) for row in rows]

    def take_in(self, rows: Sequence[Row]) -> list[Seen]:
        """Take some events in, each whole or not at all (录入)."""
        return [self._one(row, is_trial=False) for row in rows]

    def pass_over(self, rows: Sequence[Row]) -> None:
        """Remember the numbers of earlier rows."""
        for row in rows:
            with suppress(Refused):
                self._once.require(self._reader.number(row.cells), line=row.line, what="外部编号")

    def _one(self, row: Row, *, is_trial: bool) -> Seen:
        try:
            event = self._read(row)
            is_new = self._tried(event) if is_trial else enter(event, now=self._now)
        except Refused as refused:
            return sent_back(row, refused)
        return Seen(row.line, How.NEW if is_new else How.KNOWN)

    def _read(self, row: Row) -> Event:
        require_whole(row)
        event = self._reader.read(row.cells, now=self._now)
        self._once.require(self._reader.number(row.cells), line=row.line, what="外部编号")
        return event

    def _tried(self, event: Event) -> bool:
        is_new = False
        with suppress(_Undone), transaction.atomic():
            is_new = enter(event, now=self._now)
            raise _Undone
        return is_new
