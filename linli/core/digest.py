"""One way to write a value as bytes, and one short number that stands for them (摘要)."""

import hashlib
import json
from datetime import UTC, datetime
from enum import Enum

SHA256 = "sha256"
ALGORITHMS = (SHA256, "sm3")


class Role(Enum):
    """Say what is digested, so that one kind of content can never pass for another (用途)."""

    LEAF = b"\x00"
    NODE = b"\x01"
    ENTRY = b"\x02"
    WORDS = b"\x03"
    CHECKPOINT = b"\x04"
    FILE = b"\x05"
    RECEIPT = b"\x06"


class NotCanonical(ValueError):
    """Refuse a value that has no single way of being written."""


class UnknownAlgorithm(ValueError):
    """Refuse an algorithm that is not allowed here, or that this Python does not have."""


def canonical(value: object) -> bytes:
    """Write a value as JSON in the one allowed way: keys sorted, no blanks, UTF-8 (规范写法).

    Raises NotCanonical on floats, keys that are not text, NUL, lone surrogates and unknown types.
    """
    _require_plain(value)
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return written.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("文字里有不成对的代理字符，写不成 UTF-8") from error


def instant(at: datetime) -> str:
    """Write an aware instant in UTC to the microsecond, as 2026-11-22T07:15:02.000123Z (时刻)."""
    if at.tzinfo is None:
        raise NotCanonical("时刻没有时区")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def digest(role: Role, content: bytes, *, algorithm: str) -> str:
    """Return 64 lower-case hexadecimal digits for a content in its role (摘要); raises UnknownAlgorithm."""
    if algorithm not in ALGORITHMS:
        raise UnknownAlgorithm(f"不认识的摘要算法「{algorithm}」")
    try:
        return hashlib.new(algorithm, role.value + content).hexdigest()
    except ValueError as error:
        raise UnknownAlgorithm(f"这台机器的 Python 没有摘要算法「{algorithm}」") from error


def words_digest(text: str, *, salt: str, algorithm: str) -> str:
    """Bind a free text without revealing it once text and salt are gone (加盐摘要)."""
    return digest(Role.WORDS, canonical([salt, text]), algorithm=algorithm)


def _require_plain(value: object) -> None:
    match value:
        case None | bool() | int():
            return
        case str():
            _require_no_nul(value)
        case list() | tuple():
            for item in value:
                _require_plain(item)
        case dict():
            for key, item in value.items():
                _require_key(key)
                _require_plain(item)
        case _:
            raise NotCanonical(f"{type(value).__name__} 没有唯一的写法")


def _require_key(key: object) -> None:
    if not isinstance(key, str):
        raise NotCanonical("键必须是文字")
    _require_no_nul(key)


def _require_no_nul(text: str) -> None:
    if "\x00" in text:
        raise NotCanonical("文字里有空字符（NUL）")
