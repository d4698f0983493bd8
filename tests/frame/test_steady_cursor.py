"""Statements that come again, as either database reads them (数据库连接)."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.frame.compiled import steady_cursor

pytestmark = pytest.mark.django_db
_ASKED = "SELECT CAST(%s AS integer), '100%%' LIKE '%%0%%', CAST(%s AS text)"


@pytest.mark.parametrize("times", [1, 2], ids=["第一次", "再一次"])
def test_marks_and_percent_signs_are_read_the_same_however_often_a_text_comes(times: int) -> None:
    for number in range(times):
        with steady_cursor() as cursor:
            cursor.execute(
                "SELECT CAST(%s AS integer), '100%%' LIKE '%%0%%', CAST(%s AS text)", [number, "%s"]
            )
            assert cursor.fetchone() == (number, True, "%s")


def test_what_a_steady_cursor_sends_is_counted() -> None:
    with CaptureQueriesContext(connection) as asked, steady_cursor() as cursor:
        cursor.execute("SELECT CAST(%s AS integer)", [7])
    assert len(asked) == 1


def test_what_the_database_refuses_is_an_error_of_its_own_kind() -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), steady_cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere WHERE it = %s", [7])
