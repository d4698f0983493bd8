"""Statements that PostgreSQL keeps prepared, and a connection that is only looked at (数据库连接)."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.frame.compiled import Question
from linli.places.models import Place

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite 没有这些；用 tests/postgres.sh pytest tests/frame 运行"
)


def prepared(statement: str) -> list[tuple[Any, ...]]:
    """Return how often each of the prepared statements was planned for all values, and for its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            [statement],
        )
        return list(cursor.fetchall())


@pytest.mark.django_db
def test_one_text_and_one_plan_serve_values_of_every_size() -> None:
    found = Question(lambda number, name: Place.objects.filter(pk=number, name=name).values_list("pk"))
    for number in (7, 70_000, 7_000_000_000):
        assert found.ask(number=number, name="铜花里") == []
    assert prepared('%"places_place"."name" = %') == [(3, 0)]


@pytest.mark.django_db
def test_what_varies_is_planned_with_its_values() -> None:
    found = Question(lambda path: Place.objects.filter(path__gte=path).values_list("pk"), varies=True)
    found.ask(path="0001")
    assert prepared('%"places_place"."path" >= %') == []


@pytest.mark.django_db(transaction=True)
def test_a_connection_is_asked_for_its_state_only_when_the_server_said_something() -> None:
    connection.ensure_connection()
    with CaptureQueriesContext(connection) as asked:
        assert connection.is_usable()
    assert not asked.captured_queries
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [connection.connection.info.backend_pid])
    other.close()
    assert not connection.is_usable()
    connection.close()
