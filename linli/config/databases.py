"""From ``DATABASE_URL`` to Django's database settings (数据库)."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from linli.config import env
from linli.frame import sqlite

_POSTGRES = frozenset({"postgres", "postgresql"})
_WAIT_SECONDS = 20
_KEEP_SECONDS = 60


def database(url: str, *, home: Path) -> dict[str, Any]:
    """Describe the database behind a URL; without one, a SQLite file in the home folder."""
    if not url:
        return _sqlite(home / "linli.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path.removeprefix("/"))))
    if parts.scheme in _POSTGRES and parts.path.strip("/"):
        return _postgres(url)
    raise env.wrong(
        "DATABASE_URL",
        _without_password(url),
        zh="应形如 postgresql://用户:密码@主机:5432/库名 或 sqlite:////绝对路径",
        en="must look like postgresql://user:password@host:5432/name or sqlite:////absolute/path",
    )


def _sqlite(path: Path) -> dict[str, Any]:
    # FULL: the number a resident was given must survive a power cut; NORMAL may lose the last commits.
    # secure_delete: what a person had erased must not stay readable in the free space of the file.
    # No mmap_size: with several writing processes it has corrupted files.
    return {
        "ENGINE": "linli.frame.sqlite_engine",
        "NAME": path,
        "CONN_MAX_AGE": _KEEP_SECONDS,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": _WAIT_SECONDS,
            "init_command": f"PRAGMA journal_mode={sqlite.journal_mode()}; "
            "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        },
    }


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, str] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "linli.frame.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "CONN_MAX_AGE": _KEEP_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if parts.password is None:
        return url
    return url.replace(f":{parts.password}@", ":…@")
