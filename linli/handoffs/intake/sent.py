"""Looking at a sent file before anything reads it, and laying its rows out to be read in batches (收文件)."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.handoffs.intake import delimited

_MEGABYTE = 1024 * 1024
LARGEST_BYTES = 100 * _MEGABYTE
LARGEST_UNPACKED = 800 * _MEGABYTE
# What offices save shrinks ten to thirty times; a bomb shrinks a thousand times.
DENSEST = 200
SMALL_BYTES = 10 * _MEGABYTE
MOST_ROWS = 1_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# In a compound file the names of its streams are UTF-16; this one holds a workbook under a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = ("vbaproject.bin", "basic/script-lb.xml", "basic/script-lc.xml")
_MACROS_OLE = "_VBA_PROJECT".encode("utf-16-le")
_READER = Path(__file__).with_name("workbook.py")
_PATIENCE = 180
_OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"%PDF")


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The rows of a file as text, in a file of our own, and what was left aside (铺开的表)."""

    path: Path
    note: str = ""

    def head(self, count: int) -> list[list[str]]:
        """Return the first rows, title lines and header included."""
        with self.path.open(encoding="utf-8", newline="") as file:
            return list(islice(csv.reader(file), count))


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, by which the same file is known again (文件摘要)."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def lay_out(source: Path, target: Path, *, name: str) -> LaidOut:
    """Write the rows of a spreadsheet or a delimited file as text; raise ``Refused`` in plain words."""
    size = source.stat().st_size
    if size > LARGEST_BYTES:
        raise _refused(
            f"「{name}」有 {size // _MEGABYTE} MB，超过了 {LARGEST_BYTES // _MEGABYTE} MB。",
            "拆成几个文件，或另存为 CSV，分几次导入。",
        )
    if not size:
        raise _refused(f"「{name}」是空的。", "核对是不是选错了文件。")
    with source.open("rb") as file:
        head = file.read(8)
    if head.startswith(_OTHER_ARCHIVES):
        raise _refused(f"「{name}」不是表格。", "请传 Excel（xlsx、xls、xlsb、ods）或 CSV 文件。")
    if head.startswith((_ZIP, _OLE)):
        return _lay_out_workbook(source, target, name=name, is_zip=head.startswith(_ZIP))
    delimited.write_rows(source, target, name=name, most_rows=MOST_ROWS)
    return LaidOut(target)


def _lay_out_workbook(source: Path, target: Path, *, name: str, is_zip: bool) -> LaidOut:
    has_macros = _look_into_zip(source, name=name) if is_zip else _look_into_compound(source, name=name)
    told = _read_apart(source, target, name=name)
    if fault := told.get("fault"):
        raise _fault(str(fault), name)
    others = told.get("others")
    notes = (
        f"只读了第一张有内容的工作表「{told['sheet']}」，另外 {others} 张没有读。" if others else "",
        "文件带宏：只读格子里的内容，宏没有运行。" if has_macros else "",
    )
    return LaidOut(target, "".join(notes))


def _look_into_zip(source: Path, *, name: str) -> bool:
    """Refuse what cannot be a workbook or unpacks to a mountain; tell whether there are macros."""
    try:
        with ZipFile(source) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError) as error:
        raise _fault("broken", name) from error
    unpacked = sum(part.file_size for part in parts)
    is_dense = unpacked > SMALL_BYTES and unpacked > DENSEST * source.stat().st_size
    if unpacked > LARGEST_UNPACKED or is_dense:
        raise _refused(
            f"「{name}」解开有 {unpacked // _MEGABYTE} MB，和文件大小不相称，没有打开。",
            "用表格软件打开，删去空白的行和列，另存后再导入。",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise _fault("locked", name)
    return any(part.filename.lower().endswith(_MACROS) for part in parts)


def _look_into_compound(source: Path, *, name: str) -> bool:
    content = source.read_bytes()
    if _ENCRYPTED in content:
        raise _fault("locked", name)
    return _MACROS_OLE in content


def _read_apart(source: Path, target: Path, *, name: str) -> dict[str, object]:
    """Read a workbook in a process of its own, which may break without harm."""
    command = [sys.executable, "-I", str(_READER), str(source), str(target), str(MOST_ROWS)]
    try:
        done = subprocess.run(  # noqa: S603  (our own reader; the file is only its argument)
            command, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _fault("giant", name) from error
    if done.returncode:
        raise _fault("giant", name)
    told: dict[str, object] = json.loads(done.stdout)
    return told


_FAULTS: Mapping[str, tuple[str, str]] = {
    "locked": ("「{name}」设了打开密码，读不了。", "在表格软件里去掉密码，另存后再导入。"),
    "broken": (
        "「{name}」打不开，可能没有传完整，或者不是表格。",
        "用表格软件打开看看；能打开就另存为 xlsx 再导入。",
    ),
    "giant": (
        "「{name}」展开以后太大，没有读完，也没有录入任何一行。",
        "删去空白的行和列，或另存为 CSV 再导入。",
    ),
    "long": (f"「{{name}}」超过 {MOST_ROWS:,} 行。", "拆成几个文件，分几次导入。"),
    "empty": ("「{name}」里没有内容。", "核对是不是选错了文件或工作表。"),
}


def _fault(key: str, name: str) -> Refused:
    sentence, remedy = _FAULTS[key]
    return _refused(sentence.replace("{name}", name), remedy)


def _refused(sentence: str, remedy: str) -> Refused:
    return Refused(Refusal(sentence, remedy=remedy, asked="导入"))


def numbered_rows(path: Path, *, after: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a laid-out file below a line, each with its number; blank ones are left out."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file), start=1):
            if number > after and any(row):
                yield number, row
