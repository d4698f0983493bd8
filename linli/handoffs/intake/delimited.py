"""Reading delimited text in the encodings and with the separators that offices use (文本表格)."""

import csv
from collections.abc import Iterator
from pathlib import Path

from linli.core.refusal import Refusal
from linli.core.verdict import Refused

SEPARATORS = (",", "\t", ";", "|")
SAMPLE_BYTES = 256 * 1024
SAMPLE_LINES = 20
# A short line of GB18030 can be UTF-8 by chance; a file in which more than one in ten is, is mixed.
BY_CHANCE = 10
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAVE_AS = "在表格软件里另存为「CSV UTF-8」再导入。"


def write_rows(source: Path, target: Path, *, name: str, most_rows: int) -> None:
    """Write a delimited file as plain rows of text: UTF-8, commas; raise ``Refused`` in plain words."""
    try:
        _write_rows(source, target, name=name, most_rows=most_rows)
    except UnicodeDecodeError as error:
        raise Refused(Refusal(f"「{name}」的文字读不出来。", remedy=_SAVE_AS)) from error


def _write_rows(source: Path, target: Path, *, name: str, most_rows: int) -> None:
    encoding = encoding_of(source, name=name)
    with (
        source.open(encoding=encoding, newline="") as file,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        reader = csv.reader(file, delimiter=separator_of(source, encoding=encoding))
        writer = csv.writer(out)
        try:
            for number, row in enumerate(reader, start=1):
                if number > most_rows:
                    raise _too_long(name, most_rows)
                writer.writerow([cell.replace("\0", "").strip() for cell in row])
        except csv.Error as error:
            raise Refused(
                Refusal(f"「{name}」第 {reader.line_num} 行读不下去：一格里的字太多，多半是引号没有成对。",
                        remedy="核对那一行的引号，或另存为 Excel 再导入。")
            ) from error  # fmt: skip


def encoding_of(path: Path, *, name: str) -> str:
    """Find out how a file is encoded; a file in two encodings is refused with the line where it changes."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    if marked := next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None):
        return marked
    if b"\0" in head:
        return _guessed(head, name=name)
    good, bad, first_bad = _lines_in_utf8(path)
    if not bad:
        return "utf-8"
    if good * BY_CHANCE <= bad:
        return "gb18030" if _reads(path, "gb18030") else _guessed(head, name=name)
    raise Refused(
        Refusal(
            f"「{name}」混用了两种文字编码：第 {first_bad} 行和别的行不一样，直接读会出乱码。",
            remedy=f"多半是两个文件拼起来的。分开导入，或在表格软件里核对这一行以后，{_SAVE_AS}",
        )
    )


def separator_of(path: Path, *, encoding: str) -> str:
    """Find the separator that cuts the first lines into the most columns."""
    with path.open(encoding=encoding, newline="") as file:
        lines = [line for line, _ in zip(file, range(SAMPLE_LINES), strict=False)]
    return max(SEPARATORS, key=lambda mark: max((len(row) for row in _cut(lines, mark)), default=0))


def _cut(lines: list[str], mark: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=mark))
    except csv.Error:
        return []


def _lines_in_utf8(path: Path) -> tuple[int, int, int]:
    """Count the lines beyond ASCII that are UTF-8 and that are not, and name the first that is not."""
    good = bad = first_bad = 0
    with path.open("rb") as file:
        for number, line in _numbered(file):
            if line.isascii():
                continue
            if _is_utf8(line):
                good += 1
            else:
                bad, first_bad = bad + 1, first_bad or number
    return good, bad, first_bad


def _numbered(file: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    return enumerate(file, start=1)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _reads(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as file:
            for _ in file:
                pass
    except UnicodeDecodeError:
        return False
    return True


def _guessed(head: bytes, *, name: str) -> str:
    # Only an odd file needs it, and it takes memory.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(head).best()
    if best is None:
        raise Refused(
            Refusal(f"「{name}」的文字读不出来：不是 UTF-8、GB18030，也不是 UTF-16。", remedy=_SAVE_AS)
        )
    return best.encoding


def _too_long(name: str, most: int) -> Refused:
    return Refused(Refusal(f"「{name}」超过 {most:,} 行。", remedy="拆成几个文件，分几次导入。"))
