"""Who may do what at which step of a concern, and who may not (职责表)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from linli.cases import access
from linli.core.acts import ACTS
from tests import make
from tests.world import TUESDAY, World

if TYPE_CHECKING:
    from linli.matters.models import Matter

Made = Callable[[World], "Matter"]

MERGING = {"merge": {"dispatcher", "street_dispatcher", "district_dispatcher"}}
# Who may do a moving act, at each step; everybody else of the cast may not.
MOVING: dict[str, tuple[Made, dict[str, set[str]]]] = {
    "raised": (
        make.report,
        {act: {"dispatcher"} for act in ("dispatch", "take_in", "solve", "send_up", "decline")}
        | {"withdraw": {"resident"}}
        | MERGING,
    ),
    "responded": (
        make.dispatched,
        {"take_on": {"enforcer"}, "return_order": {"enforcer"}, "withdraw": {"resident"}} | MERGING,
    ),
    "contested": (
        make.returned,
        {
            act: {"secretary", "street_dispatcher", "district_dispatcher"}
            for act in ("uphold_return", "reject_return")
        },
    ),
    "handled": (
        make.taken_on,
        {"finish": {"enforcer"}, "send_up": {"enforcer"}, "withdraw": {"resident"}} | MERGING,
    ),
    "checked": (
        make.handled,
        {act: {"dispatcher", "street_dispatcher", "district_dispatcher"} for act in ("verify", "send_back")},
    ),
    "appraised": (make.verified, {"confirm": {"resident"}, "reopen": {"resident"}}),
    "closed": (make.closed, {"reopen": {"resident"}}),
}


@pytest.mark.req("X14")
@pytest.mark.parametrize("step", MOVING)
def test_who_may_move_a_concern_on(world: World, step: str) -> None:
    make_it, expected = MOVING[step]
    matter = make_it(world)
    assert matter.step == step
    found: dict[str, set[str]] = {}
    for name, actor in world.cast.items():
        desk = access.sit(matter.number, by=actor, at=TUESDAY.replace(hour=11, minute=40))
        for opening in desk.openings() if desk else ():
            if opening.is_open and ACTS[opening.act].moves:
                found.setdefault(opening.act, set()).add(name)
    assert found == expected


REFUSALS = {
    "居民不能派单": ("resident", "dispatch", "「受理并派单」由本级调度员办理。"),
    "网格员不能派单": ("grid_worker", "dispatch", "「受理并派单」由本级调度员办理。"),
    "街道不越级派单": ("street_dispatcher", "dispatch", "「受理并派单」由本级调度员办理。"),
    "调度员不能撤回": ("dispatcher", "withdraw", "「撤回」由反映人办理。"),
    "还没到办结": ("dispatcher", "finish", "现在是「诉求受理」，「办结并反馈」要到「协同处置」才能办。"),
    "诉求没有呼叫": ("dispatcher", "call_up", "本程序没有「呼叫社区」。"),
    "还没到延期": (
        "secretary",
        "grant_extension",
        "现在是「诉求受理」，「批准延期」要到「协同处置」才能办。",
    ),
    "没公开不能停": ("dispatcher", "unpublish", "还没有公开。"),
}


@pytest.mark.parametrize(("name", "act", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_a_closed_act_says_why(world: World, name: str, act: str, sentence: str) -> None:
    desk = make.desk(make.report(world), world.cast[name], at=TUESDAY)
    (refusal,) = desk.ask(act).refusals
    assert refusal.sentence == sentence
    assert refusal.clause is not None


def test_what_is_past_is_said_to_be_past_and_nothing_is_advised(world: World) -> None:
    desk = make.desk(make.taken_on(world), world.dispatcher, at=TUESDAY)
    (refusal,) = desk.ask("decline").refusals
    assert refusal.sentence.startswith("现在已经到「协同处置」，「不予受理」只在「")
    assert refusal.remedy == ""


def test_a_closed_case_says_that_it_is_closed(world: World) -> None:
    desk = make.desk(make.closed(world), world.dispatcher, at=TUESDAY)
    (refusal,) = desk.ask("dispatch").refusals
    assert refusal.sentence == "这件事已经办结，不能再「派单」。"
