"""Seed 003: six steps from the first word to the feedback, none skipped, none by other hands (六步协商)."""

from datetime import timedelta

import pytest

from linli.core.verdict import Refused
from linli.deliberation import queries
from linli.deliberation.actions import participating, posting, tasking
from linli.disclosure import queries as disclosure
from linli.disclosure.actions import objecting
from linli.handoffs import case_to_topic
from linli.matters import queries as matters
from linli.matters import tally
from linli.meetings import queries as meetings
from linli.outbox import queries as outbox
from linli.record import queries as record
from tests import make
from tests.deliberation import topics
from tests.deliberation.topics import Council
from tests.world import TUESDAY, World, spots

pytestmark = [pytest.mark.django_db, pytest.mark.req("X8", "X23")]
DAY = timedelta(days=1)


@pytest.fixture
def council(world: World) -> Council:
    return topics.gather(world)


def test_a_topic_goes_all_six_steps_and_everybody_is_told(council: Council) -> None:
    world = council.world
    topic = topics.propose(world.resident)
    topics.supported(topic, times=5)
    topics.step(topic, "adopt", world.secretary)
    topics.named(topic, council)
    topics.step(topic, "announce", council.director, words="周三晚上在社区会议室议。")
    meeting = topics.convene(topic, council, at=TUESDAY)
    topics.hold(meeting, council, at=TUESDAY + DAY)
    topics.step(topic, "conclude", council.head, at=TUESDAY + DAY, words="大家同意清出来。")
    task = topics.task(topic, council, at=TUESDAY + DAY)
    desk = topics.sit(topic, world.enforcer, at=TUESDAY + 2 * DAY)
    tasking.report_task(desk, task, words="已清走三车。", is_done=True)
    topics.step(topic, "complete", council.director, at=TUESDAY + 3 * DAY, words="空地清出来了。")
    topics.step(
        topic, "report_back", council.director, at=TUESDAY + 3 * DAY, words="空地清出来了，放了长椅。"
    )
    notice = posting.post_notice(
        topics.sit(topic, council.director, at=TUESDAY + 3 * DAY), title="协商结果", words="空地已清出。"
    )
    with pytest.raises(Refused, match="公示期未满"):
        topics.step(topic, "end_notice", council.director, at=TUESDAY + 4 * DAY)
    topics.step(topic, "end_notice", council.director, at=notice.ends_at)
    matter = matters.of_number(topic.matter.number)
    assert matter is not None
    assert matter.closed_at == notice.ends_at
    subjects = [letter.body for letter in outbox.inside(to=world.neighbour.person_id or 0)]
    assert any("放了长椅" in body for body in subjects)
    assert tally.standing() == tally.recount()


def test_each_act_leaves_one_entry(council: Council) -> None:
    topic = topics.propose(council.world.secretary)
    topics.step(topic, "take_in", council.world.secretary)
    topics.named(topic, council)
    acts = [line.act for line in record.timeline(topic.matter.number)]
    assert acts == ["open", "take_in", "name_participants"]


@pytest.mark.parametrize(
    ("act", "by", "said"),
    [
        ("conclude", "head", "要到「开展协商活动」"),
        ("announce", "director", "要到「公告协商信息」"),
        ("complete", "director", "要到「实施协商成果」"),
    ],
)
def test_no_step_is_skipped(council: Council, act: str, by: str, said: str) -> None:
    topic = topics.propose(council.world.secretary)
    with pytest.raises(Refused, match=said):
        topics.step(topic, act, getattr(council, by))


def test_nobody_acts_for_another(council: Council) -> None:
    topic = topics.propose(council.world.secretary)
    with pytest.raises(Refused, match="由"):
        topics.step(topic, "take_in", council.director)


def test_four_supporters_are_not_enough_and_five_are(council: Council) -> None:
    topic = topics.propose(council.world.resident)
    topics.supported(topic, times=4)
    with pytest.raises(Refused, match="附议的 4 人"):
        topics.step(topic, "adopt", council.world.secretary)
    topics.supported(topic, times=1)
    topics.step(topic, "adopt", council.world.secretary)


def test_nobody_supports_twice(council: Council) -> None:
    topic = topics.propose(council.world.resident)
    participating.support(topics.sit(topic, council.world.neighbour))
    with pytest.raises(Refused, match="已经附议"):
        participating.support(topics.sit(topic, council.world.neighbour))


def test_an_opinion_needs_a_meeting_that_was_held_and_signed(council: Council) -> None:
    topic = topics.propose(council.world.secretary)
    topics.step(topic, "take_in", council.world.secretary)
    topics.named(topic, council)
    topics.step(topic, "announce", council.director)
    with pytest.raises(Refused, match="还没有开"):
        topics.step(topic, "conclude", council.head)
    meeting = topics.convene(topic, council, at=TUESDAY)
    with pytest.raises(Refused, match="还没有开"):
        topics.step(topic, "conclude", council.head)
    topics.hold(meeting, council, at=TUESDAY + DAY)
    topics.step(topic, "conclude", council.head, at=TUESDAY + DAY)


def test_only_the_council_s_head_calls_its_meeting(council: Council) -> None:
    topic = topics.propose(council.world.secretary)
    topics.step(topic, "take_in", council.world.secretary)
    topics.named(topic, council)
    topics.step(topic, "announce", council.director)
    with pytest.raises(Refused, match="由议事会召集人办理"):
        topics.convene(topic, council, at=TUESDAY, by=council.world.secretary)
    assert not meetings.of_matter(topic.pk)


def test_a_method_is_refused_where_it_does_not_run(council: Council) -> None:
    with pytest.raises(Refused, match="不在街道"):
        topics.propose(council.world.street_secretary, spots=spots("xinxialu"))


def test_an_objection_that_holds_sends_it_back_to_be_deliberated(council: Council) -> None:
    topic = topics.propose(council.world.secretary)
    _until_shown(topic, council)
    desk = topics.sit(topic, council.director, at=TUESDAY + DAY)
    posting.post_notice(desk, title="结果", words="已清出。")
    (notice,) = disclosure.notices(topic.pk)
    objection = objecting.object_to(notice, words="没有清完。", by=council.world.neighbour, at=TUESDAY + DAY)
    with pytest.raises(Refused, match="没有答复"):
        topics.step(topic, "end_notice", council.director, at=notice.ends_at)
    objecting.answer(objection, words="确实没清完。", is_upheld=True, by=council.director, at=TUESDAY + DAY)
    with pytest.raises(Refused, match="异议成立"):
        topics.step(topic, "end_notice", council.director, at=notice.ends_at)
    topics.step(topic, "reconsider", council.director, at=notice.ends_at)
    assert topics.sit(topic, council.head).step.key == "discussed"


def test_whoever_complained_is_told_that_it_became_a_topic(council: Council) -> None:
    world = council.world
    case = make.report(world)
    told = topics.Proposal("清出空地", topics.WORDS, "six_steps", spots("tonghua_e1"))
    topic = case_to_topic.take_up(told, numbers=[case.number], by=world.secretary, at=TUESDAY)
    assert queries.origins(topic) == [case.pk]
    assert any("已列入议题" in one.body for one in outbox.inside(to=world.resident.person_id or 0))


def test_a_task_stands_in_the_inbox_of_whoever_is_to_do_it(council: Council) -> None:
    topic = topics.propose(council.world.secretary)
    _until_carried(topic, council)
    task = topics.task(topic, council, at=TUESDAY + DAY)
    assert [line.title for line in matters.inbox(council.world.enforcer)] == ["清走杂物"]
    with pytest.raises(Refused, match="没有完成"):
        topics.step(topic, "complete", council.director, at=TUESDAY + DAY)
    with pytest.raises(Refused, match="不是交给您的"):
        tasking.report_task(
            topics.sit(topic, council.world.fireman, at=TUESDAY + DAY), task, words="好了", is_done=True
        )
    tasking.report_task(
        topics.sit(topic, council.world.enforcer, at=TUESDAY + DAY), task, words="好了", is_done=True
    )
    assert not list(matters.inbox(council.world.enforcer))


def _until_carried(topic: "topics.Topic", council: Council) -> None:
    topics.step(topic, "take_in", council.world.secretary)
    topics.named(topic, council)
    topics.step(topic, "announce", council.director)
    topics.hold(topics.convene(topic, council, at=TUESDAY), council, at=TUESDAY + DAY)
    topics.step(topic, "conclude", council.head, at=TUESDAY + DAY)


def _until_shown(topic: "topics.Topic", council: Council) -> None:
    _until_carried(topic, council)
    task = topics.task(topic, council, at=TUESDAY + DAY)
    tasking.report_task(
        topics.sit(topic, council.world.enforcer, at=TUESDAY + DAY), task, words="好了", is_done=True
    )
    topics.step(topic, "complete", council.director, at=TUESDAY + DAY)
    topics.step(topic, "report_back", council.director, at=TUESDAY + DAY)
