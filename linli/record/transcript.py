"""The lines of an exported record (记录抄本).

A file is a header, checkpoints each followed by the proofs that lead to it, entries chain by chain, an end.
Standard library and core only: whoever checks a file needs no server and no framework.
"""

from dataclasses import dataclass, fields
from typing import Any

from linli.core.chain import Link
from linli.core.digest import SHA256, Role, canonical, digest
from linli.core.merkle import Step
from linli.core.seal import Seal

FORMAT = "linli-record"
VERSION = 1
ERASE = "erase_words"
ERASED = "条目"


@dataclass(frozen=True, slots=True)
class Header:
    """Open a file, and say whether free words were copied into it (文件头)."""

    free_words: bool
    format: str = FORMAT
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class Proof:
    """Prove that a checkpoint has bound a chain up to this head (包含证明)."""

    checkpoint: int
    chain: str
    seq: int
    digest: str
    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold an entry, and its free words while they exist (条目行)."""

    link: Link
    words: str | None = None
    salt: str | None = None


@dataclass(frozen=True, slots=True)
class End:
    """Close a file with the numbers of its lines and the digest of all lines before (结尾)."""

    checkpoints: int
    proofs: int
    chains: int
    entries: int
    digest: str


Line = Header | Seal | Proof | Statement | End
KINDS: dict[str, type[Line]] = {
    "header": Header,
    "checkpoint": Seal,
    "proof": Proof,
    "entry": Statement,
    "end": End,
}
_KIND_OF = {of: kind for kind, of in KINDS.items()}


def encode(line: Line) -> bytes:
    """Write a line in the one allowed way, its end included."""
    said = _fields(line)
    if isinstance(line, Statement):
        said = _fields(line.link) | {"words": line.words, "salt": line.salt}
    return canonical({"kind": _KIND_OF[type(line)], **said}) + b"\n"


def running(before: str, raw: bytes) -> str:
    """Add one more line to the digest of a file, which begins as the empty text."""
    return digest(Role.FILE, bytes.fromhex(before) + raw, algorithm=SHA256)


def erased_place(link: Link) -> str:
    """Return the place in the chain whose words an entry says it erased, or an empty text (删除文字)."""
    return dict(link.figures).get(ERASED, "") if link.act == ERASE else ""


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
