"""Fifty people act on one matter at the same instant: one wins, the others are told (同时办理)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from linli.core.verdict import Refused
from linli.matters import queries as matters
from linli.matters import tally
from linli.record import queries as record
from tests import make
from tests.world import World, build, instant

PEOPLE = 50
AT = instant("2026-11-24 10:30")
# What a refusal may say: the page was out of date, or the case already stands elsewhere.
SAYINGS = ("刚刚有人先办了这件事", "现在是「", "现在已经到「", "就在刚才")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_world(transactional_db: None) -> World:
    """Stand in a community whose rows other connections see."""
    return build()


@pytest.mark.req("X14")
@pytest.mark.parametrize(
    ("where", "act", "who", "more"),
    [
        ("report", "dispatch", "dispatcher", {"lead": "enforcement"}),
        ("dispatched", "return_order", "enforcer", {"evidence": "职责清单第三条。"}),
        ("verified", "reopen", "resident", {}),
    ],
    ids=["派单", "退单", "重新办理"],
)
def test_one_wins_and_the_others_are_refused(
    open_world: World, where: str, act: str, who: str, more: dict[str, Any]
) -> None:
    matter = getattr(make, where)(open_world)
    entries, turn = len(record.timeline(matter.number)), matter.turn
    extra = {key: getattr(open_world, value) if key == "lead" else value for key, value in more.items()}

    told = _at_once(lambda: make.act(matter, act, by=open_world.cast[who], at=AT, **extra))

    refusals = [one for one in told if one is not None]
    assert len(refusals) == PEOPLE - 1
    assert all(str(one).startswith(SAYINGS) for one in refusals), {str(one) for one in refusals}
    assert len(record.timeline(matter.number)) == entries + 1
    assert make.fresh(matter).turn == turn + 1
    assert tally.standing() == tally.recount()


def test_the_same_outside_number_handed_over_at_once_opens_one_case(open_world: World) -> None:
    told = _at_once(lambda: make.report(open_world, channel="12345", external_ref="HS-7"))
    assert told == [None] * PEOPLE
    assert matters.of_number("XXL-2026-000001") is not None
    assert matters.of_number("XXL-2026-000002") is None
    assert len(record.timeline("XXL-2026-000001")) == 1
    assert tally.standing() == tally.recount()


@pytest.mark.req("X13")
def test_two_cases_merged_each_into_the_other_wait_for_one_another_never(open_world: World) -> None:
    first, second = make.report(open_world), make.report(open_world, by=open_world.neighbour)
    pairs = iter([(first, second), (second, first)] * (PEOPLE // 2))

    def merge() -> None:
        one, other = next(pairs)
        make.act(one, "merge", by=open_world.dispatcher, at=AT, into=other.number)

    told = _at_once(merge)

    assert told.count(None) == 1
    assert {make.fresh(one).merged_into for one in (first, second)} in ({None, first}, {None, second})
    assert tally.standing() == tally.recount()


def _at_once(act: Callable[[], object]) -> list[Refused | None]:
    """Let everybody act at the same instant, each on their own connection; return what each was told."""
    gate = Barrier(PEOPLE)

    def one(_: int) -> Refused | None:
        try:
            connection.ensure_connection()
            gate.wait()
            act()
        except Refused as refused:
            return refused
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(PEOPLE) as everybody:
        return list(everybody.map(one, range(PEOPLE)))
