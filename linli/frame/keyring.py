"""The keys of the encrypted fields: several, of which the newest encrypts and all decrypt (密钥环)."""

import base64
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fcntl import LOCK_EX, flock
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from linli.frame import kept
from linli.frame.ciphers import SECRET_BYTES

_FIELD, _INDEX = "field", "index"


@dataclass(frozen=True, slots=True)
class Key:
    """A secret with a random name: a ring made anew is never taken for the lost one (密钥)."""

    name: str
    secret: bytes

    @classmethod
    def fresh(cls) -> "Key":
        """Make a new key."""
        return cls(secrets.token_hex(4), secrets.token_bytes(SECRET_BYTES))


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys that encrypt fields and those of the look-up marks, oldest first (密钥环)."""

    field: tuple[Key, ...]
    index: tuple[Key, ...]

    @property
    def newest(self) -> Key:
        """Return the key under which new values are kept."""
        return self.field[-1]

    def of(self, name: str) -> Key | None:
        """Find a field key by its name."""
        return next((key for key in self.field if key.name == name), None)

    def written(self) -> str:
        """Write the ring as its file holds it: kind, name and secret of one key a line."""
        rows = [(_FIELD, key) for key in self.field] + [(_INDEX, key) for key in self.index]
        lines = (f"{kind} {key.name} {base64.b64encode(key.secret).decode()}" for kind, key in rows)
        return "\n".join((*lines, ""))

    @classmethod
    def read(cls, text: str) -> "Ring":
        """Read a ring; keys may also stand behind one another with commas. Raises with a plain sentence."""
        found: dict[str, list[Key]] = {_FIELD: [], _INDEX: []}
        for line in filter(None, (line.strip() for line in text.replace(",", "\n").splitlines())):
            kind, key = _key(line)
            found[kind].append(key)
        if not (found[_FIELD] and found[_INDEX]):
            raise _unreadable("缺少加密密钥（field）或者检索密钥（index）")
        return cls(tuple(found[_FIELD]), tuple(found[_INDEX]))

    @classmethod
    def fresh(cls) -> "Ring":
        """Make the first ring of an installation."""
        return cls((Key.fresh(),), (Key.fresh(),))


def present() -> Ring:
    """Return the ring in force; a changed file is seen at once by every process."""
    if settings.FIELD_KEYS:
        return _given(settings.FIELD_KEYS)
    path: Path = settings.FIELD_KEYS_FILE
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        kept.kept(path, make=lambda: Ring.fresh().written())
        stamp = path.stat().st_mtime_ns
    return _filed(path, stamp)


def add() -> Ring:
    """Add a new key of each kind, from now on the one that encrypts (换新密钥)."""
    with _alone():
        ring = present()
        return _write(Ring((*ring.field, Key.fresh()), (*ring.index, Key.fresh())))


def retire() -> Ring:
    """Drop all keys but the newest: nothing kept under the others can be read any more (停用旧密钥)."""
    with _alone():
        ring = present()
        return _write(replace(ring, field=ring.field[-1:], index=ring.index[-1:]))


def _write(ring: Ring) -> Ring:
    kept.replace(settings.FIELD_KEYS_FILE, ring.written())
    return ring


@contextmanager
def _alone() -> Iterator[None]:
    # Two rotations at once would each drop the other's key.
    if settings.FIELD_KEYS:
        raise ImproperlyConfigured(
            "密钥写在环境变量 LINLI_FIELD_KEYS 里，程序不能替您改。请把新密钥加在最后，重启后再运行。"
        )
    path: Path = settings.FIELD_KEYS_FILE
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


@lru_cache(maxsize=1)
def _given(text: str) -> Ring:
    return Ring.read(text)


@lru_cache(maxsize=1)
def _filed(path: Path, stamp: int) -> Ring:  # noqa: ARG001  (the stamp tells one content from the next)
    return Ring.read(path.read_text(encoding="utf-8"))


def _key(line: str) -> tuple[str, Key]:
    words = line.split()
    if len(words) != 3 or words[0] not in {_FIELD, _INDEX}:
        raise _unreadable("每行应为：种类（field 或 index）、名称、密钥")
    try:
        secret = base64.b64decode(words[2], validate=True)
    except ValueError as error:
        raise _unreadable(f"密钥 {words[1]} 不是 Base64 文字") from error
    if len(secret) != SECRET_BYTES or not words[1].isalnum():
        raise _unreadable(f"密钥 {words[1]} 的长度应为 {SECRET_BYTES} 字节")
    return words[0], Key(words[1], secret)


def _unreadable(why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"字段密钥读不了：{why}。请从备份恢复密钥文件 field-keys；不要删掉它，删了已加密的内容再也解不开。"
    )
