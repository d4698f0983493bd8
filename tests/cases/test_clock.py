"""The clock of a concern: pause, resume, one extension, another order kind: 计时."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from linli.cases.actions.dispatching import JointTask
from linli.cases.actions.stepping import Said
from linli.core.term import Term
from linli.core.verdict import Refused
from linli.matters import queries as matters
from linli.record import queries as record
from linli.rulebook import queries as rulebook
from tests import make
from tests.letters import letters_to
from tests.world import World, instant

if TYPE_CHECKING:
    from linli.matters.models import Matter

PAUSED = instant("2026-11-24 11:00:17")
RESUMED = instant("2026-11-26 15:23:41")
WEDNESDAY = instant("2026-11-25 09:30")
TEN_DAYS = Term.parse("10 working_days")


def _paused(world: World, **changes: Any) -> "Matter":
    matter = make.taken_on(world, **changes)
    return make.act(matter, "pause", by=world.enforcer, at=PAUSED, reason="resident_material")


# 暂停、恢复


@pytest.mark.req("X14")
def test_the_clock_stops_only_for_a_reason_the_pack_allows(world: World) -> None:
    matter = make.taken_on(world)
    with pytest.raises(Refused) as refused:
        make.act(matter, "pause", by=world.enforcer, at=PAUSED, reason="too_busy")
    (refusal,) = refused.value.refusals
    assert refusal.sentence == "填写的事由不能用来暂停计时。"
    assert "需居民补充材料" in refusal.remedy
    assert make.fresh(matter).due_at is not None


def test_while_it_stands_still_nothing_is_due(world: World) -> None:
    matter = _paused(world, joint=[JointTask(world.fire, term=Term.parse("2 working_days"))])
    assert (matter.due_at, matter.paused_at) == (None, PAUSED)
    assert [line.due_at for line in matters.waitings(matter)] == [None, None]
    desk = make.desk(matter, world.dispatcher, at=PAUSED)
    assert [order.due_at for order in desk.orders] == [None, None]
    assert not matters.lines_due(at=instant("2027-06-01 10:00"), limit=9)


@pytest.mark.parametrize("order", ["urgent", "priority", "routine"])
def test_what_was_left_is_left_to_the_second(world: World, order: str) -> None:
    calendar = rulebook.calendar()
    before = make.taken_on(world, order=order).countdown
    matter = _paused(world, order=order)
    after = make.act(matter, "resume", by=world.enforcer, at=RESUMED).countdown
    assert before is not None
    assert after is not None
    left = before.remaining(at=PAUSED, calendar=calendar)
    assert after.remaining(at=RESUMED, calendar=calendar) == left > timedelta()


def test_after_the_pause_it_falls_due_later_by_the_business_hours_it_stood_still(world: World) -> None:
    matter = make.act(_paused(world), "resume", by=world.dispatcher, at=RESUMED)
    # Due on Tuesday 17:30; it stood still for 2 days and 2 h 23 min 24 s of business hours.
    assert matter.due_at == instant("2026-12-04 11:23:24")


def test_a_sub_deadline_stands_still_and_runs_on_too(world: World) -> None:
    joint = [JointTask(world.fire, term=Term.parse("2 working_days"))]
    matter = make.act(_paused(world, joint=joint), "resume", by=world.enforcer, at=RESUMED)
    (line,) = matters.inbox(world.fireman)
    assert line.due_at is not None
    assert line.due_at > instant("2026-11-26 17:30")
    desk = make.desk(matter, world.fireman, at=RESUMED)
    assert [order.due_at for order in desk.orders] == [matter.due_at, line.due_at]


def test_it_is_not_paused_twice_nor_resumed_while_it_runs(world: World) -> None:
    matter = make.taken_on(world)
    with pytest.raises(Refused, match="计时没有暂停"):
        make.act(matter, "resume", by=world.enforcer, at=PAUSED)
    make.act(matter, "pause", by=world.enforcer, at=PAUSED, reason="weather")
    with pytest.raises(Refused, match="这件事没有在计时"):
        make.act(matter, "pause", by=world.enforcer, at=RESUMED, reason="weather")


def test_the_raiser_is_told_of_pause_and_resumption(world: World) -> None:
    matter = make.act(_paused(world), "resume", by=world.enforcer, at=RESUMED)
    stopped, running = letters_to(world.resident, about=matter)[-2:]
    assert stopped.body == f"编号 {matter.number}。计时已暂停：需居民补充材料。{make.SAID.words}"
    assert running.body.startswith(f"编号 {matter.number}。恢复计时，新的期限是 12月4日 周五 11:23")


def test_moving_on_lets_the_clock_run_again_for_everybody(world: World) -> None:
    joint = [JointTask(world.fire, term=Term.parse("2 working_days"))]
    matter = make.act(_paused(world, joint=joint), "send_up", by=world.enforcer, at=RESUMED)
    assert matter.due_at is not None
    assert not matter.is_paused
    assert all(line.due_at is not None for line in matters.waitings(matter))


# 延期


@pytest.mark.req("X14")
def test_an_extension_is_granted_once_with_notice_to_the_raiser(world: World) -> None:
    matter = make.taken_on(world)
    make.act(matter, "ask_extension", by=world.enforcer, at=WEDNESDAY, term=TEN_DAYS, said=Said("要开挖。"))
    assert [line.title for line in matters.inbox(world.secretary)] == ["批准延期"]
    granted = make.act(matter, "grant_extension", by=world.secretary, at=WEDNESDAY)
    assert granted.due_at == instant("2026-12-15 17:30")
    assert not matters.inbox(world.secretary)
    told = letters_to(world.resident, about=matter)[-1]
    assert told.body.endswith("。办理期限延长 10 个工作日，到 12月15日 周二 17:30。理由：要开挖。")
    with pytest.raises(Refused, match="已经延期一次，到 12月15日 周二 17:30。只能延一次。"):
        make.act(matter, "ask_extension", by=world.enforcer, at=WEDNESDAY, term=TEN_DAYS)


def test_the_inbox_line_and_the_order_fall_due_with_the_extension(world: World) -> None:
    matter = make.taken_on(world)
    make.act(matter, "ask_extension", by=world.enforcer, at=WEDNESDAY, term=TEN_DAYS)
    granted = make.act(matter, "grant_extension", by=world.street_dispatcher, at=WEDNESDAY)
    (line,) = matters.inbox(world.enforcer)
    (order,) = make.desk(granted, world.enforcer, at=WEDNESDAY).orders
    assert line.due_at == order.due_at == granted.due_at


@pytest.mark.parametrize(("days", "fits"), [(10, True), (11, False)], ids=["十天", "十一天"])
def test_no_extension_is_longer_than_the_pack_allows(world: World, days: int, fits: bool) -> None:
    matter = make.taken_on(world)
    term = Term.parse(f"{days} working_days")
    if fits:
        assert make.act(matter, "ask_extension", by=world.enforcer, at=WEDNESDAY, term=term)
        return
    with pytest.raises(Refused, match="最多延长 10 个工作日，申请的是 11 个工作日"):
        make.act(matter, "ask_extension", by=world.enforcer, at=WEDNESDAY, term=term)


@pytest.mark.parametrize(
    ("at", "in_time"),
    [("2026-12-01 17:30", True), ("2026-12-01 17:30:01", False)],
    ids=["到期那一秒", "晚一秒"],
)
def test_an_extension_is_asked_for_before_the_term_ends(world: World, at: str, in_time: bool) -> None:
    matter = make.taken_on(world)
    if in_time:
        assert make.act(matter, "ask_extension", by=world.enforcer, at=instant(at), term=TEN_DAYS)
        return
    with pytest.raises(Refused, match="已经逾期（应于 12月1日 周二 17:30 前办结），逾期后不能再申请延期"):
        make.act(matter, "ask_extension", by=world.enforcer, at=instant(at), term=TEN_DAYS)


def test_a_refused_extension_leaves_the_term_and_may_be_asked_for_again(world: World) -> None:
    matter = make.taken_on(world)
    make.act(matter, "ask_extension", by=world.enforcer, at=WEDNESDAY, term=TEN_DAYS)
    with pytest.raises(Refused, match="延期申请正在等待批准"):
        make.act(matter, "ask_extension", by=world.enforcer, at=WEDNESDAY, term=TEN_DAYS)
    make.act(matter, "refuse_extension", by=world.secretary, at=WEDNESDAY)
    assert make.fresh(matter).due_at == instant("2026-12-01 17:30")
    make.act(matter, "ask_extension", by=world.enforcer, at=WEDNESDAY, term=TEN_DAYS)


def test_a_lead_may_not_grant_its_own_extension(world: World) -> None:
    matter = make.taken_on(world)
    make.act(matter, "ask_extension", by=world.enforcer, at=WEDNESDAY, term=TEN_DAYS)
    with pytest.raises(Refused, match="「批准延期」由本级书记、上级调度员办理"):
        make.act(matter, "grant_extension", by=world.enforcer, at=WEDNESDAY)


def test_a_request_falls_with_the_step_it_was_asked_in(world: World) -> None:
    matter = make.taken_on(world)
    make.act(matter, "ask_extension", by=world.enforcer, at=WEDNESDAY, term=TEN_DAYS)
    make.act(matter, "send_up", by=world.enforcer, at=WEDNESDAY)
    assert matters.extension_asked(matter) is None
    assert not matters.inbox(world.secretary)


def test_an_extension_granted_while_the_clock_stands_still_counts_when_it_runs_on(world: World) -> None:
    matter = make.taken_on(world)
    make.act(matter, "ask_extension", by=world.enforcer, at=WEDNESDAY, term=TEN_DAYS)
    make.act(matter, "pause", by=world.enforcer, at=WEDNESDAY, reason="weather")
    granted = make.act(matter, "grant_extension", by=world.secretary, at=WEDNESDAY)
    assert granted.due_at is None
    assert "计时已暂停，恢复后另行告知期限" in letters_to(world.resident, about=matter)[-1].body
    resumed = make.act(matter, "resume", by=world.enforcer, at=WEDNESDAY)
    assert resumed.due_at == instant("2026-12-15 17:30")


# 调整缓急


def test_another_order_kind_keeps_the_time_used(world: World) -> None:
    matter = make.taken_on(world)
    at = instant("2026-11-25 10:00")
    regraded = make.act(matter, "regrade", by=world.dispatcher, at=at, order="priority")
    assert regraded.due_at == instant("2026-11-27 17:30")
    back = make.act(matter, "regrade", by=world.dispatcher, at=at, order="routine")
    assert back.due_at == instant("2026-12-01 17:30")


def test_the_earlier_deadline_of_whoever_handed_it_over_holds_under_every_order_kind(world: World) -> None:
    theirs = instant("2026-11-26 12:00")
    matter = make.report(world, due_by=theirs, channel="12345", external_ref="1")
    assert matter.due_at == theirs
    for order, due_at in (
        ("priority", theirs),
        ("routine", theirs),
        ("urgent", instant("2026-11-25 10:00")),
        ("routine", theirs),
    ):
        regraded = make.act(
            matter, "regrade", by=world.dispatcher, at=instant("2026-11-24 10:10"), order=order
        )
        assert (order, regraded.due_at) == (order, due_at)
        assert {line.due_at for line in matters.waitings(regraded) if not line.clock_term} <= {due_at}


def test_a_later_deadline_set_outside_gives_nobody_more_time(world: World) -> None:
    matter = make.report(world, due_by=instant("2027-11-26 12:00"), channel="12345", external_ref="1")
    regraded = make.act(matter, "regrade", by=world.dispatcher, at=WEDNESDAY, order="priority")
    assert regraded.due_at == instant("2026-11-27 17:30")


def test_a_more_pressing_order_kind_cuts_the_sub_deadlines_too(world: World) -> None:
    matter = make.taken_on(world, joint=[JointTask(world.fire, term=Term.parse("4 working_days"))])
    regraded = make.act(matter, "regrade", by=world.dispatcher, at=WEDNESDAY, order="priority")
    (line,) = matters.inbox(world.fireman)
    assert line.due_at == regraded.due_at == instant("2026-11-27 17:30")
    desk = make.desk(regraded, world.dispatcher, at=WEDNESDAY)
    assert {order.due_at for order in desk.orders} == {regraded.due_at}


def test_the_present_step_gets_the_term_of_the_new_order_kind(world: World) -> None:
    matter = make.dispatched(world, order="urgent")
    (line,) = matters.inbox(world.enforcer)
    assert line.due_at == instant("2026-11-24 10:40")
    make.act(matter, "regrade", by=world.dispatcher, at=instant("2026-11-24 10:20"), order="routine")
    (line,) = matters.inbox(world.enforcer)
    assert line.due_at == instant("2026-11-25 17:30")


def test_a_paused_case_is_regraded_and_runs_on_under_the_new_term(world: World) -> None:
    matter = make.act(_paused(world), "regrade", by=world.dispatcher, at=RESUMED, order="priority")
    assert (matter.order, matter.due_at) == ("priority", None)
    resumed = make.act(matter, "resume", by=world.dispatcher, at=RESUMED)
    assert resumed.due_at == instant("2026-12-02 11:23:24")


def test_the_same_order_kind_is_no_change(world: World) -> None:
    for order in ("routine", "unheard_of"):
        with pytest.raises(Refused, match="请选一个不同的单别"):
            make.act(make.taken_on(world), "regrade", by=world.dispatcher, at=WEDNESDAY, order=order)


def test_regrading_says_the_new_term_to_the_raiser_and_on_record(world: World) -> None:
    matter = make.taken_on(world)
    make.act(matter, "regrade", by=world.dispatcher, at=WEDNESDAY, order="priority", said=Said("多户反映。"))
    told = letters_to(world.resident, about=matter)[-1]
    assert told.body == f"编号 {matter.number}。由常规单改为重点单，到 11月27日 周五 17:30。理由：多户反映。"
    entry = record.timeline(matter.number)[-1]
    assert entry.figures == (("原", "常规单"), ("改为", "重点单"), ("时限", "3 个工作日"))
