"""A topic that ends leaves the agenda of every meeting that waits for it, and the invited are told."""

from typing import TYPE_CHECKING

import pytest

from linli.deliberation.models import Topic
from linli.handoffs import topic_ended
from linli.meetings import queries
from linli.meetings.actions import convening, holding
from linli.meetings.actions.convening import Item
from linli.outbox import queries as outbox
from linli.record import queries as record
from tests.deliberation.topics import Council, gather, propose, sit
from tests.meetings import halls
from tests.meetings.halls import MEETS, do
from tests.world import World

if TYPE_CHECKING:
    from linli.meetings.models import Meeting

pytestmark = pytest.mark.req("X8")
PRIVATE = "提出人家里有人生病，先不议。"


@pytest.fixture
def council(world: World) -> Council:
    return gather(world)


def item(topic: Topic) -> Item:
    return Item("换门禁", matter=topic.matter.number)


def end(topic: Topic, council: Council) -> None:
    topic_ended.step(sit(topic, council.world.secretary, at=MEETS), "decline", words=PRIVATE)


def again(meeting: "Meeting") -> "Meeting":
    found = queries.of_number(meeting.number)
    assert found is not None
    return found


def agenda(meeting: "Meeting") -> list[tuple[int, str]]:
    return [(one.position, one.title) for one in queries.items(meeting)]


def acts(meeting: "Meeting") -> list[str]:
    return [line.act for line in record.timeline(chain=meeting.number)]


def letters(council: Council, subject: str) -> list[str]:
    sent = outbox.inside(to=council.world.neighbour.person_id or 0)
    return [one.body for one in sent.filter(subject__startswith=subject)]


def test_a_meeting_for_the_topic_alone_is_called_off(council: Council) -> None:
    topic = propose(council.world.resident)
    meeting = halls.convened(council.world, items=(item(topic),))
    end(topic, council)
    found = again(meeting)
    assert (found.is_cancelled, found.reason) == (True, "议题已经结束（不列为议题）。")
    assert acts(meeting) == ["convene", "cancel"]
    (told,) = letters(council, "会议取消")
    assert "不列为议题" in told
    assert PRIVATE not in told


def test_another_item_keeps_the_meeting_and_its_number(council: Council) -> None:
    topic = propose(council.world.resident)
    meeting = halls.convened(council.world, items=(item(topic), Item("明年议事日安排")))
    end(topic, council)
    assert not again(meeting).is_cancelled
    assert agenda(meeting) == [(2, "明年议事日安排")]
    assert acts(meeting) == ["convene", "drop_item"]
    (told,) = letters(council, "议程变动")
    assert "第 1 项「换门禁」不再上会" in told
    assert PRIVATE not in told
    do(meeting, council.world.secretary, convening.add_item, Item("环境整治"))
    assert agenda(meeting) == [(2, "明年议事日安排"), (3, "环境整治")]


def test_what_the_meeting_deals_with_is_left_to_its_chair(council: Council) -> None:
    topic = propose(council.world.resident)
    meeting = halls.opened(council.world, items=(item(topic), Item("明年议事日安排")))
    end(topic, council)
    assert agenda(meeting) == [(1, "换门禁"), (2, "明年议事日安排")]


def test_an_open_meeting_loses_the_item_it_has_not_begun(council: Council) -> None:
    topic = propose(council.world.resident)
    meeting = halls.opened(council.world, items=(Item("明年议事日安排"), item(topic)))
    end(topic, council)
    assert (again(meeting).is_open, agenda(meeting)) == (True, [(1, "明年议事日安排")])
    assert acts(meeting)[-1] == "drop_item"


def test_meetings_on_other_things_and_those_held_stand(council: Council) -> None:
    topic = propose(council.world.resident)
    other = halls.convened(council.world)
    held = halls.opened(council.world, items=(item(topic),))
    do(held, council.world.secretary, holding.close)
    end(topic, council)
    assert (len(agenda(other)), agenda(held)) == (2, [(1, "换门禁")])
    assert again(held).is_held
