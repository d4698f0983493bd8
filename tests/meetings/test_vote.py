"""Those who are there vote on their phones, and the outcome is the motion's result (会上表决)."""

from datetime import timedelta

import pytest

from linli.ballots import queries as ballots
from linli.core.verdict import Refused
from linli.handoffs import meeting_to_ballot as corridor
from linli.meetings.actions import attending, holding
from tests.meetings import halls
from tests.meetings.halls import MEETS, do
from tests.world import World

pytestmark = pytest.mark.req("Y12")


def test_those_present_vote_once_and_the_whole_roll_is_the_base(world: World) -> None:
    meeting = halls.put(world, came=4)
    ballot = do(meeting, world.secretary, corridor.open_vote, minutes=5)
    assert len(ballots.roll(ballot).voters) == 4
    for voter, mark in ((world.resident, "yes"), (world.neighbour, "yes"), (world.stranger, "no")):
        [code] = do(meeting, voter, corridor.cast, mark)
        assert ballots.is_received(ballot, code)
    with pytest.raises(Refused, match="已经投过"):
        do(meeting, world.resident, corridor.cast, "yes")
    later = MEETS + timedelta(minutes=6)
    outcome = do(meeting, world.secretary, corridor.close_vote, at=later)
    assert not outcome.passed
    [motion] = halls.motions(meeting)
    assert motion.stage == "lost"
    assert "到会代表 4 人，同意代表 2 人，未过半数（3 人）" in motion.said


def test_whoever_came_late_or_is_recused_has_no_slip(world: World) -> None:
    meeting = halls.debated(world)
    do(
        meeting,
        world.dispatcher,
        attending.recuse,
        halls.key_of(meeting, world.stranger),
        reason="施工方是其弟",
    )
    do(meeting, world.secretary, holding.put)
    ballot = do(meeting, world.secretary, corridor.open_vote, minutes=5)
    do(meeting, world.dispatcher, attending.sign_in, halls.keys(meeting)[5])
    assert len(ballots.roll(ballot).voters) == 4
    with pytest.raises(Refused, match="没有等您投的票"):
        do(meeting, world.stranger, corridor.cast, "yes")


def test_only_a_motion_that_was_put_gets_a_ballot(world: World) -> None:
    meeting = halls.debated(world)
    with pytest.raises(Refused, match="只用于付表决的动议"):
        do(meeting, world.secretary, corridor.open_vote, minutes=5)
    do(meeting, world.secretary, holding.put)
    do(meeting, world.secretary, corridor.open_vote, minutes=5)
    with pytest.raises(Refused, match="已经发起表决"):
        do(meeting, world.secretary, corridor.open_vote, minutes=5)
    with pytest.raises(Refused):
        do(meeting, world.resident, corridor.close_vote)
