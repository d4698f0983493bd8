"""A meeting opens with a quorum, goes by the rules of order, and decides by its threshold (开会)."""

from datetime import timedelta

import pytest

from linli.core.eligibility import Roll, Voter
from linli.core.floor import Kind, Side
from linli.core.forum import Electorate
from linli.core.verdict import Refused
from linli.meetings import queries
from linli.meetings.actions import attending, holding
from linli.meetings.actions.convening import Item
from linli.meetings.actions.holding import Hands
from linli.record import queries as record
from tests import make
from tests.meetings import halls
from tests.meetings.halls import MEETS, MOTION, do
from tests.world import TUESDAY, World

pytestmark = pytest.mark.req("Y12")


@pytest.mark.parametrize(
    ("came", "opens"), [pytest.param(4, True, id="正好三分之二"), pytest.param(3, False, id="差一人")]
)
def test_delegates_open_with_two_thirds(world: World, came: int, opens: bool) -> None:
    meeting = halls.convened(world)
    halls.signed_in(world, meeting, came)
    if opens:
        assert do(meeting, world.secretary, holding.open_meeting)
        assert halls.fresh(meeting).is_open
        return
    with pytest.raises(Refused) as caught:
        do(meeting, world.secretary, holding.open_meeting)
    refusal = caught.value.refusals[0]
    assert refusal.clause is not None
    assert refusal.clause.rule == "RC-29"
    assert "应到" in refusal.sentence
    assert "未达三分之二（4 人）：不能表决" in refusal.sentence
    assert not halls.fresh(meeting).is_open


@pytest.mark.req("N2")
@pytest.mark.parametrize(
    ("came", "opens"), [pytest.param(61, True, id="过半数"), pytest.param(60, False, id="正好一半")]
)
def test_households_are_counted_once_however_many_come(world: World, came: int, opens: bool) -> None:
    voters = tuple(Voter(f"household:{n}", f"{n}户", (), household=f"h{n}") for n in range(120))
    meeting = halls.convened(
        world,
        of=Roll(Electorate.HOUSEHOLDS, voters),
        forum="residents_assembly_households",
    )
    halls.signed_in(world, meeting, came)
    verdict = halls.hall(meeting, world.secretary).quorum()
    assert verdict.is_yes is opens
    assert f"到会 {came} 户" in verdict.sentence or f"到会 {came} 人" in verdict.sentence


@pytest.mark.req("N1")
def test_owners_are_counted_by_head_and_by_area(world: World) -> None:
    voters = (
        Voter("owner:1", "大户", (), area=600_000_00), Voter("owner:2", "甲", (), area=100_000_00),
        Voter("owner:3", "乙", (), area=100_000_00),
    )  # fmt: skip
    meeting = halls.convened(
        world,
        of=Roll(Electorate.OWNERS, voters),
        forum="owners_assembly",
        meets_at=TUESDAY + timedelta(days=15),
    )
    for key in ("owner:2", "owner:3"):
        do(meeting, world.dispatcher, attending.sign_in, key)
    verdict = halls.hall(meeting, world.secretary).quorum()
    assert not verdict
    assert "面积" in verdict.sentence


def test_who_left_is_no_longer_counted_when_it_is_put_to_the_vote(world: World) -> None:
    meeting = halls.debated(world, came=4)
    do(meeting, world.dispatcher, attending.leave, halls.keys(meeting)[3])
    with pytest.raises(Refused, match="未达三分之二"):
        do(meeting, world.secretary, holding.put)
    do(meeting, world.dispatcher, attending.sign_in, halls.keys(meeting)[3])
    do(meeting, world.secretary, holding.put)


def test_a_motion_goes_from_word_to_result_and_each_act_leaves_one_entry(world: World) -> None:
    meeting = halls.put(world)
    verdict = do(meeting, world.secretary, holding.count, Hands(agreeing=4, against=1))
    assert verdict
    [motion] = halls.motions(meeting)
    assert (motion.stage, motion.words, motion.agreeing) == ("carried", MOTION, 4)
    assert "同意" in motion.said
    assert "第二十九条" in motion.clause or "二十" in motion.clause
    acts = record.acts(meeting.number)
    assert acts == ("convene", "open", "take_up", "move", "second", "call", "put", "settle")
    assert halls.fresh(meeting).turn == 8


@pytest.mark.parametrize(
    ("agreeing", "carries"), [pytest.param(3, True, id="过半数"), pytest.param(2, False, id="不到一半")]
)
def test_delegates_pass_with_more_than_half_of_those_present(
    world: World, agreeing: int, carries: bool
) -> None:
    meeting = halls.put(world, came=5)
    verdict = do(meeting, world.secretary, holding.count, Hands(agreeing, 5 - agreeing))
    assert verdict.is_yes is carries
    assert halls.motions(meeting)[0].stage == ("carried" if carries else "lost")


def test_more_hands_than_people_are_counted_again(world: World) -> None:
    meeting = halls.put(world)
    with pytest.raises(Refused, match="到会可表决 5 人，却数出 6 票"):
        do(meeting, world.secretary, holding.count, Hands(6, 0))
    assert halls.motions(meeting)[0].stage == "put"


def test_the_chair_votes_last_and_never_to_make_a_tie(world: World) -> None:
    voting = halls.put(world, chair=halls.guest(world.stranger))
    with pytest.raises(Refused, match="却数出 5 票"):
        do(voting, world.dispatcher, holding.count, Hands(5, 0))
    with pytest.raises(Refused, match="造成平局"):
        do(voting, world.dispatcher, holding.count, Hands(2, 1, abstaining=1, chair=Side.AGAINST))
    with pytest.raises(Refused, match="改变不了结果"):
        do(voting, world.dispatcher, holding.count, Hands(4, 0, chair=Side.FOR))
    assert do(voting, world.dispatcher, holding.count, Hands(2, 2, chair=Side.FOR))
    assert halls.motions(voting)[0].agreeing == 3


def test_the_chair_hands_over_to_argue(world: World) -> None:
    meeting = halls.debated(world)
    do(meeting, world.secretary, attending.sign_in, halls.key_of(meeting, world.secretary))
    with pytest.raises(Refused, match="保持中立"):
        do(meeting, world.secretary, holding.ask_to_speak, Side.AGAINST)
    with pytest.raises(Refused, match="已经就当前动议表过态"):
        do(meeting, world.secretary, holding.hand_over, to=halls.key_of(meeting, world.neighbour))
    do(meeting, world.secretary, holding.hand_over, to=halls.key_of(meeting, world.stranger))
    do(meeting, world.secretary, holding.ask_to_speak, Side.AGAINST)
    do(meeting, world.stranger, holding.call)
    do(meeting, world.stranger, holding.finish)
    do(meeting, world.stranger, holding.put)
    do(meeting, world.stranger, holding.count, Hands(1, 3))
    assert halls.fresh(meeting).chair == meeting.presiding


def test_an_amendment_is_decided_first_and_changes_the_motion(world: World) -> None:
    meeting = halls.debated(world)
    do(meeting, world.stranger, holding.move, Kind.AMEND, "换 3 栋和 5 栋的门禁。")
    do(meeting, world.neighbour, holding.second)
    do(meeting, world.secretary, holding.call)
    do(meeting, world.secretary, holding.finish)
    do(meeting, world.secretary, holding.put)
    do(meeting, world.secretary, holding.count, Hands(3, 2))
    main, amendment = halls.motions(meeting)
    assert (main.words, main.stage) == ("换 3 栋和 5 栋的门禁。", "debated")
    assert amendment.stage == "carried"


def test_ending_the_debate_takes_two_thirds(world: World) -> None:
    for agreeing, stage in ((3, "lost"), (4, "carried")):
        meeting = halls.debated(world)
        do(meeting, world.resident, holding.move, Kind.CLOSE, "")
        do(meeting, world.neighbour, holding.second)
        do(meeting, world.secretary, holding.put)
        do(meeting, world.secretary, holding.count, Hands(agreeing, 5 - agreeing))
        assert halls.motions(meeting)[1].stage == stage


def test_only_those_with_a_vote_move_and_second_but_guests_may_speak(world: World) -> None:
    meeting = halls.opened(world, guests=(halls.guest(world.enforcer),))
    with pytest.raises(Refused, match="还没有签到"):
        do(meeting, world.enforcer, holding.move, Kind.MAIN, "换路灯。")
    do(meeting, world.dispatcher, attending.sign_in, halls.key_of(meeting, world.enforcer))
    with pytest.raises(Refused, match="列席"):
        do(meeting, world.enforcer, holding.move, Kind.MAIN, "换路灯。")
    do(meeting, world.resident, holding.move, Kind.MAIN, MOTION)
    do(meeting, world.neighbour, holding.second)
    do(meeting, world.enforcer, holding.ask_to_speak, Side.FOR)
    assert [one.speaker for one in queries.speeches(queries.item_on(meeting))][-1].startswith("guest:")


def test_who_is_recused_neither_moves_nor_votes_on_that_item(world: World) -> None:
    meeting = halls.opened(world)
    do(
        meeting,
        world.dispatcher,
        attending.recuse,
        halls.key_of(meeting, world.resident),
        reason="施工方是其弟",
    )
    with pytest.raises(Refused, match="应当回避"):
        do(meeting, world.resident, holding.move, Kind.MAIN, MOTION)
    assert queries.voters_present(meeting, queries.item_on(meeting)) == 4


def test_nobody_acts_for_another_but_whoever_runs_the_meeting(world: World) -> None:
    meeting = halls.opened(world)
    other = halls.key_of(meeting, world.neighbour)
    with pytest.raises(Refused, match="不在这次会议的名册里"):
        do(meeting, world.resident, holding.move, Kind.MAIN, MOTION, key=other)
    do(meeting, world.dispatcher, holding.move, Kind.MAIN, MOTION, key=other)
    assert halls.motions(meeting)[0].mover == other
    with pytest.raises(Refused, match="由主持人、记录人"):
        do(meeting, world.resident, holding.put)


def test_a_matter_gets_one_entry_when_its_item_is_dealt_with(world: World) -> None:
    matter = make.report(world)
    before = record.acts(matter.number)
    meeting = halls.put(world, items=(Item("下水道盖板", matter=matter.number), Item("其他")))
    do(meeting, world.secretary, holding.count, Hands(5, 0))
    do(meeting, world.secretary, holding.take_up, queries.items(meeting)[1].pk)
    do(meeting, world.secretary, holding.close, at=MEETS + timedelta(hours=1))
    assert record.acts(matter.number) == (*before, "met")
    line = record.timeline(matter.number)[-1]
    assert dict(line.figures) == {
        "会议": meeting.number, "会议形式": meeting.forum_title, "结果": "通过",
    }  # fmt: skip
    [held] = queries.of_matter(matter.pk)
    assert held.is_held
    assert not held.minutes_signed


def test_a_meeting_does_not_end_in_the_middle_of_a_motion(world: World) -> None:
    meeting = halls.debated(world)
    with pytest.raises(Refused, match="还有动议没有处理完"):
        do(meeting, world.secretary, holding.close)


def test_a_point_of_order_stops_everything_until_it_is_ruled_on(world: World) -> None:
    meeting = halls.debated(world)
    do(meeting, world.stranger, holding.raise_point, "说的不是这件事")
    with pytest.raises(Refused, match="要先裁定"):
        do(meeting, world.secretary, holding.put)
    do(meeting, world.secretary, holding.rule_on, upheld=False)
    do(meeting, world.stranger, holding.raise_point, "超时了")
    do(meeting, world.secretary, holding.rule_on, upheld=True)
    assert [(one.words, one.upheld) for one in queries.points(meeting)] == [
        ("说的不是这件事", False), ("超时了", True),
    ]  # fmt: skip
