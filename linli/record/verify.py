"""Check an exported record offline, without a server and without Django: linli verify FILE (核对)."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NoReturn

from linli.record.examination import examine
from linli.record.finding import Fault, Report, Span

_LONGEST_LINE = 16 * 1024 * 1024
_LONGEST_SENTENCE = 400
_SHOWN = 20


def main(argv: Sequence[str]) -> int:
    """Check the file in ``argv`` and say in Chinese what was found; 0 whole, 1 not, 2 misused."""
    asked = _parser().parse_args(argv)
    try:
        with Path(asked.file).open("rb") as file:
            report = examine(_lines(file), roots=tuple(asked.root))
    except OSError as error:
        _say(f"打不开文件 {asked.file}：{_why(error)}。请核对文件名和权限。")
        return 1
    for sentence in sentences(report, has_root=bool(asked.root)):
        _say(sentence)
    return 0 if report.is_whole else 1


def sentences(report: Report, *, has_root: bool = False) -> Iterator[str]:
    """Word a report for the person who asked."""
    if not report.is_whole:
        yield from _complaints(report.faults)
        return
    yield f"记录完整，没有被改动：{report.chains} 条链、{report.entries} 条记录，条条与前一条相接。"
    yield _on_words(report)
    yield from _on_seals(report, has_root=has_root)


def _complaints(faults: tuple[Fault, ...]) -> Iterator[str]:
    yield f"记录不完整或被改动过：发现 {len(faults)} 处。"
    for fault in faults[:_SHOWN]:
        yield f"{_where(fault)}{fault.sentence.rstrip('。')}。"
    if len(faults) > _SHOWN:
        yield f"另有 {len(faults) - _SHOWN} 处没有列出。"
    yield "请保留这份文件，并向导出它的单位索取一份新的，再与公布的根值核对。"


def _where(fault: Fault) -> str:
    if not fault.line:
        return ""
    chain = f"链 {fault.chain}" if fault.chain else ""
    entry = f"第 {fault.seq} 条" if fault.seq else ""
    inside = " ".join(filter(None, (chain, entry)))
    return f"第 {fault.line} 行" + (f"（{inside}）：" if inside else "：")


def _on_words(report: Report) -> str:
    if not report.has_free_words:
        return "文字：这份文件不含自由文字，文字没有核对。"
    erased = f"，另有 {report.erased} 段已依法删除并留有记录" if report.erased else ""
    return f"文字：核对 {report.words} 段，都与当时写下的一致{erased}。"


def _on_seals(report: Report, *, has_root: bool) -> Iterator[str]:
    if not report.seals:
        yield "检查点：文件里没有。末尾若被整段截去，从这份文件看不出来。"
        return
    last = report.seals[-1]
    yield f"检查点：{len(report.seals)} 个，最新的是第 {last.number} 个，{_local(last.at)}，"
    yield f"根值 {last.root}"
    yield ("给出的根值与文件相符。" if has_root else "请把根值与公布的对照，或用 --root 让程序来对。")
    yield f"已被检查点锁定：{report.entries - report.unbound_entries} 条。"
    if report.unbound:
        yield from _on_unbound(report.unbound, report.unbound_entries)


def _on_unbound(spans: tuple[Span, ...], count: int) -> Iterator[str]:
    yield f"尚未锁定：{count} 条，写在检查点之后；它们的末尾若被截去，要到下一个检查点才看得出来。"
    for span in spans[:_SHOWN]:
        places = f"第 {span.first} 条" if span.count == 1 else f"第 {span.first} 至第 {span.last} 条"
        yield f"  链 {span.chain}：{places}"
    if len(spans) > _SHOWN:
        yield f"  另有 {len(spans) - _SHOWN} 条链没有列出。"


def _local(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    if isinstance(error, IsADirectoryError):
        return "这是一个文件夹"
    if isinstance(error, PermissionError):
        return "没有读它的权限"
    return error.strerror or "读取时出错"


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Read line by line, in pieces when a line has no end, so that no file can fill the memory."""
    return iter(lambda: file.readline(_LONGEST_LINE), b"")


def _say(sentence: str) -> None:
    """Print a sentence; what a forger put into a name must not steer the terminal."""
    shown = (letter if letter.isprintable() else "□" for letter in sentence[:_LONGEST_SENTENCE])
    sys.stdout.write("".join(shown) + "\n")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"用法：linli verify 文件 [--root 根值]\n没看懂：{message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="linli verify", description="离线核对导出的记录：有没有被改动、截断、调换。")
    parser.add_argument("file", metavar="文件", help="linli export-record 导出的文件")
    parser.add_argument(
        "--root", action="append", default=[], metavar="根值", help="已公布的检查点根值，可以给多个"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
