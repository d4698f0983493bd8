"""What is sent many times in one instant is taken in once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.gateways import doors
from tests.world import build

TOLD = {"words": "3栋楼道灯坏了三天。", "external_ref": "A-1"}


@pytest.mark.django_db(transaction=True)
def test_the_same_number_from_eight_threads_opens_one_matter() -> None:
    world = build()
    key = doors.connect(world, way="system", most_a_minute=6000).key

    def hand_over(_: int) -> str:
        try:
            answer = doors.send(doors.caller(key), "/api/v1/matters", TOLD)
            assert answer.status_code in (200, 201), answer.content.decode()
            return str(answer.json()["number"])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(hand_over, range(8)))
    assert len(numbers) == 1
