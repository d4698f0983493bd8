"""Whoever spends at once: a purse goes down to zero, never below, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from linli.books import queries
from linli.core.verdict import Refused
from tests.books.test_posting import move, opened
from tests.world import build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("G11", "X12")]
THREADS = 8
HELD, EACH, ASKED = 100, 10, 16


def test_eight_who_spend_one_account_at_once_never_overdraw_it_and_lose_nothing() -> None:
    purse = opened(build())
    move(purse, "in", HELD)

    def spend(number: int) -> bool:
        try:
            return move(purse, f"out-{number}", EACH, out="fund", into="paid")
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        done = list(pool.map(spend, range(ASKED)))
    assert sum(done) == HELD // EACH
    assert queries.balances(purse) == {"source": -HELD, "fund": 0, "paid": HELD}
    assert not list(queries.audit())


def test_one_transfer_sent_eight_times_at_once_is_posted_once() -> None:
    purse = opened(build())

    def send(_: int) -> bool:
        try:
            return move(purse, "in", HELD)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        done = list(pool.map(send, range(THREADS)))
    assert sum(done) == 1
    assert queries.balance(purse, code="fund") == HELD
