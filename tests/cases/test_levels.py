"""From grid to community, street and district, and back: 呼叫、上报、交回."""

import pytest

from linli.cases.actions.stepping import Said
from linli.core.verdict import Refused
from linli.matters import queries as matters
from tests import make
from tests.world import World, instant

AT = instant("2026-11-24 10:30")


@pytest.mark.req("X14", "X3")
def test_the_grid_solves_it_on_the_spot_and_the_community_looks_again(world: World) -> None:
    matter = make.act(make.incident(world), "solve", by=world.grid_worker, at=AT, said=Said("已扶正盖板。"))
    assert (matter.step, matter.level) == ("reviewed", "grid")
    assert make.act(matter, "verify", by=world.dispatcher, at=AT).outcome == "verify"


@pytest.mark.req("X14", "X3")
def test_what_the_grid_cannot_solve_it_calls_up(world: World) -> None:
    matter = make.act(make.incident(world), "call_up", by=world.part_timer, at=AT)
    assert (matter.step, matter.level) == ("called", "community")
    assert [line.title for line in matters.inbox(world.dispatcher)] == ["社区呼叫"]
    assert not matters.inbox(world.grid_worker)


def test_a_grid_worker_of_another_grid_does_not_even_see_it(world: World) -> None:
    with pytest.raises(AssertionError, match="may not see"):
        make.desk(make.incident(world), world.other_grid_worker, at=AT)


@pytest.mark.req("L10")
def test_it_climbs_level_by_level_and_no_further_than_the_top(world: World) -> None:
    matter = make.report(world)
    for level, by in (("subdistrict", world.dispatcher), ("district", world.street_dispatcher)):
        matter = make.act(matter, "send_up", by=by, at=AT)
        assert (matter.step, matter.level, matter.climb) == ("escalated", level, 1)
    assert [line.title for line in matters.inbox(world.district_dispatcher)] == ["上级响应"]
    with pytest.raises(Refused, match="已经是最高一级，没有上级可报"):
        make.act(matter, "send_up", by=world.district_dispatcher, at=AT)


def test_it_is_handed_back_one_level(world: World) -> None:
    matter = make.act(make.report(world), "send_up", by=world.dispatcher, at=AT)
    matter = make.act(matter, "hand_back", by=world.street_dispatcher, at=AT)
    assert (matter.step, matter.level, matter.climb) == ("called", "community", -1)
    assert [line.title for line in matters.inbox(world.dispatcher)] == ["社区呼叫"]


def test_only_the_level_that_is_responsible_dispatches(world: World) -> None:
    matter = make.act(make.report(world), "send_up", by=world.dispatcher, at=AT)
    with pytest.raises(Refused, match="「派单」由本级调度员办理"):
        make.act(matter, "dispatch", by=world.dispatcher, at=AT, lead=world.fire)
    sent = make.act(matter, "dispatch", by=world.street_dispatcher, at=AT, lead=world.fire)
    assert (sent.step, sent.lead_id) == ("responded", world.fire)


def test_a_lead_that_asks_for_help_from_above_leads_no_more(world: World) -> None:
    matter = make.act(make.taken_on(world), "send_up", by=world.enforcer, at=AT)
    assert (matter.level, matter.lead_id) == ("subdistrict", None)
    assert all(order.ended_at for order in make.desk(matter, world.enforcer, at=AT).orders)


def test_sending_up_keeps_the_deadline_of_the_whole(world: World) -> None:
    matter = make.report(world)
    assert make.act(matter, "send_up", by=world.dispatcher, at=AT).due_at == instant("2026-12-01 17:30")
