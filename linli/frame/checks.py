"""What a database must be before anything is written to it (启动检查)."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import DatabaseError, connections, models, transaction
from django.db.models.functions import Cast

from linli.frame import keyring, sqlite, vault
from linli.frame.vault import EncryptedText

_LAST_ROWS = 50
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


@checks.register(checks.Tags.database)
def check_keys(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """Refuse to go on with a ring of keys that is not the one the data lie under."""
    if not databases:
        return []
    known = {key.name for key in keyring.present().field}
    lost = {table: name for table, name in _newest_keys() if name not in known}
    return [
        checks.Error(
            f"{table} 里的内容是用密钥 {name} 加密的，密钥文件里没有这一把。",
            hint="请从备份恢复 LINLI_HOME/field-keys 或 LINLI_FIELD_KEYS，再启动；不要另造一把。",
            id="frame.E002",
        )
        for table, name in lost.items()
    ]


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


def _newest_keys() -> Iterator[tuple[str, str]]:
    """Name for each table the keys of the values that were written last."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedText):
                yield from ((model._meta.db_table, name) for name in _keys_of(model, field.name))


def _keys_of(model: type[models.Model], column: str) -> set[str]:
    rows: models.QuerySet[Any] = models.QuerySet(model).order_by("-pk")
    raw = rows.values_list(Cast(column, models.TextField()), flat=True)
    try:
        with transaction.atomic():
            return {name for token in raw[:_LAST_ROWS] if (name := vault.key_name(token))}
    except DatabaseError:
        # Before the first migration there is no such table, and before this one no such column.
        return set()


def _locale(alias: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        return str(cursor.fetchone()[0])
