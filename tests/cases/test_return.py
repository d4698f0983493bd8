"""Sending an order back once, and the ruling: 退单、裁定."""

from typing import TYPE_CHECKING

import pytest

from linli.cases import access
from linli.core.verdict import Refused
from linli.matters import queries as matters
from tests import make
from tests.world import World, instant

if TYPE_CHECKING:
    from linli.matters.models import Matter

RULED = instant("2026-11-24 11:00")


def test_it_waits_for_a_ruling_one_level_up_and_by_the_secretary(world: World) -> None:
    matter = make.returned(world)
    assert matter.step == "contested"
    for judge in (world.secretary, world.street_dispatcher):
        assert [line.title for line in matters.inbox(judge)] == ["退单裁定"]


def test_a_return_needs_evidence_and_a_reason(world: World) -> None:
    matter = make.dispatched(world)
    with pytest.raises(Refused, match="退单要写依据和证据"):
        make.act(matter, "return_order", by=world.enforcer, at=RULED, evidence=" ")


@pytest.mark.parametrize(
    ("at", "in_time"),
    [("2026-11-25 17:30", True), ("2026-11-25 17:30:01", False)],
    ids=["截止那一秒", "晚一秒"],
)
def test_an_order_is_returned_within_its_time(world: World, at: str, in_time: bool) -> None:
    matter = make.dispatched(world)
    if in_time:
        assert _return(world, matter, at=at).step == "contested"
        return
    with pytest.raises(Refused, match="已于 11月25日 周三 17:30 截止"):
        _return(world, matter, at=at)


def test_an_upheld_return_frees_the_body_and_is_dispatched_anew(world: World) -> None:
    matter = make.act(make.returned(world), "uphold_return", by=world.secretary, at=RULED)
    assert (matter.step, matter.lead_id) == ("called", None)
    desk = make.desk(matter, world.enforcer, at=RULED)
    assert "lead" not in desk.standing
    assert [order.ended_at for order in desk.orders] == [RULED]
    assert [(one.is_upheld, one.ruled_at) for one in desk.returns] == [(True, RULED)]


def test_whoever_returned_an_order_may_read_the_ruling(world: World) -> None:
    matter = make.act(make.returned(world), "uphold_return", by=world.secretary, at=RULED)
    assert access.sit(matter.number, by=world.enforcer, at=RULED) is not None
    assert access.sit(matter.number, by=world.fireman, at=RULED) is None


def test_after_a_rejected_return_nobody_returns_it_again(world: World) -> None:
    matter = make.act(make.returned(world), "reject_return", by=world.street_dispatcher, at=RULED)
    assert (matter.step, matter.lead_id) == ("responded", world.enforcement)
    with pytest.raises(Refused, match="这张单已经退过一次，不能再退"):
        _return(world, matter, at="2026-11-24 11:30")


def test_a_body_that_was_freed_and_is_chosen_again_may_not_return_it(world: World) -> None:
    matter = make.act(make.returned(world), "uphold_return", by=world.secretary, at=RULED)
    make.act(matter, "dispatch", by=world.dispatcher, at=RULED, lead=world.enforcement)
    with pytest.raises(Refused, match="这张单已经退过一次，不能再退"):
        _return(world, matter, at="2026-11-24 11:30")


def test_another_body_may_return_it_once_too(world: World) -> None:
    matter = make.act(make.returned(world), "uphold_return", by=world.secretary, at=RULED)
    make.act(matter, "dispatch", by=world.dispatcher, at=RULED, lead=world.fire)
    again = make.act(matter, "return_order", by=world.fireman, at=RULED, evidence="消防职责清单。")
    assert again.step == "contested"


def test_who_returned_may_not_rule(world: World) -> None:
    with pytest.raises(Refused, match="由上级调度员、本级书记办理"):
        make.act(make.returned(world), "uphold_return", by=world.enforcer, at=RULED)


def _return(world: World, matter: "Matter", *, at: str) -> "Matter":
    return make.act(matter, "return_order", by=world.enforcer, at=instant(at), evidence="职责清单第三条。")
