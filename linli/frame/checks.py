"""What a database must be before anything is written to it (启动检查)."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

from linli.frame import sqlite

_BLIND_LOCALES = frozenset({"C", "POSIX"})


@checks.register(checks.Tags.database)
def check_databases(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """Complain about a PostgreSQL that cannot read Chinese and a SQLite that is too old."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        vendor = connections[alias].vendor
        if vendor == "postgresql":
            found += judge_locale(_locale(alias))
        if vendor == "sqlite":
            found += judge_version(sqlite.version())
    return found


def judge_locale(name: str) -> list[checks.CheckMessage]:
    """Refuse the character types of PostgreSQL in which Chinese letters are not letters."""
    if name not in _BLIND_LOCALES:
        return []
    return [
        checks.Error(
            f"PostgreSQL 数据库的 lc_ctype 是 {name}，中文检索会查不到任何内容。",
            hint="请重建数据库：CREATE DATABASE linli TEMPLATE template0 LOCALE 'C.UTF-8' ENCODING 'UTF8';",
            id="frame.E001",
        )
    ]


def judge_version(version: tuple[int, ...]) -> list[checks.CheckMessage]:
    """Warn of a SQLite whose write-ahead log can corrupt the file; it then runs on the slower journal."""
    if version >= sqlite.SAFE_FROM:
        return []
    have, need = (".".join(map(str, numbers)) for numbers in (version, sqlite.SAFE_FROM))
    return [
        checks.Warning(
            f"SQLite {have} 低于 {need}，两个进程同时写入时预写日志可能损坏数据，已改用较慢的回滚日志。",
            hint="请安装 pysqlite3（Linux x86_64 自动安装）或更新系统的 SQLite。",
            id="frame.W001",
        )
    ]


def _locale(alias: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        return str(cursor.fetchone()[0])
