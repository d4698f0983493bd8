"""Deadlines follow a calendar some at a time, and go on where a killed worker stopped (重算期限)."""

from datetime import date
from typing import Any

import pytest

from linli.handoffs import holidays
from linli.handoffs.holidays import begin, carry_on, go_on, latest
from linli.record import queries as record
from tests import make
from tests.world import World, instant

EVE = instant("2026-12-30 10:00")
LATER = instant("2026-12-30 10:05")
DAYS_OFF = (date(2026, 12, 31), *(date(2027, 1, day) for day in range(1, 9)))
NOTICE = "国务院办公厅关于2027年部分节假日安排的通知"


class Killed(BaseException):
    """A worker that ends at once, as by kill -9."""


@pytest.fixture
def two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holidays, "BATCH", 2)


def _begin() -> int:
    return begin(2027, source=NOTICE, holidays=DAYS_OFF, makeup_days=(), at=EVE).pk


def _moves(number: str) -> int:
    return sum(line.act == "follow_calendar" for line in record.timeline(number))


@pytest.mark.req("N4")
@pytest.mark.usefixtures("two_at_a_time")
def test_what_was_begun_goes_on_where_a_killed_worker_stopped(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [make.dispatched(world, at=EVE).number for _ in range(5)]
    key, follow = _begin(), holidays.follow_calendar
    assert not go_on(key, at=LATER)

    def killed(number: str, **facts: Any) -> bool:
        if number == numbers[3]:
            raise Killed
        return follow(number, **facts)

    with monkeypatch.context() as trouble:
        trouble.setattr(holidays, "follow_calendar", killed)
        with pytest.raises(Killed):
            carry_on()
    assert [_moves(number) for number in numbers] == [1, 1, 0, 0, 0]
    carry_on()
    done = latest(2027)
    assert done is not None
    assert (done.looked_at, done.moved, done.total) == (5, 5, 5)
    assert [_moves(number) for number in numbers] == [1] * 5
    assert [entry.act for entry in record.timeline("calendar-2027")] == ["take_in_calendar"]


@pytest.mark.usefixtures("two_at_a_time")
def test_going_on_after_the_end_changes_nothing(world: World) -> None:
    matter = make.dispatched(world, at=EVE)
    key = _begin()
    while not go_on(key, at=LATER):
        pass
    assert go_on(key, at=LATER)
    assert _moves(matter.number) == 1
    assert len(record.timeline("calendar-2027")) == 1


def test_one_matter_that_cannot_follow_does_not_keep_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = (make.dispatched(world, at=EVE).number for _ in range(2))
    follow = holidays.follow_calendar

    def fail(number: str, **facts: Any) -> bool:
        if number == broken:
            raise ZeroDivisionError
        return follow(number, **facts)

    monkeypatch.setattr(holidays, "follow_calendar", fail)
    assert go_on(_begin(), at=LATER)
    assert [_moves(number) for number in (broken, other)] == [0, 1]
