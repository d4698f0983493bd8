"""A phone sends the same form from a page and from its worker at the same instant: one is done (同时发送)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from linli.matters import queries as matters
from tests.console import desks
from tests.console.test_sent_later import send
from tests.world import build

TIMES = 8


@pytest.mark.req("A5")
@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_instant_is_done_once_and_answered_alike() -> None:
    world, start = build(), Barrier(TIMES)
    phones = [desks.browser(world.grid_worker) for _ in range(TIMES)]

    def go(number: int) -> tuple[int, bytes]:
        start.wait()
        try:
            answer = send(phones[number])
            return answer.status_code, answer.content
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        answers = set(pool.map(go, range(TIMES)))
    assert len(answers) == 1
    assert answers.pop()[0] == 200
    assert matters.within(world.home[2].path).count() == 1
