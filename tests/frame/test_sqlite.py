import pytest
from django.db import connection

from linli.frame import sqlite
from tests import make
from tests.world import World


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL 自己更新统计；用 SQLite 运行")
def test_sqlite_learns_how_many_rows_there_are(world: World) -> None:
    for _ in range(3):
        make.report(world)
    sqlite.weigh()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'matter_newest'")
        (found,) = cursor.fetchone()
    assert found.split()[0] == "3"
