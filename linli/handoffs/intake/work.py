"""What becomes of a row, and what every kind of table answers for (逐行结果)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.handoffs.intake.table import Row


class How(StrEnum):
    """What becomes of a row (结果)."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    BAD = "bad"

    @property
    def words(self) -> str:
        """Return the word that people read."""
        return _TITLES[self]


_TITLES = {How.NEW: "新增", How.CHANGED: "有变化", How.KNOWN: "已有", How.BAD: "退回"}


class Seen(NamedTuple):
    """A row with what became of it, and why it was sent back (一行的结果)."""

    line: int
    how: How
    reason: str = ""


class Work(Protocol):
    """Takes the rows of one file in, batch by batch (录入)."""

    def try_out(self, rows: Sequence[Row]) -> list[Seen]:
        """Say what would become of some rows; nothing is kept (试读)."""

    def take_in(self, rows: Sequence[Row]) -> list[Seen]:
        """Take some rows in; call it inside a transaction (录入)."""

    def pass_over(self, rows: Sequence[Row]) -> None:
        """Remember the numbers of rows that were done before (跳过)."""


class Once:
    """Holds every number of a file to one row (查重)."""

    def __init__(self) -> None:
        self._lines: dict[int, int] = {}

    def require(self, said: str, *, line: int, what: str) -> None:
        """Refuse a number that an earlier row has; a number is kept as eight bytes, not as text."""
        first = self._lines.setdefault(hash(said), line)
        if first != line:
            raise Refused(
                Refusal(f"{what}和第 {first} 行重复。", remedy="是同一件事就删去这一行，不是就另给编号。")
            )


def require_whole(row: Row) -> None:
    """Refuse a row that has more or fewer cells than the header."""
    if not row.is_whole:
        raise Refused(Refusal("这一行的格数和列名不一样多。", remedy="多半是内容里有逗号而没有加引号。"))


def sent_back(row: Row, refused: Refused) -> Seen:
    """Send a row back with the reason."""
    return Seen(row.line, How.BAD, "；".join(str(one) for one in refused.refusals))
