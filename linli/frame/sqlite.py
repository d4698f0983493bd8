"""Let Django work on a SQLite that two processes may safely write."""

import importlib
import importlib.util
import sys

SAFE_FROM = (3, 51, 3)
# Look at every table, at so many rows of an index: a look that ends soon whatever the size.
_WEIGH = "PRAGMA optimize=0x10012"


def prefer_bundled() -> None:
    """Put the bundled SQLite in the place of Python's own, before Django imports it."""
    if "pysqlite3" in sys.modules or importlib.util.find_spec("pysqlite3") is None:
        return
    sys.modules["sqlite3"] = importlib.import_module("pysqlite3")
    sys.modules["sqlite3.dbapi2"] = importlib.import_module("pysqlite3.dbapi2")


def version() -> tuple[int, ...]:
    """Say which SQLite is in use."""
    release: tuple[int, ...] = importlib.import_module("sqlite3").sqlite_version_info
    return release


def fold_journal() -> None:
    """Bring the write-ahead log into the file and empty it: what was erased is gone from both (收拢日志).

    Inside a transaction there is nothing to bring yet.
    """
    from django.db import connection  # noqa: PLC0415  (the settings read this module before Django is ready)

    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def weigh() -> None:
    """Let SQLite see how many rows and values there are, by which it chooses its ways (更新统计).

    Without it SQLite takes all tables for equally large, and may read all matters to find a few topics.
    PostgreSQL does so by itself.
    """
    from django.db import connection  # noqa: PLC0415  (the settings read this module before Django is ready)

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(_WEIGH)


def journal_mode() -> str:
    """Choose the journal: write-ahead only where a reset of it cannot corrupt the file (fixed in 3.51.3)."""
    return "WAL" if version() >= SAFE_FROM else "TRUNCATE"
