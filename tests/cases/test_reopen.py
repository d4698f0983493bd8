"""Checking, confirming, and doing it again when somebody is unhappy: 核实、确认、重新办理."""

import pytest

from linli.cases.actions.stepping import Said
from linli.core.verdict import Refused
from linli.matters import queries as matters
from tests import make
from tests.world import World, instant

DAY = instant("2026-11-25 10:00")


def test_the_clock_stops_with_the_answer(world: World) -> None:
    matter = make.handled(world)
    assert matter.answered_at == instant("2026-11-24 11:00")
    assert [line.due_at for line in matters.waitings(matter)] == [instant("2026-11-25 17:30")]


def test_what_was_not_done_goes_back_and_the_clock_runs_as_if_unanswered(world: World) -> None:
    matter = make.act(make.handled(world), "send_back", by=world.dispatcher, at=DAY)
    assert (matter.step, matter.lead_id, matter.answered_at) == ("handled", world.enforcement, None)
    (line,) = matters.inbox(world.enforcer)
    assert line.due_at == matter.due_at == instant("2026-12-01 17:30")
    assert make.act(matter, "finish", by=world.enforcer, at=DAY).answered_at == DAY


def test_a_confirmed_case_is_closed_and_waits_for_nobody(world: World) -> None:
    matter = make.closed(world)
    assert (matter.closed_at, matter.outcome) == (instant("2026-11-24 11:30"), "confirm")
    assert not matters.waitings(matter)


@pytest.mark.req("X14")
@pytest.mark.parametrize(
    ("at", "in_time"),
    [("2026-12-10 00:00", True), ("2026-12-10 00:00:01", False)],
    ids=["第 15 天结束时", "晚一秒"],
)
def test_a_closed_case_is_reopened_within_the_packs_days(world: World, at: str, in_time: bool) -> None:
    matter = make.closed(world)
    if in_time:
        assert make.act(matter, "reopen", by=world.resident, at=instant(at)).step == "called"
        return
    with pytest.raises(Refused, match="已于 12月9日 周三 24:00 截止"):
        make.act(matter, "reopen", by=world.resident, at=instant(at))


def test_a_reopened_case_starts_a_new_clock_without_a_lead(world: World) -> None:
    matter = make.act(make.closed(world), "reopen", by=world.resident, at=DAY)
    assert (matter.closed_at, matter.answered_at, matter.reopened, matter.lead_id) == (None, None, 1, None)
    assert matter.due_at == instant("2026-12-02 17:30")
    assert [line.title for line in matters.inbox(world.dispatcher)] == ["社区呼叫"]


def test_a_case_is_reopened_once(world: World) -> None:
    matter = make.act(make.verified(world), "reopen", by=world.resident, at=DAY)
    make.act(matter, "solve", by=world.dispatcher, at=DAY, said=Said("又换了一块。"))
    with pytest.raises(Refused, match="已经重新办理过一次"):
        make.act(matter, "reopen", by=world.resident, at=DAY)


def test_the_second_result_is_rated_again(world: World) -> None:
    matter = make.act(make.verified(world), "rate", by=world.resident, at=DAY, score=1)
    make.act(matter, "reopen", by=world.resident, at=DAY)
    make.act(matter, "solve", by=world.dispatcher, at=DAY, said=Said("又换了一块。"))
    assert make.act(matter, "rate", by=world.resident, at=DAY, score=5)


def test_nobody_else_reopens_it(world: World) -> None:
    with pytest.raises(Refused, match="由反映人办理"):
        make.act(make.closed(world), "reopen", by=world.dispatcher, at=DAY)
