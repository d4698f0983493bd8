"""Reading a table in the encodings offices use, and writing back the rows that did not go in (表格文件)."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from linli.core.refusal import Refusal
from linli.core.verdict import Refused

ENCODINGS = ("utf-8-sig", "gb18030")
LINE, REASON = "行号", "原因"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, its cells, and whether their number is that of the header (一行)."""

    line: int
    cells: Mapping[str, str]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A file with a header row, read row by row (表)."""

    path: Path
    encoding: str
    header: tuple[str, ...]

    @classmethod
    def open(cls, path: Path) -> Self:
        """Find out how a file is encoded and what its columns are; raises ``Refused``."""
        encoding = _encoding_of(path)
        with path.open(encoding=encoding, newline="") as file:
            header = tuple(title.strip() for title in next(csv.reader(file), ()))
        if not any(header):
            raise Refused(Refusal(f"「{path.name}」是空的。", remedy="第一行要写列名，下面每行一件事。"))
        twice = sorted({title for title in header if header.count(title) > 1})
        if twice:
            raise Refused(Refusal(f"列名重复：{'、'.join(twice)}。", remedy="每一列起一个不同的名字。"))
        return cls(path, encoding, header)

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header; blank lines are left out."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file)
            next(reader)
            for cells in reader:
                if any(cells):
                    is_whole = len(cells) == len(self.header)
                    clean = [cell.replace("\0", "") for cell in cells]
                    yield Row(reader.line_num, dict(zip(self.header, clean, strict=False)), is_whole)


class Rejects:
    """The rows that did not go in, beside the file, each with the reason; no rows, no file (退回的行)."""

    def __init__(self, table: Table) -> None:
        self.path = table.path.with_suffix(".bad.csv")
        self._header = [*(title for title in table.header if title not in (LINE, REASON)), LINE, REASON]
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()

    def add(self, row: Row, *, reason: str) -> None:
        """Write a row back with its line and the reason."""
        if self._file is None:
            # With a mark at its head the file opens in Excel without becoming gibberish.
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            csv.writer(self._file).writerow(self._header)
        cells = {**row.cells, LINE: str(row.line), REASON: reason}
        csv.writer(self._file).writerow([cells.get(title, "") for title in self._header])


def _encoding_of(path: Path) -> str:
    for encoding in ENCODINGS:
        try:
            with path.open(encoding=encoding) as file:
                for _ in file:
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise Refused(
        Refusal(
            f"「{path.name}」的文字读不出来：既不是 UTF-8，也不是 GB18030。",
            remedy="在表格软件里另存为「CSV UTF-8」再导入。",
        )
    )
