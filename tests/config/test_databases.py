import sqlite3
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from linli.config.databases import database

HOME = Path("/srv/linli")


def test_without_an_address_the_database_is_a_file_at_home() -> None:
    assert database("", home=HOME)["NAME"] == HOME / "linli.sqlite3"


@pytest.mark.parametrize(
    ("url", "path"),
    [("sqlite:////data/a%20b.sqlite3", "/data/a b.sqlite3"), ("sqlite:///near.sqlite3", "near.sqlite3")],
    ids=["四道斜线是绝对路径", "三道斜线是相对路径"],
)
def test_a_file_may_be_named(url: str, path: str) -> None:
    assert database(url, home=HOME)["NAME"] == Path(path)


def test_what_was_acknowledged_survives_a_power_cut() -> None:
    options = database("", home=HOME)["OPTIONS"]
    assert "synchronous=FULL" in options["init_command"]
    assert "mmap" not in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"


def test_every_part_of_a_postgresql_address_is_read() -> None:
    settings = database("postgresql://li%40n:p%3Aw@db.local:5433/linli?sslmode=require", home=HOME)
    assert settings["ENGINE"] == "linli.frame.postgresql"
    assert [settings[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "linli",
        "li@n",
        "p:w",
        "db.local",
        "5433",
    ]
    assert settings["OPTIONS"] == {"sslmode": "require"}


def test_a_socket_folder_may_stand_for_the_host() -> None:
    settings = database("postgresql://linli@/linli?host=/run/pg", home=HOME)
    assert (settings["HOST"], settings["PORT"], settings["OPTIONS"]) == ("/run/pg", "", {})


@pytest.mark.parametrize(
    "url", ["mysql://a:hush@b/c", "postgresql://a:hush@b", "linli", "postgresql://a:hush@b/"]
)
def test_an_address_that_is_not_understood_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refused:
        database(url, home=HOME)
    assert "hush" not in str(refused.value)


@pytest.mark.req("N5")
@pytest.mark.parametrize("journal", ["WAL", "TRUNCATE"])
def test_what_was_erased_is_not_left_in_the_file(tmp_path: Path, journal: str) -> None:
    kept = tmp_path / "x.sqlite3"
    start = database("", home=HOME)["OPTIONS"]["init_command"].replace("WAL", journal)
    mark = "周美兰13800001234".encode()
    connection = sqlite3.connect(kept, isolation_level=None)
    connection.executescript(start)
    connection.execute("CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT)")
    connection.executemany("INSERT INTO words (text) VALUES (?)", [(mark.decode() * 40,)] * 50)
    assert mark in b"".join(one.read_bytes() for one in tmp_path.iterdir())
    connection.execute("UPDATE words SET text = '' WHERE id % 2")
    connection.execute("DELETE FROM words WHERE id % 2 = 0")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert mark not in b"".join(one.read_bytes() for one in tmp_path.iterdir())
    connection.close()
