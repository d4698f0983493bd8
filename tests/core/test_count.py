"""Votes are added up exactly and judged by the frozen thresholds."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.ballot import ABSTAIN, NO, YES, Kind, Option, Slip
from linli.core.clause import Clause, Mark
from linli.core.count import (
    Outcome,
    Rules,
    Sum,
    Vote,
    add_alike,
    add_up,
    count_of,
    decide,
    may_chair_vote,
    plain_measures,
)
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Bound, Electorate
from linli.core.funnel import Count, Measure
from linli.core.threshold import Threshold

O_1 = Clause("O-1", "中华人民共和国民法典", "第二百七十八条", Mark.READ)
RC_19 = Clause("RC-19", "中华人民共和国城市居民委员会组织法", "第十九条", Mark.READ)
RC_29 = Clause("RC-29", "中华人民共和国城市居民委员会组织法", "第二十九条", Mark.READ)
D_7 = Clause("D-7", "罗伯特议事规则（中文十二条）", "", Mark.READ)


def bound(sentence: str, clause: Clause) -> Bound:
    return Bound(Threshold.parse(sentence), clause)


TWO_THIRDS = bound("voting of entitled by floor_area >= 2/3 and voting of entitled by headcount >= 2/3", O_1)
HALVES = bound("agreeing of voting by floor_area > 1/2 and agreeing of voting by headcount > 1/2", O_1)
THREE_QUARTERS = bound(
    "agreeing of voting by floor_area >= 3/4 and agreeing of voting by headcount >= 3/4", O_1
)
ORDINARY, SPECIAL = Rules(HALVES, TWO_THIRDS), Rules(THREE_QUARTERS, TWO_THIRDS)
MAJORITY = Rules(bound("agreeing of voting by headcount > 1/2", D_7))
ASSEMBLY = Rules(
    bound("agreeing of attending by delegate > 1/2", RC_29),
    bound("attending of entitled by delegate >= 2/3", RC_29),
    in_meeting=True,
)
ELECTION = Rules(
    bound("agreeing of voting by headcount > 1/2", RC_19),
    bound("voting of entitled by headcount > 1/2", RC_19),
)
RUN_OFF = Rules(bound("agreeing of voting by headcount >= 1/3", RC_19))
CANDIDATES = tuple(
    Option(key, name) for key, name in zip("abcd", ("陈大海", "林小芳", "周文", "吴桂"), strict=True)
)


def owners(*areas: int) -> Roll:
    voters = (Voter(str(number), f"业主{number}", (number,), area=area) for number, area in enumerate(areas))
    return Roll(Electorate.OWNERS, tuple(voters))


def put(roll: Roll, rules: Rules, votes: str, slip: Slip | None = None) -> Outcome:
    """Cast 同 / 反 / 弃 / nothing for each voter in turn, and decide."""
    marks = {"同": YES, "反": NO, "弃": ABSTAIN}
    cast = [Vote(str(place), (marks[mark],)) for place, mark in enumerate(votes) if mark in marks]
    return decide(slip or Slip.motion(), rules, entitled=count_of(roll), sums=add_up(roll, cast))


@pytest.mark.req("X8")
@pytest.mark.parametrize(
    ("areas", "votes", "rules", "passed"),
    [
        pytest.param((10,) * 12, "同" * 8 + "_" * 4, ORDINARY, True, id="恰好三分之二参加，全部同意"),
        pytest.param((10,) * 12, "同" * 7 + "_" * 5, ORDINARY, False, id="人数和面积差一点到三分之二"),
        pytest.param((100, *(10,) * 11), "_" + "同" * 11, ORDINARY, False, id="人数够，面积不到三分之二"),
        pytest.param((55, *(5,) * 11), "同" * 7 + "_" * 5, ORDINARY, False, id="面积够，人数不到三分之二"),
        pytest.param((10,) * 12, "同同同同同同" + "反" * 6, ORDINARY, False, id="恰好一半不算过半"),
        pytest.param((10,) * 12, "同" * 7 + "反" * 5, ORDINARY, True, id="过半多一人"),
        pytest.param((100, *(10,) * 11), "反" + "同" * 11, ORDINARY, True, id="面积一百一比一百，过半"),
        pytest.param((110, *(10,) * 11), "反" + "同" * 11, ORDINARY, False, id="人数过半，面积恰好一半"),
        pytest.param((10,) * 12, "同" * 9 + "反" * 3, SPECIAL, True, id="恰好四分之三"),
        pytest.param((10,) * 12, "同" * 8 + "反" * 4, SPECIAL, False, id="差一人到四分之三"),
        pytest.param(
            (11, *(10,) * 11), "反" + "同" * 8 + "反反_", SPECIAL, False, id="十一人里八人同意，不到四分之三"
        ),
        pytest.param((30, *(10,) * 9), "同" + "_" * 9, ORDINARY, False, id="一人三套只算一人"),
        pytest.param(
            (400, *(10,) * 40), "反" + "同" * 40, ORDINARY, False, id="建设单位四十套，面积恰好一半"
        ),
        pytest.param((399, *(10,) * 40), "反" + "同" * 40, ORDINARY, True, id="建设单位面积少一点"),
    ],
)
def test_owners_decide_by_area_and_by_heads(
    areas: tuple[int, ...], votes: str, rules: Rules, passed: bool
) -> None:
    assert put(owners(*areas), rules, votes).passed is passed


def test_a_decision_that_passes_by_heads_and_fails_by_area_says_so() -> None:
    outcome = put(owners(110_0000, *(10_0000,) * 11), ORDINARY, "反" + "同" * 11)
    assert outcome.said.endswith(
        "参加表决面积 220 平方米，同意面积 110 平方米，未过半数（多于 110 平方米）；"
        "参加表决 12 人，同意 11 人，已过半数（7 人）：未通过。"
    )
    assert outcome.verdicts[-1].clause == O_1


def test_too_few_votes_decide_nothing_however_they_were_cast() -> None:
    outcome = put(owners(*(10_0000,) * 12), ORDINARY, "同" * 7 + "_" * 5)
    assert outcome.said.endswith("参加表决 7 人，未达三分之二（8 人）：投票无效。")
    assert [standing.wins for standing in outcome.standings] == [False, False, False]


@pytest.mark.parametrize(
    ("attending", "agreeing", "passed"),
    [
        pytest.param(40, 21, True, id="恰好三分之二到会，过半同意"),
        pytest.param(39, 39, False, id="差一人到会"),
        pytest.param(40, 20, False, id="到会的恰好一半"),
    ],
)
def test_the_base_of_a_meeting_is_all_who_are_entitled(attending: int, agreeing: int, passed: bool) -> None:
    entitled = [Count(Measure.DELEGATE, 60, attending=attending)]
    sums = (Sum(Measure.DELEGATE, attending, {YES: agreeing}),)
    assert decide(Slip.motion(), ASSEMBLY, entitled=entitled, sums=sums).passed is passed


@pytest.mark.parametrize(("votes", "passed"), [("同反", False), ("同同反", True), ("同反弃", False)])
def test_a_tie_fails(votes: str, passed: bool) -> None:
    roll = Roll(Electorate.ADULTS, tuple(Voter(str(number), "甲", (number,)) for number in range(3)))
    assert put(roll, MAJORITY, votes).passed is passed


def elect(
    given: dict[str, int], *, cast: int, seats: int, rules: Rules = ELECTION, entitled: int = 100
) -> Outcome:
    sums = add_alike([Measure.HEADCOUNT], cast=cast, chosen=given)
    slip = Slip(Kind.ELECTION, CANDIDATES, seats)
    return decide(slip, rules, entitled=[Count(Measure.HEADCOUNT, entitled)], sums=sums)


@pytest.mark.parametrize(
    ("given", "cast", "rules", "winners"),
    [
        pytest.param({"a": 40, "b": 31, "c": 20}, 60, ELECTION, ("a", "b"), id="两人过半"),
        pytest.param({"a": 40, "b": 30}, 60, ELECTION, ("a",), id="恰好一半不当选"),
        pytest.param({"a": 40, "b": 35, "c": 33}, 60, ELECTION, ("a", "b"), id="三人过半取前二"),
        pytest.param({"a": 40, "b": 33, "c": 33}, 60, ELECTION, ("a",), id="末位相等都不当选"),
        pytest.param({"a": 33, "b": 33, "c": 33}, 60, ELECTION, (), id="三人相等争两席"),
        pytest.param({"a": 50, "b": 50}, 50, ELECTION, (), id="参加的恰好一半，选举无效"),
        pytest.param({"a": 51, "b": 51}, 51, ELECTION, ("a", "b"), id="参加的过半，选举有效"),
        pytest.param({"a": 20, "b": 19}, 60, RUN_OFF, ("a",), id="另行选举恰好三分之一"),
        pytest.param({"b": 30, "a": 25}, 60, RUN_OFF, ("b", "a"), id="另行选举票多的当选"),
    ],
)
def test_who_is_elected(given: dict[str, int], cast: int, rules: Rules, winners: tuple[str, ...]) -> None:
    outcome = elect(given, cast=cast, seats=2, rules=rules)
    assert set(outcome.winners) == set(winners)
    assert outcome.passed is (len(winners) == 2)


def test_a_seat_left_open_asks_for_another_election() -> None:
    assert elect({"a": 40, "b": 30}, cast=60, seats=2).said == (
        "应参加 100 人，参加表决 60 人，已过半数（51 人）：投票有效。"
        "应选 2 人，陈大海（40 票）当选，还缺 1 人，应当另行选举。"
    )


@pytest.mark.parametrize(
    ("given", "winners", "says"),
    [
        pytest.param({"a": 6, "b": 3}, ("a",), "「陈大海」得票最多，参加表决 10 人，同意 6 人", id="过半"),
        pytest.param({"a": 5, "b": 3}, (), "未过半数（6 人）：未通过", id="最多但没有过半"),
        pytest.param({"a": 5, "b": 5}, (), "「陈大海」、「林小芳」得票相等：没有选出", id="相等"),
    ],
)
def test_one_of_several(given: dict[str, int], winners: tuple[str, ...], says: str) -> None:
    sums = add_alike([Measure.HEADCOUNT], cast=10, chosen=given)
    outcome = decide(
        Slip(Kind.CHOICE, CANDIDATES), MAJORITY, entitled=[Count(Measure.HEADCOUNT, 10)], sums=sums
    )
    assert outcome.winners == winners
    assert says in outcome.said


def test_a_household_has_voted_once_and_agrees_when_all_of_it_agree() -> None:
    voters = (("1", "h1"), ("2", "h1"), ("3", "h2"), ("4", "h3"))
    roll = Roll(Electorate.ADULTS, tuple(Voter(key, key, (), house) for key, house in voters))
    votes = [Vote("1", (YES,)), Vote("2", (NO,)), Vote("3", (YES,))]
    (households,) = (one for one in add_up(roll, votes) if one.measure is Measure.HOUSEHOLD)
    assert (households.cast, households.chosen) == (2, {YES: 1})


def test_nobody_votes_twice_and_no_stranger_votes() -> None:
    with pytest.raises(ValueError, match="投了两次"):
        add_up(owners(1, 1), [Vote("0", (YES,)), Vote("0", (NO,))])
    with pytest.raises(KeyError):
        add_up(owners(1, 1), [Vote("7", (YES,))])


@pytest.mark.req("X8")
@pytest.mark.parametrize(
    ("standing", "chosen", "may"),
    [
        pytest.param({YES: 4, NO: 5}, (YES,), False, id="造成平局"),
        pytest.param({YES: 5, NO: 4}, (NO,), False, id="把通过拉成平局"),
        pytest.param({YES: 4, NO: 4}, (YES,), True, id="打破平局"),
        pytest.param({YES: 4, NO: 6}, (YES,), True, id="不影响结果"),
        pytest.param({YES: 4, NO: 5}, (ABSTAIN,), True, id="弃权"),
    ],
)
def test_the_chair_does_not_make_a_tie(standing: dict[str, int], chosen: tuple[str, ...], may: bool) -> None:
    sums = (Sum(Measure.HEADCOUNT, sum(standing.values()), standing),)
    verdict = may_chair_vote(chosen, sums=sums, clause=D_7)
    assert bool(verdict) is may
    assert verdict.clause == D_7


def test_only_measures_that_weigh_everybody_alike_can_be_secret() -> None:
    alone = Roll(Electorate.HOUSEHOLDS, (Voter("1", "甲", (), "h1"), Voter("2", "乙", (), "h2")))
    shared = Roll(Electorate.ADULTS, (Voter("1", "甲", (), "h1"), Voter("2", "乙", (), "h1")))
    assert plain_measures(alone) == {Measure.HEADCOUNT, Measure.HOUSEHOLD}
    assert plain_measures(shared) == {Measure.HEADCOUNT}
    assert plain_measures(owners(1, 1)) == {Measure.HEADCOUNT}


areas = st.lists(st.integers(1, 10**7), min_size=1, max_size=12)
marks = st.sampled_from("同反弃_")


@given(areas, st.data())
def test_one_more_yes_never_unmakes_a_pass(held: list[int], data: st.DataObject) -> None:
    roll = owners(*held, 50_0000)
    votes = "".join(data.draw(marks) for _ in held)
    rules = data.draw(st.sampled_from((ORDINARY, SPECIAL, MAJORITY)))
    if put(roll, rules, votes).passed:
        assert put(roll, rules, f"{votes}同").passed


@given(areas, st.randoms(use_true_random=False), st.data())
def test_the_order_of_the_votes_changes_nothing(held: list[int], random: Random, data: st.DataObject) -> None:
    roll = owners(*held)
    votes = [Vote(voter.key, (data.draw(st.sampled_from((YES, NO, ABSTAIN))),)) for voter in roll.voters]
    shuffled = random.sample(votes, len(votes))
    assert decide_all(roll, votes) == decide_all(roll, shuffled)


@given(areas, st.data())
def test_adding_up_vote_by_vote_gives_the_same_sums(held: list[int], data: st.DataObject) -> None:
    roll = owners(*held)
    votes = [Vote(voter.key, (data.draw(st.sampled_from((YES, NO, ABSTAIN))),)) for voter in roll.voters]
    one_by_one = [add_up(roll, [vote]) for vote in votes]
    for place, total in enumerate(add_up(roll, votes)):
        assert total.cast == sum(sums[place].cast for sums in one_by_one)
        for mark in (YES, NO, ABSTAIN):
            assert total.chosen.get(mark, 0) == sum(sums[place].chosen.get(mark, 0) for sums in one_by_one)


def decide_all(roll: Roll, votes: list[Vote]) -> Outcome:
    return decide(Slip.motion(), ORDINARY, entitled=count_of(roll), sums=add_up(roll, votes))
