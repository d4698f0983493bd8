"""A topic that ends calls off the ballots on it, and tells those who could vote no more than that."""

from typing import TYPE_CHECKING

import pytest

from linli.ballots import boxes, queries
from linli.ballots.actions import closing
from linli.core.verdict import Refused
from linli.deliberation.models import Topic
from linli.handoffs import topic_ended
from linli.outbox import queries as outbox
from linli.record import queries as record
from tests.ballots.polls import LATER, cast, cast_all, neighbours, opened, refused, voter
from tests.deliberation.topics import Council, gather, named, propose, sit, step, supported
from tests.world import World

if TYPE_CHECKING:
    from linli.ballots.models import Ballot

pytestmark = pytest.mark.req("X8")
PRIVATE = "提出人家里有人生病，先不议。"


@pytest.fixture
def council(world: World) -> Council:
    return gather(world)


def again(ballot: "Ballot") -> "Ballot":
    found = queries.of_number(ballot.number)
    assert found is not None
    return found


def end(topic: Topic, council: Council, *, words: str = PRIVATE) -> None:
    topic_ended.step(sit(topic, council.world.secretary, at=LATER), "decline", words=words)


def test_a_topic_that_ends_calls_off_its_ballot(council: Council) -> None:
    topic, roll = propose(council.world.resident), neighbours(3)
    ballot = opened(council.world, roll, matter=topic.matter)
    cast_all(ballot, roll, "同")
    end(topic, council)
    found = again(ballot)
    assert (found.cancelled_at, found.reason) == (LATER, "议题已经结束（不列为议题），不再表决。")
    assert boxes.standing(found) == {}
    assert [line.act for line in record.timeline(chain=topic.matter.number)][-2:] == [
        "decline",
        "cancel_ballot",
    ]
    with refused("已经取消"):
        cast(found, voter(roll, 1), "yes")


def test_those_who_could_vote_are_told_without_the_words_of_the_act(council: Council) -> None:
    topic, roll = propose(council.world.resident), neighbours(2)
    opened(council.world, roll, matter=topic.matter)
    end(topic, council)
    for place in (0, 1):
        letters = outbox.inside(to=voter(roll, place).person_id or 0)
        (told,) = letters.filter(subject__startswith="表决取消")
        assert "不列为议题" in told.body
        assert PRIVATE not in told.body


def test_whoever_ends_a_topic_needs_no_office_over_ballots(council: Council) -> None:
    topic = propose(council.world.resident)
    ballot = opened(council.world, neighbours(2), matter=topic.matter)
    topic_ended.step(sit(topic, council.world.resident, at=LATER), "withdraw", words="不提了。")
    assert again(ballot).cancelled_at == LATER


def test_a_topic_that_goes_on_leaves_its_ballot_standing(council: Council) -> None:
    topic = propose(council.world.resident)
    ballot = opened(council.world, neighbours(2), matter=topic.matter)
    supported(topic, times=5)
    topic_ended.step(sit(topic, council.world.secretary), "adopt", words="列为议题。")
    named(topic, council)
    assert again(ballot).cancelled_at is None


def test_a_result_stands_whatever_becomes_of_the_topic(council: Council) -> None:
    topic, roll = propose(council.world.resident), neighbours(2)
    ballot = opened(council.world, roll, matter=topic.matter)
    other = opened(council.world, neighbours(2))
    cast_all(ballot, roll, "同同")
    closing.close(ballot, by=council.world.secretary, at=LATER)
    end(topic, council)
    assert (again(ballot).passed, again(ballot).cancelled_at) == (True, None)
    assert again(other).cancelled_at is None


def test_an_act_that_is_refused_calls_nothing_off(council: Council) -> None:
    topic = propose(council.world.resident)
    ballot = opened(council.world, neighbours(2), matter=topic.matter)
    supported(topic, times=5)
    step(topic, "adopt", council.world.secretary)
    with pytest.raises(Refused):
        end(topic, council)
    assert again(ballot).cancelled_at is None
