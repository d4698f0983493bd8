"""A ballot whose time is over counts itself, or those who run it are asked to count it, once."""

from datetime import timedelta
from unittest import mock

import pytest

from linli.ballots import queries
from linli.ballots.actions import closing, papers
from linli.ballots.actions.ending import end_what_is_over
from linli.ballots.models import Ballot, Vote
from linli.bodies.actor import Actor
from linli.core.funnel import Count, Measure
from linli.handoffs import sweep
from linli.outbox import queries as outbox
from linli.record import queries as record
from tests.ballots.polls import CLOSES, LATER, cast_all, election, neighbours, opened, refused, seat, voter
from tests.world import World

pytestmark = pytest.mark.req("X8")
NEXT_MINUTE = CLOSES + timedelta(minutes=1)


def again(ballot: Ballot) -> Ballot:
    return Ballot.objects.get(pk=ballot.pk)


def asked_to_count(by: Actor) -> int:
    return outbox.inside(to=by.person_id or 0).filter(subject__startswith="请计票").count()


@pytest.mark.parametrize(
    ("at", "is_closed"),
    [
        pytest.param(CLOSES - timedelta(seconds=1), False, id="截止前一秒"),
        pytest.param(CLOSES, True, id="截止"),
    ],
)
def test_a_ballot_by_name_on_no_paper_counts_itself(world: World, at: object, is_closed: bool) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    cast_all(ballot, roll, "同同")
    end_what_is_over(at=at)
    assert (again(ballot).closed_at is not None) is is_closed
    assert asked_to_count(world.secretary) == 0


def test_what_counts_itself_stands_on_record_as_done_by_the_system(world: World) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    cast_all(ballot, roll, "同同反")
    end_what_is_over(at=CLOSES)
    line = record.timeline(chain=ballot.number)[-1]
    assert (line.act, line.office, line.by) == ("close_ballot", "系统", None)
    assert again(ballot).passed
    assert outbox.inside(to=voter(roll, 2).person_id or 0).filter(subject__startswith="表决结果").exists()


def test_a_secret_ballot_waits_for_a_public_count_and_is_asked_for_once(world: World) -> None:
    ballot = election(world, neighbours(3))
    for at in (CLOSES, NEXT_MINUTE):
        end_what_is_over(at=at)
    assert again(ballot).closed_at is None
    assert (asked_to_count(world.secretary), asked_to_count(world.dispatcher)) == (1, 1)
    assert asked_to_count(world.grid_worker) + asked_to_count(world.other_dispatcher) == 0
    closing.close(ballot, by=world.secretary, at=NEXT_MINUTE)


def test_slips_that_were_printed_are_counted_by_people(world: World) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    first = seat(ballot, voter(roll, 0))
    papers.print_slips(ballot, electors=[first], by=world.secretary, at=LATER)
    end_what_is_over(at=CLOSES)
    assert again(ballot).closed_at is None
    assert asked_to_count(world.secretary) == 1
    with refused("要由工作人员计票"):
        closing.close_by_itself(ballot, at=CLOSES)


def test_a_ballot_in_a_meeting_is_left_to_its_chair(world: World) -> None:
    attended = (Count(Measure.HEADCOUNT, 5, attending=3),)
    ballot = opened(world, neighbours(3), attended=attended)
    end_what_is_over(at=CLOSES)
    assert again(ballot).closed_at is None
    assert asked_to_count(world.secretary) == 0


def test_what_does_not_tally_is_not_published_but_asked_for(world: World) -> None:
    roll = neighbours(3)
    ballot, other = opened(world, roll), opened(world, roll)
    cast_all(ballot, roll, "同同反")
    Vote.objects.filter(elector__key=roll.voters[0].key, elector__ballot=ballot).delete()
    end_what_is_over(at=CLOSES)
    assert again(ballot).closed_at is None
    assert asked_to_count(world.secretary) == 1
    assert again(other).closed_at == CLOSES


def test_the_worker_ends_what_is_over_each_minute(world: World) -> None:
    ballot = opened(world, neighbours(2))
    with mock.patch("linli.frame.clock.timezone.now", return_value=NEXT_MINUTE):
        sweep.every_minute()
    assert again(ballot).closed_at == NEXT_MINUTE


def test_what_has_ended_is_left_alone(world: World) -> None:
    ballot = opened(world, neighbours(2))
    closing.cancel(ballot, reason="通知有误。", by=world.secretary, at=LATER)
    end_what_is_over(at=CLOSES)
    assert queries.left_uncounted(at=CLOSES, most=9) == ()
    assert again(ballot).closed_at is None
    assert asked_to_count(world.secretary) == 0
