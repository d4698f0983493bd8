"""So many tries from one address and no more, one statement for each (限流)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory

from linli.frame import clock, throttle
from linli.frame.models import Try

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rates(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"find": "3/m/ip,5/h/ip", "join": "3/m/ip"}


def tries(
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    *,
    after: int = 0,
    act: str = "find",
    address: str = "10.0.0.1",
) -> list[bool]:
    """Try a number of times so many seconds after the start, and say which tries were let through."""
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(seconds=after))
    request = RequestFactory(REMOTE_ADDR=address).post("/")
    return [not throttle.is_too_often(request, act=act) for _ in range(number)]


def test_the_last_try_allowed_passes_and_the_next_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tries(monkeypatch, 4) == [True, True, True, False]


def test_in_no_minute_at_all_are_there_more_than_three(monkeypatch: pytest.MonkeyPatch) -> None:
    let_in = [after for after in range(0, 240, 7) if tries(monkeypatch, 1, after=after, act="join") == [True]]
    assert let_in[:6] == [0, 7, 14, 63, 70, 77]
    assert all(later - first >= 60 for first, later in zip(let_in, let_in[3:], strict=False))


def test_a_try_is_held_for_a_minute_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    tries(monkeypatch, 3)
    assert tries(monkeypatch, 1, after=59) == [False]
    assert tries(monkeypatch, 4, after=60) == [True, True, False, False]


def test_the_longer_rate_holds_when_the_shorter_one_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    let_in = [tries(monkeypatch, 1, after=30 * one)[0] for one in range(7)]
    assert let_in == [True] * 5 + [False] * 2
    assert tries(monkeypatch, 2, after=3600) == [True, False]


@pytest.mark.parametrize(
    ("address", "is_free"),
    [("10.0.0.2", True), ("2001:db8::1", True), ("10.0.0.1", False)],
    ids=["别的地址", "另一个网络", "同一个地址"],
)
def test_each_address_is_counted_by_itself(
    monkeypatch: pytest.MonkeyPatch, address: str, is_free: bool
) -> None:
    tries(monkeypatch, 3)
    assert tries(monkeypatch, 1, address=address) == [is_free]


def test_a_household_counts_once_whichever_of_its_addresses_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    tries(monkeypatch, 3, address="2001:db8::1")
    assert tries(monkeypatch, 1, address="2001:db8::2") == [False]
    assert tries(monkeypatch, 1, address="2001:db8:0:1::1") == [True]


def test_one_act_does_not_use_up_another(monkeypatch: pytest.MonkeyPatch) -> None:
    tries(monkeypatch, 3)
    assert tries(monkeypatch, 1, act="join") == [True]


def test_a_try_is_one_statement_for_each_rate(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    for _ in range(2):
        with django_assert_num_queries(1):
            tries(monkeypatch, 1, act="join")


def test_no_address_is_kept_and_old_tries_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    tries(monkeypatch, 1, act="join")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Try._meta.db_table}")
        assert "10.0.0.1" not in str(cursor.fetchall())
    assert throttle.forget_old(at=AT + timedelta(seconds=60)) == 0
    assert throttle.forget_old(at=AT + timedelta(seconds=61)) == 1
