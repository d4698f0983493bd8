"""The rows of a sent file below its header, and the header found among what stands above (表格)."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.handoffs.intake import sent
from linli.handoffs.intake.kinds import MATTERS, Kind

LOOKED_AT = 20
_BESIDE = re.compile(r"[（(\[【].*?[)）\]】]|[\s*＊:：]")
_NUMBERS = re.compile(r"[\d\s.,:/年月日-]+")


class Row(NamedTuple):
    """One row: its line in the file, its cells, and whether their number is that of the header (一行)."""

    line: int
    cells: Sequence[str]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A laid-out file with its header, read row by row (表); ``line`` is the last one of the header."""

    path: Path
    header: tuple[str, ...]
    line: int
    note: str = ""

    @classmethod
    def open(cls, laid_out: sent.LaidOut, *, kind: Kind = MATTERS, name: str, header_line: int = 0) -> Self:
        """Find the header of a laid-out file; raises ``Refused``."""
        head = laid_out.head(LOOKED_AT)
        if header_line > len(head):
            raise _refused(f"「{name}」没有第 {header_line} 行。", "核对列名在第几行。")
        line = header_line or _header_line(head, kind=kind)
        if not line:
            raise _refused(f"「{name}」是空的。", "第一行要写列名，下面每行一件事。")
        titles, line = _titles(head, line)
        if twice := [title for title, times in Counter(filter(None, titles)).items() if times > 1]:
            raise _refused(f"列名重复：{'、'.join(sorted(twice))}。", "每一列起一个不同的名字。")
        return cls(laid_out.path, titles, line, laid_out.note)

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """Yield the rows below a line, or below the header; blank ones are left out."""
        width = len(self.header)
        for line, cells in sent.numbered_rows(self.path, after=max(self.line, after)):
            is_whole = len(cells) == width or (len(cells) > width and not any(cells[width:]))
            yield Row(line, cells if is_whole else _fitted(cells, width), is_whole)

    def count(self) -> int:
        """Count the rows, without keeping any."""
        return sum(1 for _ in sent.numbered_rows(self.path, after=self.line))

    def sample(self, size: int) -> tuple[Row, ...]:
        """Return the first rows."""
        return tuple(islice(self.rows(), size))


def plain(title: str) -> str:
    """Write a title as it is compared: without brackets, blanks, stars and colons."""
    return _BESIDE.sub("", title).lower()


def known_titles(kind: Kind) -> frozenset[str]:
    """Return every title by which a fact of a kind is known."""
    return frozenset(plain(title) for fact in kind.facts for title in (fact.title, *fact.also))


def _header_line(head: Sequence[Sequence[str]], *, kind: Kind) -> int:
    """Find the row that holds the most known titles; else the first of the fullest rows without numbers."""
    known = known_titles(kind)
    best, line = (0, 0), 0
    for number, row in enumerate(head, start=1):
        titles = [cell for cell in row if cell and not _NUMBERS.fullmatch(cell)]
        score = (sum(plain(title) in known for title in titles), len(titles))
        if score > best:
            best, line = score, number
    return line


def _titles(head: Sequence[Sequence[str]], line: int) -> tuple[tuple[str, ...], int]:
    """Read the titles of a row; where it spans several columns, those of the row below name them."""
    above = [title.strip() for title in head[line - 1]]
    below = [*head[line], *[""] * len(above)][: len(above)] if line < len(head) else []
    spanned = [at for at, title in enumerate(below) if title and not above[at]]
    if not spanned or any(title and not _is_under_span(at, above) for at, title in enumerate(below)):
        return tuple(_trimmed(above)), line
    return tuple(_trimmed([under or over for over, under in zip(above, below, strict=True)])), line + 1


def _is_under_span(at: int, above: Sequence[str]) -> bool:
    return not above[at] or (at + 1 < len(above) and not above[at + 1])


def _trimmed(titles: list[str]) -> list[str]:
    while titles and not titles[-1]:
        titles.pop()
    return titles


def _fitted(cells: list[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def copy_rows(table: Table, lines: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the cells of some rows, in the order of the file."""
    wanted = set(lines)
    for row in table.rows():
        if row.line in wanted:
            yield row.line, row.cells


def write_delimited(path: Path, rows: Iterator[Sequence[str]]) -> None:
    """Write rows as a delimited file that opens in Excel without becoming gibberish."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def _refused(sentence: str, remedy: str) -> Refused:
    return Refused(Refusal(sentence, remedy=remedy, asked="导入"))
