"""The connection to SQLite: Django's own, with a cursor for statements that come again (数据库连接)."""

import sqlite3
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoWrapper

_MOST = 1024
_DAYS = 4096


@lru_cache(maxsize=_DAYS)
def _day(kept: bytes) -> date:
    return date.fromisoformat(kept.decode())


def _instant(kept: bytes) -> datetime:
    return datetime.fromisoformat(kept.decode()).replace(tzinfo=UTC)


# A page reads hundreds of days and instants: they come as the pages want them at once.
sqlite3.register_converter("date", _day)
sqlite3.register_converter("datetime", _instant)


@lru_cache(maxsize=_MOST)
def _marked(query: str) -> str:
    """Write a statement with the marks that SQLite reads."""
    return str(FORMAT_QMARK_REGEX.sub("?", query)).replace("%%", "%")


class Steady(SQLiteCursorWrapper):
    """Send statements whose text comes again, whatever values follow (预备语句)."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """Rewrite the marks of a text the first time it comes."""
        if param_names is not None:
            return str(super().convert_query(query, param_names=param_names))
        return _marked(query)


class DatabaseWrapper(DjangoWrapper):
    """Django's connection to SQLite."""

    def prepared_cursor(self) -> Any:
        """Open a cursor for statements that come again."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        own: Any = self
        with self.wrap_database_errors:
            return own._prepare_cursor(own.connection.cursor(factory=Steady))  # noqa: SLF001  (as the usual one is opened)
