"""Giving a concern to one lead and several joint bodies, and taking it on: 派单、接单、协办."""

import pytest

from linli.cases.actions.dispatching import JointTask
from linli.cases.actions.stepping import Said
from linli.core.term import Term
from linli.core.verdict import Refused
from linli.matters import queries as matters
from tests import make
from tests.letters import letters_to
from tests.world import TUESDAY, World, instant

AT = instant("2026-11-24 10:10")
LATER = instant("2026-11-24 15:00")


def test_the_lead_body_has_it_in_its_inbox_until_the_steps_term(world: World) -> None:
    matter = make.dispatched(world)
    (line,) = matters.inbox(world.enforcer)
    assert (line.matter_id, line.what, line.body_id) == (matter.pk, "step", world.enforcement)
    assert line.due_at == instant("2026-11-25 17:30")
    assert not matters.inbox(world.fireman)


@pytest.mark.req("X14")
def test_a_joint_body_has_its_own_term_within_the_whole(world: World) -> None:
    joint = [JointTask(world.fire, "查消防通道", Term.parse("2 working_days"))]
    matter = make.dispatched(world, joint=joint)
    lead, helper = make.desk(matter, world.dispatcher, at=AT).orders
    assert (lead.body_id, lead.due_at) == (world.enforcement, instant("2026-12-01 17:30"))
    assert (helper.body_id, helper.task) == (world.fire, "查消防通道")
    assert helper.due_at == instant("2026-11-26 17:30")
    (line,) = matters.inbox(world.fireman)
    assert (line.what, line.due_at) == ("joint", helper.due_at)


def test_a_joint_body_without_a_term_is_due_with_the_whole(world: World) -> None:
    matter = make.dispatched(world, joint=[JointTask(world.fire)])
    _, helper = make.desk(matter, world.dispatcher, at=AT).orders
    assert helper.due_at == matter.due_at == instant("2026-12-01 17:30")


@pytest.mark.parametrize(
    ("term", "fits"), [("5 working_days", True), ("6 working_days", False)], ids=["同日", "晚一天"]
)
def test_a_joint_term_is_never_later_than_the_whole(world: World, term: str, fits: bool) -> None:
    joint = [JointTask(world.fire, term=Term.parse(term))]
    if fits:
        assert make.dispatched(world, joint=joint).step == "responded"
        return
    matter = make.report(world)
    with pytest.raises(Refused, match="协办期限 12月2日 周三 17:30 晚于整件事的期限 12月1日 周二 17:30"):
        make.act(matter, "dispatch", by=world.dispatcher, at=AT, lead=world.enforcement, joint=joint)
    assert make.fresh(matter).step == "raised"
    assert not make.desk(matter, world.dispatcher, at=AT).orders


def test_a_refused_dispatch_leaves_nothing_behind(world: World) -> None:
    matter = make.report(world)
    with pytest.raises(Refused, match="还没有选主办单位"):
        make.act(matter, "dispatch", by=world.dispatcher, at=AT, lead=0)
    with pytest.raises(Refused, match="选的协办单位不在本地"):
        make.act(matter, "dispatch", by=world.dispatcher, at=AT, lead=world.fire, joint=[JointTask(0)])
    for twice in ([JointTask(world.fire)], [JointTask(world.water), JointTask(world.water)]):
        with pytest.raises(Refused, match="选了两次，一个单位只能主办或协办一次"):
            make.act(matter, "dispatch", by=world.dispatcher, at=AT, lead=world.fire, joint=twice)
    assert (make.fresh(matter).step, make.fresh(matter).turn) == ("raised", 0)


def test_it_is_finished_only_when_every_joint_body_reported_back(world: World) -> None:
    matter = make.taken_on(world, joint=[JointTask(world.fire), JointTask(world.housing)])
    make.act(matter, "answer", by=world.fireman, at=LATER)
    with pytest.raises(Refused, match="还有 1 个协办单位没有反馈：区住房保障部门"):
        make.act(matter, "finish", by=world.enforcer, at=LATER)
    make.act(matter, "answer", by=world.housing_officer, at=LATER)
    assert make.act(matter, "finish", by=world.enforcer, at=LATER).step == "checked"


def test_a_joint_body_reports_back_once(world: World) -> None:
    matter = make.taken_on(world, joint=[JointTask(world.fire)])
    make.act(matter, "answer", by=world.fireman, at=LATER)
    assert not matters.inbox(world.fireman)
    with pytest.raises(Refused, match="你单位已经反馈过了"):
        make.act(matter, "answer", by=world.fireman, at=LATER)


def test_the_lead_may_not_report_back_as_a_joint_body(world: World) -> None:
    matter = make.taken_on(world, joint=[JointTask(world.fire)])
    with pytest.raises(Refused, match="「协办反馈」由协办单位经办人办理"):
        make.act(matter, "answer", by=world.enforcer, at=LATER)


def test_taking_on_is_noted_on_the_order(world: World) -> None:
    matter = make.taken_on(world)
    (order,) = make.desk(matter, world.enforcer, at=LATER).orders
    assert order.taken_on_at == instant("2026-11-24 10:20")


def test_the_raiser_is_told_at_each_step(world: World) -> None:
    matter = make.closed(world)
    assert [one.subject.split("：")[0] for one in letters_to(world.resident, about=matter)] == [
        "已收到", "分级响应", "协同处置", "回访核实", "居民评价", "办结",
    ]  # fmt: skip
    finished = letters_to(world.resident, about=matter)[3]
    assert finished.body == f"编号 {matter.number}，办结并反馈，现在是「回访核实」。办理说明：{make.ANSWER}"


@pytest.mark.parametrize("act", ["solve", "decline", "withdraw", "finish", "send_up"])
def test_an_act_that_must_be_explained_is_refused_without_words(world: World, act: str) -> None:
    matter = make.taken_on(world) if act in ("finish", "send_up") else make.report(world)
    by = {"withdraw": world.resident, "finish": world.enforcer, "send_up": world.enforcer}
    with pytest.raises(Refused, match="要写说明"):
        make.act(matter, act, by=by.get(act, world.dispatcher), at=LATER, said=Said("  "))


def test_the_page_of_somebody_slower_is_out_of_date(world: World) -> None:
    matter = make.report(world)
    seen = make.desk(matter, world.dispatcher, at=TUESDAY).matter.turn
    make.act(matter, "add_words", by=world.resident, at=TUESDAY)
    with pytest.raises(Refused, match="刚刚有人先办了这件事，「受理，待社区商量」没有执行"):
        make.act(matter, "take_in", by=world.dispatcher, at=AT, said=Said("好", seen=seen))
