"""The database itself refuses to alter the record."""

from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from linli.record.models import Checkpoint, Entry, Words
from tests.record.writing import act, seal

pytestmark = [pytest.mark.django_db, pytest.mark.req("A2")]
guards = import_module("linli.record.migrations.0002_nothing_is_altered")


@pytest.fixture
def written():
    act(words="请尽快")
    seal()
    connection.check_constraints()  # PostgreSQL empties no table that still has a check to make.


ALTERATIONS = {
    "改动条目": "UPDATE record_entry SET title = '派单'",
    "删除条目": "DELETE FROM record_entry",
    "改动文字": "UPDATE record_words SET text = '不急'",
    "改动检查点": "UPDATE record_checkpoint SET root = '00'",
    "删除检查点": "DELETE FROM record_checkpoint",
}
ON_SQLITE = {
    "替换条目": "INSERT OR REPLACE INTO record_entry SELECT * FROM record_entry",
    "替换文字": "INSERT OR REPLACE INTO record_words SELECT * FROM record_words",
    "替换检查点": "INSERT OR REPLACE INTO record_checkpoint SELECT * FROM record_checkpoint",
}
ON_POSTGRESQL = {
    "清空条目": "TRUNCATE record_entry CASCADE",
    "清空文字": "TRUNCATE record_words",
    "清空检查点": "TRUNCATE record_checkpoint",
}
ALL = ALTERATIONS | (ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE)


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ALL.values(), ids=ALL.keys())
def test_the_engine_in_use_refuses(written, statement):
    with pytest.raises(IntegrityError, match=r"append-only|may be erased"):
        execute(statement)
    assert Entry.objects.get().title == "受理"
    assert Words.objects.get().text == "请尽快"
    assert len(Checkpoint.objects.get().root) == 64


def test_words_may_be_deleted(written):
    execute("DELETE FROM record_words")
    assert not Words.objects.exists()


def test_the_triggers_can_be_taken_away_and_set_again(written):
    guards.allow(connection)
    execute(ALTERATIONS["改动条目"])
    guards.forbid(connection)
    with pytest.raises(IntegrityError):
        execute(ALTERATIONS["改动条目"])
