"""Projects are chosen under a budget exactly by the stated rule, and everybody can see why."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.core.choosing import select
from linli.core.equal_shares import share_out
from linli.core.purchase import Bar, Part, Stage, Tied, lot, paid
from linli.core.selection import (
    Ballot,
    Completion,
    Election,
    Form,
    Limits,
    Marking,
    Method,
    Project,
    Rule,
    Satisfaction,
    Tally,
    Tie,
    merged,
    read_knapsack,
    yuan,
)
from linli.core.selection_words import sentences
from linli.core.verdict import Refused
from tests.core.elections import PER_COST, SHARES, VOTES, election, elections

pytestmark = pytest.mark.req("C14", "G5")

REDS, BLUES = "abcdefghij", "klmnopqrst"


def bars(one: Election) -> dict[str, Bar]:
    return {passed.key: passed.bar for passed in select(one).passed}


@pytest.mark.parametrize(
    ("costs", "votes", "budget", "rule", "winners"),
    [
        pytest.param({"a": 10, "b": 6, "c": 5}, {"ab": 6, "c": 4}, 15, VOTES, "bc", id="得票相等先选便宜的"),
        pytest.param(
            {"a": 10, "b": 6, "c": 5}, {"ab": 6, "a": 1, "c": 4}, 15, VOTES, "ac", id="得票多的先选"
        ),
        pytest.param({"a": 10, "b": 6, "c": 5}, {"ab": 6, "a": 1, "c": 4}, 14, VOTES, "a", id="差一分"),
        pytest.param({"a": 10, "b": 5}, {"a": 9, "b": 5}, 10, PER_COST, "b", id="每元得票多的先选"),
        pytest.param({"a": 10, "b": 5}, {"a": 11, "b": 5}, 10, PER_COST, "a", id="每元得票多的先选，换一边"),
        pytest.param({"a": 10}, {"a": 5, "b": 5}, 20, SHARES, "a", id="支持的人恰好出得起"),
        pytest.param({"a": 10}, {"a": 5, "b": 5}, 19, SHARES, "", id="支持的人差一点出不起"),
    ],
)
def test_a_rule_chooses(costs, votes, budget, rule, winners) -> None:
    costs = costs | {key: 1000 for keys in votes for key in keys if key not in costs}
    assert select(election(costs, votes, budget, rule)).winners == tuple(winners)


def test_51_of_100_do_not_take_it_all() -> None:
    """The introductory example of Peters and Skowron for equal shares: 51 name ten red ones, 49 ten blue."""
    costs = dict.fromkeys(REDS + BLUES, 100)
    votes = {REDS: 51, BLUES: 49}
    by_votes = select(election(costs, votes, 1000, VOTES))
    assert set(by_votes.winners) == set(REDS)
    raised = Rule(Method.EQUAL_SHARES, completion=Completion.RAISE, raised_by=1)
    chosen = select(election(costs, votes, 1000, raised)).winners
    assert len(set(chosen) & set(REDS)) == len(set(chosen) & set(BLUES)) == 5
    plain = select(election(costs, votes, 1000, SHARES)).winners
    assert (len(set(plain) & set(REDS)), len(set(plain) & set(BLUES))) == (5, 4)


def test_who_has_less_pays_what_is_left_and_the_others_the_same() -> None:
    # Ten each; after a, four of them have five left, so b's last two pay ten and the price is the same.
    one = election({"a": 30, "b": 40}, {"ab": 4, "a": 2, "b": 2}, 80, SHARES)
    chosen = select(one)
    first, second = chosen.rounds
    assert (first.key, first.full, first.rest) == ("a", Part(6, Fraction(30)), Part())
    assert (second.key, second.price) == ("b", 10)
    assert (second.full, second.rest) == (Part(2, Fraction(20)), Part(4, Fraction(20)))
    assert paid(one, chosen) == (10, 5, 10)


def test_points_pay_in_proportion() -> None:
    projects = (Project("a", "路灯", 30),)
    ballots = (Ballot((("a", 2),)), Ballot((("a", 1),)))
    one = Election(projects, ballots, Limits(60), SHARES, Form(Marking.POINTS, 3))
    assert select(one).rounds[0].full == Part(2, Fraction(30))
    assert paid(one, select(one)) == (20, 10)


def test_worth_by_cost_and_by_number_choose_differently() -> None:
    costs, votes = {"a": 60, "b": 20}, {"ab": 3, "a": 1, "": 2}
    by_cost = select(election(costs, votes, 120, SHARES))
    by_count = select(election(costs, votes, 120, Rule(Method.EQUAL_SHARES, Satisfaction.COUNT)))
    assert (by_cost.winners, by_count.winners) == (("a",), ("b", "a"))


@pytest.mark.parametrize(
    ("completion", "winners"),
    [(Completion.NONE, "a"), (Completion.VOTES, "ab"), (Completion.RAISE, "ac")],
    ids=["余钱不动", "余钱按得票", "逐步加份额"],
)
def test_what_is_left_goes_by_the_completion(completion: Completion, winners: str) -> None:
    rule = Rule(Method.EQUAL_SHARES, completion=completion, raised_by=1 if completion.raises else 0)
    # Ten each of a hundred: b has more votes but poor ones; c's three have all of theirs.
    one = election({"a": 50, "b": 50, "c": 36}, {"ab": 5, "": 2, "c": 3}, 100, rule)
    assert select(one).winners == tuple(winners)


def test_shares_are_raised_to_the_last_step_within_the_budget() -> None:
    rule = Rule(Method.EQUAL_SHARES, completion=Completion.RAISE, raised_by=1)
    chosen = select(election({"a": 12, "b": 12}, {"a": 1, "b": 1}, 22, rule))
    # Eleven each: at twelve both could be paid for, and that would overrun the money.
    assert (chosen.winners, chosen.raises, chosen.share) == ((), 0, 11)
    raised = select(election({"a": 12, "b": 12}, {"a": 1, "b": 1, "": 1}, 24, rule))
    assert (raised.winners, raised.raises, raised.share) == (("a", "b"), 4, 12)


def test_limits_pass_over_what_exceeds_them() -> None:
    projects = (
        Project("a", "路灯", 10, district="东片"),
        Project("b", "长椅", 10, district="东片"),
        Project("c", "花坛", 10, category="绿化"),
        Project("d", "棋桌", 10, least=3),
        Project("e", "雨棚", 10),
        Project("f", "车棚", 10),
        Project("g", "看台", 10),
    )
    ballots = (Ballot(tuple((key, 1) for key in "abce"), 5), Ballot((("d", 1),), 2), Ballot((("f", 1),), 1))
    limits = Limits(20, {"东片": 19}, {"绿化": 9}, (frozenset("ae"),))
    for rule in (VOTES, PER_COST):
        one = Election(projects, ballots, limits, rule)
        assert select(one).winners == ("a", "f")
        assert bars(one) == {
            "b": Bar.DISTRICT,
            "c": Bar.CATEGORY,
            "d": Bar.TOO_FEW,
            "e": Bar.EXCLUDED,
            "g": Bar.UNNAMED,
        }
    wider = replace(limits, budget=40, districts={"东片": 20}, categories={"绿化": 10})
    assert select(Election(projects, ballots, wider, VOTES)).winners == ("a", "b", "c", "f")


def test_a_lot_waits_for_its_seed_and_then_decides_for_everybody_alike() -> None:
    rule = Rule(Method.VOTES, ties=(Tie.MORE_VOTES, Tie.LESS_COST, Tie.LOT))
    level = election({"a": 10, "b": 10}, {"a": 3, "b": 3}, 10, rule)
    with pytest.raises(Tied, match="抽签") as stopped:
        select(level)
    assert stopped.value.keys == ("a", "b")
    for seed in ("一等奖 0731", "一等奖 0732", "x"):
        drawn = replace(level, rule=replace(rule, seed=seed))
        turned = replace(drawn, projects=drawn.projects[::-1], ballots=drawn.ballots[::-1])
        assert select(drawn).winners == select(turned).winners == (min("ab", key=lambda key: lot(seed, key)),)


@pytest.mark.parametrize(
    ("ties", "winner"),
    [((Tie.LESS_COST, Tie.EARLIER), "b"), ((Tie.EARLIER,), "a"), ((Tie.MORE_VOTES, Tie.EARLIER), "c")],
    ids=["先便宜的", "先序号小的", "先得票多的"],
)
def test_ties_are_broken_in_the_stated_order(ties: tuple[Tie, ...], winner: str) -> None:
    rule = Rule(Method.VOTES_PER_COST, ties=ties)
    one = election({"a": 10, "b": 5, "c": 15}, {"abc": 5, "ac": 5, "c": 5}, 15, rule)
    assert select(one).winners[0] == winner


@pytest.mark.parametrize(
    ("form", "marked", "given"),
    [
        (Form(Marking.APPROVAL, 2), ["b", "a"], (("a", 1), ("b", 1))),
        (Form(Marking.POINTS, 5), {"b": 4, "a": 1, "c": 0}, (("a", 1), ("b", 4))),
        (Form(Marking.RANKED, 3), ["b", "a"], (("b", 3), ("a", 2))),
    ],
    ids=["勾选", "打分", "排名"],
)
def test_a_ballot_is_read_as_its_form_says(form: Form, marked, given) -> None:
    projects = {key: Project(key, key, 10) for key in "abc"}
    assert form.read(marked, projects).given == given


@pytest.mark.parametrize(
    ("form", "marked", "said"),
    [
        (Form(Marking.APPROVAL, 2), ["a", "b", "c"], "最多选 2 个"),
        (Form(Marking.APPROVAL), ["a", "z"], "没有这个项目：z"),
        (Form(Marking.RANKED, 3), ["a", "a"], "选了两次"),
        (Form(Marking.POINTS, 5), {"a": 5, "b": 1}, "一共打了 6 分，最多 5 分"),
        (Form(Marking.POINTS, 5), {"a": -1}, "不小于零"),
    ],
    ids=["选多了", "名单外", "重复", "分数超了", "负分"],
)
def test_a_ballot_that_breaks_its_form_is_refused(form: Form, marked, said: str) -> None:
    with pytest.raises(Refused, match=said):
        form.read(marked, {key: Project(key, key, 10) for key in "abc"})


def test_a_knapsack_may_be_full_and_not_a_fen_fuller() -> None:
    projects = {key: Project(key, key, 10) for key in "ab"}
    assert read_knapsack("ab", projects, of=20).given == (("a", 1), ("b", 1))
    with pytest.raises(Refused, match=r"一共 0\.20 元，预算只有 0\.19 元"):
        read_knapsack("ab", projects, of=19)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Project("a", "路灯", 0),
        lambda: Project("a", "路灯", 1.5),
        lambda: Project("", "路灯", 1),
        lambda: Project("a", "路灯", 1, least=0),
        lambda: Limits(-1),
        lambda: Limits(10, {"东片": 0.5}),
        lambda: Ballot((("a", 1), ("a", 1))),
        lambda: Ballot((("a", 0),)),
        lambda: Ballot((), 0),
        lambda: Form(Marking.POINTS),
        lambda: Rule(Method.VOTES, ties=(Tie.LESS_COST,)),
        lambda: Rule(Method.VOTES, completion=Completion.VOTES),
        lambda: Rule(Method.EQUAL_SHARES, completion=Completion.RAISE),
        lambda: Rule(Method.EQUAL_SHARES, raised_by=1),
        lambda: Election((Project("a", "甲", 1), Project("a", "乙", 1)), (), Limits(1), VOTES),
        lambda: Election((), (Ballot((("a", 1),)),), Limits(1), VOTES),
    ],
)
def test_what_makes_no_sense_is_no_value(wrong) -> None:
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        wrong()


def test_the_account_is_said_in_plain_words() -> None:
    one = election({"a": 3000, "b": 4000, "c": 5000}, {"ab": 4, "a": 2, "b": 2, "c": 1}, 9000, SHARES)
    assert sentences(one, select(one)) == (
        "预算 90 元，9 人投票，每人一份 10 元。",
        "第 1 轮：选中「项目a」，费用 30 元，6 人支持：每人出 5 元。",
        "第 2 轮：选中「项目b」，费用 40 元，6 人支持：2 人每人出 10 元，另外 4 人剩得少，一共出 20 元。",
        "「项目c」没有选上：费用 50 元，支持它的人手里一共还剩 10 元，差 40 元。",
    )


@pytest.mark.parametrize(
    ("fen", "said"),
    [(1200000, "12,000 元"), (5, "0.05 元"), (Fraction(10000, 3), "约 33.33 元"), (-150, "-1.50 元")],
)
def test_money_is_said_in_yuan(fen: int | Fraction, said: str) -> None:
    assert yuan(fen) == said


@settings(max_examples=50)
@given(elections())
def test_nothing_is_overspent_and_every_project_is_accounted_for(one: Election) -> None:
    chosen = select(one)
    cost = {project.key: project for project in one.projects}
    bought = [cost[key] for key in chosen.winners]
    limits = one.limits
    assert sum(project.cost for project in bought) == limits.budget - chosen.left <= limits.budget
    for name, limit in limits.districts.items():
        assert sum(project.cost for project in bought if project.district == name) <= limit
    for name, limit in limits.categories.items():
        assert sum(project.cost for project in bought if project.category == name) <= limit
    assert all(len(group & set(chosen.winners)) <= 1 for group in limits.exclusive)
    tally = Tally.of(one)
    assert all(tally.named[project.key] >= project.least for project in bought)
    assert sorted([*chosen.winners, *(passed.key for passed in chosen.passed)]) == sorted(cost)
    assert len(sentences(one, chosen)) == 1 + len(cost)


@settings(max_examples=50)
@given(elections())
def test_nobody_pays_more_than_a_share_nor_for_what_they_did_not_name(one: Election) -> None:
    chosen = select(one)
    spent = paid(one, chosen)
    assert all(0 <= each <= chosen.share for each in spent)
    shared = [each for each in chosen.rounds if each.stage is Stage.EQUAL_SHARES]
    assert all(each.full.total + each.rest.total == each.cost for each in shared)
    total = sum(each * ballot.people for each, ballot in zip(spent, one.ballots, strict=True))
    assert total == sum(each.cost for each in shared)
    for each, ballot in zip(spent, one.ballots, strict=True):
        assert not each or {key for key, _ in ballot.given} & set(chosen.winners)


@settings(max_examples=50)
@given(elections(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_who_shares_one_do_not_matter(one: Election, dice) -> None:
    ballots = [Ballot(ballot.given) for ballot in one.ballots for _ in range(ballot.people)]
    dice.shuffle(ballots)
    for other in (tuple(ballots), merged(ballots)):
        assert select(replace(one, ballots=other)).rounds == select(one).rounds


@settings(max_examples=50)
@given(elections(st.just(replace(SHARES, ties=(Tie.LOT,), seed="种子"))), st.randoms(use_true_random=False))
def test_the_order_of_projects_does_not_matter_to_the_lot(one: Election, dice) -> None:
    projects = list(one.projects)
    dice.shuffle(projects)
    assert select(replace(one, projects=tuple(projects))).rounds == select(one).rounds


@settings(max_examples=50)
@given(elections())
def test_no_supporters_who_could_still_pay_are_left_behind(one: Election) -> None:
    tally = Tally.of(one)
    shared = share_out(one, tally, one.share)
    bought = {each.project.key for each in shared.bought}
    free = not (one.limits.districts or one.limits.categories or one.limits.exclusive)
    for project in one.projects:
        if free and project.key not in bought and tally.named[project.key] >= project.least:
            assert shared.means(project.key) < project.cost
