"""Typed readers of the environment that stop with a plain sentence when a value is wrong (环境变量)."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})


def text(name: str, *, default: str) -> str:
    """Read a text; an empty one counts as not given."""
    return os.environ.get(name, "").strip() or default


def words(name: str, *, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Read a list of words separated by commas."""
    return tuple(word.strip() for word in text(name, default="").split(",") if word.strip()) or default


def number(name: str, *, default: int, least: int = 0) -> int:
    """Read a whole number that is not below ``least``."""
    given = text(name, default=str(default))
    if not given.isdecimal() or int(given) < least:
        raise wrong(
            name, given, zh=f"应为不小于 {least} 的整数", en=f"must be a whole number, at least {least}"
        )
    return int(given)


def flag(name: str, *, default: bool) -> bool:
    """Read a yes or a no."""
    given = text(name, default="yes" if default else "no").lower()
    if given not in _YES | _NO:
        raise wrong(name, given, zh="应为 1 或 0", en="must be 1 or 0")
    return given in _YES


def choice(name: str, *, of: tuple[str, ...], default: str) -> str:
    """Read one of a few words."""
    given = text(name, default=default).lower()
    if given not in of:
        raise wrong(name, given, zh=f"应为 {'、'.join(of)} 之一", en=f"must be one of {', '.join(of)}")
    return given


def origin(name: str, *, default: str) -> str:
    """Read the address people type: scheme, host and port, without a path."""
    given = text(name, default=default).rstrip("/")
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise wrong(
            name,
            given,
            zh="应形如 https://linli.example.cn，不带路径",
            en="must look like https://linli.example.cn, without a path",
        )
    return given


def wrong(name: str, given: str, *, zh: str, en: str) -> ImproperlyConfigured:
    """Word the complaint about one variable in Chinese and English."""
    return ImproperlyConfigured(
        f"环境变量 {name} 的值「{given}」不对：{zh}。 {name}={given!r} is wrong: it {en}."
    )
