"""Taking a database out whole while people work, and putting it back (数据库备份)."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from django.db import DatabaseError, connection

from linli.config.upkeep.archive import DATABASE
from linli.config.upkeep.trouble import Trouble

_SQLITE, _POSTGRES = f"{DATABASE}/linli.sqlite3", f"{DATABASE}/linli.dump"
_LOGIN = ("HOST", "PORT", "USER", "PASSWORD")
_OF_PEOPLE = ("matters_matter", "people_person", "people_account")


def dump(folder: Path) -> tuple[Path, str]:
    """Write the database as it is at one instant into a folder; return the file and its name in a backup."""
    if connection.vendor == "sqlite":
        return _copy_sqlite(folder / "linli.sqlite3"), _SQLITE
    out = folder / "linli.dump"
    _run("pg_dump", ("--format=custom", "--no-owner", "--no-acl", f"--file={out}"))
    return out, _POSTGRES


def load(folder: Path) -> None:
    """Put a dumped database in the place of the present one; raises ``Trouble`` if of another kind."""
    dumped = folder / (_SQLITE if connection.vendor == "sqlite" else _POSTGRES)
    if not dumped.exists():
        raise Trouble(
            "备份里的数据库和这里的不是一种（一边是 SQLite，一边是 PostgreSQL）。请改 DATABASE_URL 再恢复。"
        )
    if connection.vendor == "sqlite":
        _put_sqlite(dumped)
        return
    connection.close()
    _run(
        "pg_restore",
        ("--clean", "--if-exists", "--no-owner", "--no-acl", "--single-transaction", "--exit-on-error"),
        said=(f"--dbname={connection.settings_dict['NAME']}", str(dumped)),
    )


def put_aside(folder: Path) -> None:
    """Keep the present database in a folder, as it is, before another takes its place (另存)."""
    folder.mkdir(parents=True)
    if connection.vendor != "sqlite":
        dump(folder)
        return
    connection.close()
    present = Path(connection.settings_dict["NAME"])
    for file in present.parent.glob(f"{present.name}*"):
        shutil.copy2(file, folder)


def is_filled() -> bool:
    """Tell whether the present database holds any matter, person or account, or cannot be read at all."""
    try:
        tables = set(connection.introspection.table_names())
        return any(_has_rows(table) for table in _OF_PEOPLE if table in tables)
    except DatabaseError:
        return True


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608  (a name of ours)
        return cursor.fetchone() is not None


def _copy_sqlite(out: Path) -> Path:
    connection.ensure_connection()
    copy = connection.Database.connect(out)  # type: ignore[attr-defined]  # each engine has its own
    try:
        connection.connection.backup(copy)
        said = copy.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        copy.close()
    if said != "ok":
        raise Trouble(f"数据库自检没有通过：{said}。请先保留现场，再用最近一份好的备份恢复。")
    return out


def _put_sqlite(dumped: Path) -> None:
    target = Path(connection.settings_dict["NAME"])
    connection.close()
    for left in (f"{target.name}-wal", f"{target.name}-shm"):
        target.with_name(left).unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(dumped, unfinished := target.with_name(f"{target.name}.part"))
    unfinished.replace(target)


def _run(tool: str, words: Sequence[str], *, said: Sequence[str] = ()) -> None:
    command = (_found(tool), *words, *(said or (str(connection.settings_dict["NAME"]),)))
    login = {f"PG{name}": str(value) for name in _LOGIN if (value := connection.settings_dict[name])}
    # (our own words and the database's name)
    done = subprocess.run(command, env=os.environ | login, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["没有说明"]
        raise Trouble(f"{tool} 没有成功：{last[0]}")


def _found(tool: str) -> str:
    """Find a tool of PostgreSQL: where PG_BIN says, on the path, or where Debian keeps the newest."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{tool}"), reverse=True)
    asked = Path(os.environ.get("PG_BIN", "")) / tool
    found = str(asked) if asked.is_file() else shutil.which(tool) or next(map(str, debian), "")
    if not found:
        raise Trouble(f"找不到 {tool}。请安装 PostgreSQL 客户端 postgresql-client，或用 PG_BIN 指明文件夹。")
    return found
