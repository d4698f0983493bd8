"""What is sent many times in one instant is taken in once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from linli.frame.clock import today
from linli.gateways.systems.actions import reading_chain
from linli.record import queries as record
from tests import make
from tests.gateways import doors
from tests.world import build

API, SHEETS = "/api/v1/matters", "/hotline/v1/sheets"
WORDS = "3栋楼道灯坏了三天。"


@pytest.mark.req("X14", "C10")
@pytest.mark.parametrize(
    ("address", "told"),
    [(API, {"words": WORDS, "external_ref": "A-1"}), (SHEETS, {"words": WORDS, "ref": "A-1"})],
    ids=["接口", "热线"],
)
@pytest.mark.django_db(transaction=True)
def test_the_same_number_from_eight_threads_opens_one_matter(address: str, told: dict[str, str]) -> None:
    world = build()
    key = doors.connect(world, way="12345", most_a_minute=6000).key

    def hand_over(_: int) -> str:
        try:
            answer = doors.send(doors.caller(key), address, told)
            assert answer.status_code in (200, 201), answer.content.decode()
            return str(answer.json()["number"])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(hand_over, range(8)))
    assert len(numbers) == 1
    assert record.acts(numbers.pop()) == ("open",)


@pytest.mark.django_db(transaction=True)
def test_eight_readings_in_one_instant_all_stand_on_the_record() -> None:
    world = build()
    made = doors.connect(world, way="system", purpose="研判矛盾纠纷", most_a_minute=6000)
    number = make.report(world).number

    def read(_: int) -> int:
        try:
            return int(doors.caller(made.key).get(f"{API}/{number}").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(read, range(8)))
    lines = record.timeline(reading_chain(made.system, on=today()))
    assert set(outcomes) <= {200, 409}
    assert len(lines) == outcomes.count(200) >= 1
