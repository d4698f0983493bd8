"""Count a published ballot again without a server or Django: linli recount FILE (重新计票)."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from linli.core import selection_file
from linli.core.recount import NotABallot, Recount, recount

_LARGEST = 256 * 1024 * 1024


def main(argv: Sequence[str]) -> int:
    """Count the ballot in the file of ``argv`` and say what came out; 0 equal, 1 not, 2 misused."""
    asked = _parser().parse_args(argv)
    try:
        document = _read(Path(asked.file))
        if document.get("format") == selection_file.FORMAT:
            return _choose_again(document)
        found = recount(document)
    except OSError as error:
        _say(f"打不开文件 {asked.file}：{error.strerror or error}。请核对文件名和权限。")
        return 1
    except NotABallot as error:
        _say(f"{error}。请向公布的单位重新下载。")
        return 1
    for sentence in sentences(document, found, receipt_root=asked.root):
        _say(sentence)
    return 0 if not found.differences and asked.root in ("", document["root"]) else 1


def sentences(document: dict[str, Any], found: Recount, *, receipt_root: str = "") -> Iterator[str]:
    """Word a recount for the person who asked."""
    yield f"{document['number']}：{document['question']}"
    for one in found.outcome.standings:
        given = "，".join(measure.show(amount) for measure, amount in one.sums)
        yield f"  {one.title}：{given}{'（选出）' if one.wins else ''}"
    yield f"结论：{found.outcome.said}"
    for difference in found.differences:
        yield f"不符：{difference}。"
    if receipt_root and receipt_root != document["root"]:
        yield f"不符：给出的根值与文件里的 {document['root']} 不一样。"
    if found.differences:
        yield "重新计票与文件所公布的不一致：请保留这份文件，向公布的单位查问。"
    else:
        yield "重新计票与文件所公布的完全一致。"
        yield f"请再把根值与公布页上的对照：{document['root'] or '（没有人投票，没有根值）'}"


def _choose_again(document: dict[str, Any]) -> int:
    found, differences = selection_file.reckon_again(document)
    for sentence in found["said"]:
        _say(sentence)
    for difference in differences:
        _say(f"不符：{difference}。")
    if differences:
        _say("重新遴选与文件所公布的不一致：请保留这份文件，向公布的单位查问。")
        return 1
    _say("重新遴选与文件所公布的完全一致。")
    return 0


def _read(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _LARGEST:
        raise NotABallot("文件太大，不是一次表决的导出文件")
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotABallot("文件读不出来：不是 UTF-8 的 JSON") from error
    if not isinstance(document, dict):
        raise NotABallot("文件里不是一次表决")
    return document


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="linli recount", description="用导出的文件重新计票，不用服务器。")
    parser.add_argument("file", help="表决页上「下载全部数据」得到的 JSON 文件")
    parser.add_argument("--root", default="", help="公布页上的根值，给出时一并核对")
    return parser
