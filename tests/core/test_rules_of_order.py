"""The twelve rules hold whatever anybody tries on the floor (罗伯特议事规则)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.core import rules_of_order as order
from linli.core.clause import Clause
from linli.core.floor import Floor, Kind, Rule, Side, Stage
from linli.core.forum import Debate
from linli.core.verdict import Refused
from tests.core.days import instant

pytestmark = pytest.mark.req("Y12")
START = instant("2026-11-24 19:00")
LOCAL = Clause("XXL-9", "议事规则", "第九条")
HALL = Floor("chair", "chair", item="1", debate=Debate(2, 2, LOCAL))
WORDS = "12月底前，由居委会用公共收益换 3 栋的门禁，预算 6000 元。"


def later(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def moved() -> Floor:
    return order.move(HALL, Kind.MAIN, WORDS, by="甲")


def seconded() -> Floor:
    return order.second(moved(), by="乙")


def stated() -> Floor:
    return order.finish(order.call(seconded(), by="chair", at=START), by="甲", at=later(1))


def refused(act: Callable[[], object], rule: Rule | Clause) -> str:
    with pytest.raises(Refused) as caught:
        act()
    clause = caught.value.refusals[0].clause
    assert clause == (rule.clause if isinstance(rule, Rule) else rule), caught.value
    return caught.value.refusals[0].sentence


def test_a_motion_is_moved_seconded_stated_and_put() -> None:
    floor = order.put(stated(), by="chair", at=later(2))
    assert floor.pending is not None
    assert floor.pending.stage is Stage.PUT
    carried = order.settle(floor, carried=True)
    assert [one.stage for one in carried.motions] == [Stage.CARRIED]
    assert carried.main is None


@pytest.mark.parametrize(
    ("floor", "rule", "words"),
    [
        pytest.param(HALL, Rule.MOTION_FIRST, "没有动议", id="没有动议"),
        pytest.param(moved(), Rule.MOTION_FIRST, "没有人附议", id="没有附议"),
        pytest.param(seconded(), Rule.CLEAR_POSITION, "没有说明理由", id="没有说明"),
        pytest.param(
            order.call(seconded(), by="chair", at=later(1)), Rule.UNINTERRUPTED, "正在发言", id="正在发言"
        ),
        pytest.param(
            order.ask_to_speak(stated(), Side.AGAINST, by="丙"), Rule.FULL_DEBATE, "等候发言", id="还有人等"
        ),
        pytest.param(order.raise_point(stated(), "跑题了", by="丙"), Rule.RULINGS, "秩序问题", id="秩序问题"),
    ],
)
def test_a_vote_comes_only_after_all_that_goes_before_it(floor: Floor, rule: Rule, words: str) -> None:
    assert words in refused(lambda: order.put(floor, by="chair", at=later(2)), rule)


def test_only_one_motion_is_on_the_floor() -> None:
    refused(lambda: order.move(moved(), Kind.MAIN, "换路灯。", by="丙"), Rule.ONE_AT_A_TIME)
    refused(lambda: order.take_up(moved(), "2", by="chair"), Rule.ONE_AT_A_TIME)


def test_nobody_seconds_their_own_motion() -> None:
    refused(lambda: order.second(moved(), by="甲"), Rule.MOTION_FIRST)


def test_the_mover_speaks_first_and_for_the_motion() -> None:
    floor = order.ask_to_speak(seconded(), Side.AGAINST, by="丙")
    assert [one.speaker for one in floor.waiting(1)] == ["甲", "丙"]
    gone = order.lower_hand(floor, by="甲")
    refused(lambda: order.call(gone, by="chair", at=START), Rule.CLEAR_POSITION)
    refused(lambda: order.ask_to_speak(gone, Side.AGAINST, by="甲"), Rule.CLEAR_POSITION)


def test_sides_alternate_and_the_unheard_come_first() -> None:
    floor = stated()
    for speaker, side in (("乙", Side.FOR), ("丁", Side.FOR), ("丙", Side.AGAINST), ("戊", Side.AGAINST)):
        floor = order.ask_to_speak(floor, side, by=speaker)
    assert [one.speaker for one in floor.waiting(1)] == ["丙", "乙", "戊", "丁"]
    refused(lambda: order.call(floor, by="chair", speaker="乙", at=later(2)), Rule.EQUAL_CHANCE)
    floor = order.call(floor, by="chair", at=later(2))
    floor = order.ask_to_speak(order.finish(floor, by="丙", at=later(3)), Side.AGAINST, by="丙")
    assert [one.speaker for one in floor.waiting(1)] == ["乙", "戊", "丁", "丙"]


def test_a_speaker_is_not_interrupted_before_the_time_is_over() -> None:
    floor = order.ask_to_speak(stated(), Side.AGAINST, by="丙")
    floor = order.ask_to_speak(order.call(floor, by="chair", at=later(2)), Side.FOR, by="乙")
    refused(lambda: order.call(floor, by="chair", at=later(4) - timedelta(seconds=1)), Rule.UNINTERRUPTED)
    after = order.call(floor, by="chair", at=later(5))
    assert [(one.speaker, one.ended_at) for one in after.speeches if one.ended_at] == [
        ("甲", later(1)),
        ("丙", later(4)),
    ]
    refused(lambda: order.finish(floor, by="丁", at=later(3)), Rule.UNINTERRUPTED)


def test_one_speaks_as_often_as_the_forum_lets_one() -> None:
    floor = stated()
    floor = order.ask_to_speak(floor, Side.FOR, by="甲")
    floor = order.finish(order.call(floor, by="chair", at=later(2)), by="chair", at=later(3))
    sentence = refused(lambda: order.ask_to_speak(floor, Side.FOR, by="甲"), LOCAL)
    assert sentence == "每人就一件动议最多发言 2 次，您已经发言 2 次：不能再发言。"


def test_the_chair_hands_over_to_argue_and_presides_again_after_the_vote() -> None:
    floor = stated()
    refused(lambda: order.ask_to_speak(floor, Side.AGAINST, by="chair"), Rule.NEUTRAL_CHAIR)
    refused(lambda: order.move(HALL, Kind.MAIN, "我提一件。", by="chair"), Rule.NEUTRAL_CHAIR)
    refused(lambda: order.second(moved(), by="chair"), Rule.NEUTRAL_CHAIR)
    refused(lambda: order.hand_over(floor, by="chair", to="乙"), Rule.NEUTRAL_CHAIR)
    floor = order.ask_to_speak(order.hand_over(floor, by="chair", to="己"), Side.AGAINST, by="chair")
    refused(lambda: order.call(floor, by="chair", at=later(2)), Rule.TO_THE_CHAIR)
    floor = order.finish(order.call(floor, by="己", at=later(2)), by="chair", at=later(3))
    floor = order.settle(order.put(floor, by="己", at=later(4)), carried=False)
    assert floor.chair == "chair"


def test_an_amendment_comes_before_the_motion_and_changes_its_words() -> None:
    floor = order.move(stated(), Kind.AMEND, "换 3 栋和 5 栋的门禁。", by="丙")
    refused(lambda: order.put(floor, by="chair", at=later(2)), Rule.MOTION_FIRST)
    floor = order.call(order.second(floor, by="丁"), by="chair", at=later(2))
    refused(lambda: order.move(floor, Kind.AMEND, "再改。", by="丙"), Rule.ONE_AT_A_TIME)
    floor = order.put(order.finish(floor, by="丙", at=later(3)), by="chair", at=later(3))
    floor = order.settle(floor, carried=True)
    assert floor.main is not None
    assert (floor.main.words, floor.main.stage) == ("换 3 栋和 5 栋的门禁。", Stage.DEBATED)


def test_the_previous_question_ends_the_debate_once_carried() -> None:
    floor = order.ask_to_speak(stated(), Side.AGAINST, by="丙")
    floor = order.second(order.move(floor, Kind.CLOSE, "结束辩论。", by="丁"), by="乙")
    lost = order.settle(order.put(floor, by="chair", at=later(2)), carried=False)
    refused(lambda: order.put(lost, by="chair", at=later(3)), Rule.FULL_DEBATE)
    carried = order.settle(order.put(floor, by="chair", at=later(2)), carried=True)
    refused(lambda: order.ask_to_speak(carried, Side.FOR, by="乙"), Rule.FULL_DEBATE)
    assert order.put(carried, by="chair", at=later(3)).pending


def test_tabling_takes_the_motion_and_its_amendment_off_the_floor() -> None:
    floor = order.move(stated(), Kind.AMEND, "换两栋。", by="丙")
    floor = order.call(order.second(floor, by="丁"), by="chair", at=later(2))
    floor = order.second(order.move(floor, Kind.TABLE, "下次再议。", by="丙"), by="丁")
    floor = order.settle(order.put(floor, by="chair", at=later(3)), carried=True)
    assert [one.stage for one in floor.motions] == [Stage.TABLED, Stage.TABLED, Stage.CARRIED]


def test_a_motion_is_withdrawn_until_others_have_spoken_on_it() -> None:
    assert order.withdraw(stated(), by="甲", at=later(2)).main is None
    floor = order.call(order.ask_to_speak(stated(), Side.AGAINST, by="丙"), by="chair", at=later(2))
    refused(lambda: order.withdraw(floor, by="甲", at=later(3)), Rule.FULL_DEBATE)
    refused(lambda: order.withdraw(stated(), by="乙", at=later(2)), Rule.MOTION_FIRST)


def test_a_motion_that_nobody_seconds_falls_but_not_one_in_debate() -> None:
    assert order.drop(moved(), by="chair").main is None
    refused(lambda: order.drop(stated(), by="chair"), Rule.FULL_DEBATE)


def test_a_point_of_order_interrupts_and_is_ruled_on_first() -> None:
    floor = order.raise_point(order.call(seconded(), by="chair", at=START), "说的不是这件事", by="丙")
    refused(lambda: order.move(floor, Kind.TABLE, "搁置。", by="丙"), Rule.RULINGS)
    refused(lambda: order.raise_point(floor, "还有", by="丁"), Rule.RULINGS)
    refused(lambda: order.rule_on(floor, by="丁", upheld=True), Rule.TO_THE_CHAIR)
    assert order.rule_on(floor, by="chair", upheld=True).points[0].upheld is True


def test_a_meeting_is_adjourned_between_speeches_and_votes_and_by_the_chair() -> None:
    floor = order.ask_to_speak(stated(), Side.AGAINST, by="丙")
    assert order.may_adjourn(HALL, by="chair")
    assert order.may_adjourn(floor, by="chair")
    refused(order.may_adjourn(floor, by="丙").require, Rule.TO_THE_CHAIR)
    speaking = order.call(floor, by="chair", at=later(2))
    refused(order.may_adjourn(speaking, by="chair").require, Rule.UNINTERRUPTED)
    voting = order.put(order.lower_hand(floor, by="丙"), by="chair", at=later(2))
    refused(order.may_adjourn(voting, by="chair").require, Rule.ONE_AT_A_TIME)
    pointed = order.raise_point(floor, "说的不是这件事", by="丁")
    refused(order.may_adjourn(pointed, by="chair").require, Rule.RULINGS)


@pytest.mark.parametrize(
    ("agrees", "agreeing", "against", "may", "words"),
    [
        pytest.param(True, 10, 10, True, "决定的一票", id="平局时赞成"),
        pytest.param(False, 10, 10, False, "改变不了", id="平局时反对"),
        pytest.param(False, 11, 10, False, "造成平局", id="造成平局"),
        pytest.param(True, 11, 10, False, "改变不了", id="已经通过"),
        pytest.param(True, 9, 10, False, "改变不了", id="差一票赞成也只是平局"),
    ],
)
def test_the_chair_votes_to_break_a_tie_never_to_make_one(
    agrees: bool, agreeing: int, against: int, may: bool, words: str
) -> None:
    verdict = order.may_chair_vote(
        agrees=agrees,
        agreeing=agreeing,
        against=against,
        carried=agreeing > against,
        would_carry=agreeing + agrees > against + (not agrees),
    )
    assert verdict.is_yes is may
    assert words in verdict.sentence
    assert verdict.clause == Rule.NEUTRAL_CHAIR.clause


# ── a walk ─────────────────────────────────────────────────────────────────────────────────────────────────

PEOPLE = ("chair", "甲", "乙", "丙", "丁")
Act = Callable[[Floor, str, datetime], Floor]
# ruff: noqa: ARG005  (every act of the walk is asked in the same way)
ACTS: dict[str, Act] = {
    "take_up": lambda floor, by, at: order.take_up(floor, "2", by=by),
    "main": lambda floor, by, at: order.move(floor, Kind.MAIN, "做一件事。", by=by),
    "amend": lambda floor, by, at: order.move(floor, Kind.AMEND, "做另一件事。", by=by),
    "close": lambda floor, by, at: order.move(floor, Kind.CLOSE, "结束辩论。", by=by),
    "table": lambda floor, by, at: order.move(floor, Kind.TABLE, "搁置。", by=by),
    "second": lambda floor, by, at: order.second(floor, by=by),
    "drop": lambda floor, by, at: order.drop(floor, by=by),
    "withdraw": lambda floor, by, at: order.withdraw(floor, by=by, at=at),
    "for": lambda floor, by, at: order.ask_to_speak(floor, Side.FOR, by=by),
    "against": lambda floor, by, at: order.ask_to_speak(floor, Side.AGAINST, by=by),
    "lower": lambda floor, by, at: order.lower_hand(floor, by=by),
    "call": lambda floor, by, at: order.call(floor, by=by, at=at),
    "finish": lambda floor, by, at: order.finish(floor, by=by, at=at),
    "point": lambda floor, by, at: order.raise_point(floor, "跑题", by=by),
    "rule": lambda floor, by, at: order.rule_on(floor, by=by, upheld=True),
    "put": lambda floor, by, at: order.put(floor, by=by, at=at),
    "carry": lambda floor, by, at: order.settle(floor, carried=True),
    "lose": lambda floor, by, at: order.settle(floor, carried=False),
    "hand_over": lambda floor, by, at: order.hand_over(floor, by=by, to="丁"),
}


def walked(steps: list[tuple[str, str, int]]) -> list[tuple[str, Floor, Floor]]:
    floor, at, taken = HALL, START, []
    for act, by, seconds in steps:
        at += timedelta(seconds=seconds)
        try:
            after = ACTS[act](floor, by, at)
        except (Refused, ValueError):
            continue
        taken.append((act, floor, after))
        floor = after
    return taken


STEPS = st.lists(
    st.tuples(
        st.sampled_from(sorted(ACTS) + ["main", "second", "call", "finish", "put", "for", "against"] * 3),
        st.sampled_from(PEOPLE),
        st.integers(0, 90),
    ),
    min_size=30,
    max_size=120,
)


@settings(max_examples=300)
@given(STEPS)
def test_no_walk_breaks_a_rule(steps: list[tuple[str, str, int]]) -> None:
    for act, before, after in walked(steps):
        pending = [one for one in after.motions if one.stage.is_pending]
        assert sum(one.kind is Kind.MAIN for one in pending) <= 1
        assert len(pending) <= 3
        assert sum(one.is_running for one in after.speeches) <= 1
        for one in after.motions:
            has_stated = any(
                said.motion == one.number and said.speaker == one.mover and said.began_at
                for said in after.speeches
            )
            if one.stage is Stage.PUT:
                assert one.seconder not in ("", one.mover)
                assert has_stated or not one.kind.is_debated
        if act == "call":
            _judge_turn(before, after)
        if act in ("main", "amend", "second", "for", "against", "close", "table"):
            assert before.chair not in _argued(before, after)


def _judge_turn(before: Floor, after: Floor) -> None:
    """Sides alternate while both wait, and nobody speaks more often than allowed."""
    motion = before.pending
    speech = after.running
    assert motion is not None
    assert speech is not None
    assert after.debate is not None
    assert after.times(speech.speaker, motion=motion.number) <= after.debate.times
    held = [one for one in before.speeches if one.motion == motion.number and one.began_at]
    waiting = {one.side for one in before.speeches if one.motion == motion.number and one.is_waiting}
    if held and len(waiting) == len(Side):
        assert speech.side is not max(held, key=lambda one: (one.began_at, one.number)).side
    if not held:
        assert speech.speaker == motion.mover


def _argued(before: Floor, after: Floor) -> set[str]:
    """Tell who said something for or against by an act."""
    movers = {one.mover for one in after.motions if one not in before.motions and one.stage is Stage.MOVED}
    was = {one.number: one.seconder for one in before.motions}
    seconders = {one.seconder for one in after.motions if one.seconder and not was.get(one.number)}
    mine = {one.mover for one in after.motions if one.seconder and not was.get(one.number)}
    hands = {one.speaker for one in after.speeches if one not in before.speeches} - mine
    return movers | seconders | hands


def test_the_walks_reach_votes_and_every_act() -> None:
    script = [
        *(("main", "甲", 0), ("second", "乙", 1), ("call", "chair", 1), ("finish", "甲", 60)),
        *(("against", "丙", 1), ("call", "chair", 1), ("finish", "丙", 60)),
        *(("put", "chair", 1), ("carry", "chair", 1), ("take_up", "chair", 1)),
    ]
    assert [act for act, _, _ in walked(script)] == [act for act, _, _ in script]


def test_a_floor_without_limits_lets_everybody_finish() -> None:
    floor = replace(stated(), debate=None)
    floor = order.call(order.ask_to_speak(floor, Side.AGAINST, by="丙"), by="chair", at=later(2))
    floor = order.ask_to_speak(floor, Side.FOR, by="乙")
    refused(lambda: order.call(floor, by="chair", at=later(200)), Rule.UNINTERRUPTED)
