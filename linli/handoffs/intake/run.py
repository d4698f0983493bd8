"""Taking a whole table in, each row in a transaction of its own (整表导入)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.handoffs.intake.entering import enter
from linli.handoffs.intake.event import Event, Reader
from linli.handoffs.intake.mapping import Mapping
from linli.handoffs.intake.table import Rejects, Row, Table


@dataclass(slots=True)
class Count:
    """How many rows were read, went in, were known already, and were sent back (导入结果)."""

    rows: int = 0
    new: int = 0
    known: int = 0
    bad: int = 0
    rejects: Path = field(default_factory=Path)

    @property
    def sentence(self) -> str:
        """Say the figures."""
        return f"读了 {self.rows} 行：新录入 {self.new}，以前录过 {self.known}，退回 {self.bad}"


class _Undone(Exception):
    """Take back what a trial run wrote."""


def run(
    table: Table, mapping: Mapping, *, count: Count, now: datetime, is_dry: bool = False
) -> Iterator[Row]:
    """Take every row of a table in (导入), yielding after each; what cannot go in is written beside the file.

    A trial run does everything and takes it back.
    """
    reader, seen = Reader(mapping), dict[tuple[str, str], int]()
    with Rejects(table) as rejects:
        count.rejects = rejects.path
        for row in table.rows():
            count.rows += 1
            try:
                event = _read(row, reader, seen, now=now)
                is_new = _try(event, now=now) if is_dry else enter(event, now=now)
            except Refused as refused:
                count.bad += 1
                rejects.add(row, reason="；".join(str(one) for one in refused.refusals))
            else:
                count.new += is_new
                count.known += not is_new
            yield row


def _read(row: Row, reader: Reader, seen: dict[tuple[str, str], int], *, now: datetime) -> Event:
    if not row.is_whole:
        raise Refused(Refusal("这一行的格数和列名不一样多。", remedy="多半是内容里有逗号而没有加引号。"))
    event = reader.read(row.cells, now=now)
    key = (event.report.channel, event.report.external_ref)
    if seen.setdefault(key, row.line) != row.line:
        raise Refused(
            Refusal(f"外部编号和第 {seen[key]} 行重复。", remedy="是同一件事就删去这一行，不是就另给编号。")
        )
    return event


def _try(event: Event, *, now: datetime) -> bool:
    is_new = False
    with suppress(_Undone), transaction.atomic():
        is_new = enter(event, now=now)
        raise _Undone
    return is_new
