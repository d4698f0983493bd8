"""Read one line of an exported record, and accept it only as it was written (读抄本)."""

import json
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

from linli.core.chain import Link
from linli.core.digest import Role, UnknownAlgorithm, canonical, digest, instant
from linli.core.seal import Seal
from linli.record.transcript import FORMAT, KINDS, VERSION, End, Header, Line, Proof, Statement, encode

_YEARS = range(1900, 2200)
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Malformed(ValueError):
    """Say why a line cannot stand; ``line`` is what it says when it can be understood all the same."""

    def __init__(self, sentence: str, *, field: str = "", line: Line | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.line = line


def decode(raw: bytes) -> Line:
    """Read a line; raises Malformed unless every byte stands as ``transcript.encode`` writes it."""
    said = _parsed(raw)
    kind = said.pop("kind", None)
    if not isinstance(kind, str) or kind not in KINDS:
        raise Malformed("不知道这一行是什么（字段「kind」）", field="kind")
    _require_names(said, _NAMES[kind])
    for name, value in said.items():
        if not _FORMS[name](value):
            raise Malformed(_WHY.get(name, f"字段「{name}」的值不合格式"), field=name)
    line = _MAKERS[kind](said)
    if encode(line) != raw:
        raise Malformed("意思虽能读懂，写法却被改动过（空白、转义、次序或换行）", line=line)
    return line


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        said = json.loads(raw.decode())
        canonical(said)
    except UnicodeDecodeError as error:
        raise Malformed(f"第 {error.start + 1} 个字节起不是 UTF-8 文字") from error
    except json.JSONDecodeError as error:
        raise Malformed(f"第 {error.colno} 个字符处不是规范的 JSON") from error
    except (ValueError, RecursionError) as error:
        raise Malformed("其中有导出文件不会写出的值") from error
    if not isinstance(said, dict):
        raise Malformed("这一行不是一条记录")
    return said


def _require_names(said: dict[str, Any], names: frozenset[str]) -> None:
    for name in sorted(names - said.keys()):
        raise Malformed(f"缺少字段「{name}」", field=name)
    for name in sorted(said.keys() - names):
        raise Malformed(f"多出字段「{name}」", field=name)


def _statement(said: dict[str, Any]) -> Statement:
    words, salt = said.pop("words"), said.pop("salt")
    if (words is None) != (salt is None):
        raise Malformed("文字与盐只剩其一", field="words" if words is None else "salt")
    return Statement(Link(**said | {"figures": tuple(map(tuple, said["figures"]))}), words, salt)


_MAKERS: dict[str, Callable[[dict[str, Any]], Line]] = {
    "header": lambda said: Header(**said),
    "checkpoint": lambda said: Seal(**said),
    "proof": lambda said: Proof(**said | {"path": tuple(map(tuple, said["path"]))}),
    "entry": _statement,
    "end": lambda said: End(**said),
}
_NAMES = {kind: frozenset(field.name for field in fields(of)) for kind, of in KINDS.items()}
_NAMES["entry"] = frozenset(field.name for field in fields(Link)) | {"words", "salt"}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_text_or_none(value: object) -> bool:
    return value is None or isinstance(value, str)


def _is_number(value: object) -> bool:
    return type(value) is int and value >= 0


def _is_number_or_none(value: object) -> bool:
    return value is None or _is_number(value)


def _is_instant(value: object) -> bool:
    try:
        at = datetime.fromisoformat(str(value))
        return at.year in _YEARS and instant(at) == value
    except ValueError:
        return False


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _is_digest_or_empty(value: object) -> bool:
    return value == "" or _is_digest(value)


@cache
def _is_known_here(algorithm: str) -> bool:
    try:
        digest(Role.FILE, b"", algorithm=algorithm)
    except UnknownAlgorithm:
        return False
    return True


def _are_pairs(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_pair, value))


def _is_pair(value: object) -> bool:
    match value:
        case [str(), str()]:
            return True
        case _:
            return False


def _are_steps(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_step, value))


def _is_step(value: object) -> bool:
    match value:
        case ["left" | "right", partner]:
            return _is_digest(partner)
        case _:
            return False


_FORMS: dict[str, Callable[[object], bool]] = {
    "format": lambda value: value == FORMAT,
    "version": lambda value: type(value) is int and value == VERSION,
    "free_words": lambda value: isinstance(value, bool),
    "algorithm": lambda value: isinstance(value, str) and _is_known_here(value),
    "at": _is_instant,
    "by": _is_number_or_none,
    "figures": _are_pairs,
    "path": _are_steps,
    **dict.fromkeys(("words", "salt"), _is_text_or_none),
    **dict.fromkeys(("digest", "tree", "root"), _is_digest),
    **dict.fromkeys(("prev", "words_digest"), _is_digest_or_empty),
    **dict.fromkeys(("chain", "office", "act", "title", "clause", "clause_words"), _is_text),
    **dict.fromkeys(
        ("seq", "number", "count", "last_entry", "checkpoint", "checkpoints", "proofs", "chains", "entries"),
        _is_number,
    ),
}
_WHY = {
    "version": f"文件的格式版本不是 {VERSION}：请用与它相配的 linli 核对",
    "algorithm": "字段「algorithm」写的摘要算法，这台机器上没有",
}
