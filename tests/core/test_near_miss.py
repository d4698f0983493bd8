"""What would have made a project win is the smallest number: with one less it loses."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from linli.core.choosing import select
from linli.core.near_miss import (
    Less,
    NearMiss,
    less_money,
    more_supporters,
    near_miss,
    near_miss_words,
    with_less,
    with_supporters,
)
from linli.core.selection import Completion, Election, Method, Rule, Tie
from tests.core.elections import PER_COST, SHARES, VOTES, election, elections

pytestmark = pytest.mark.req("G5")


def wins(one: Election, key: str) -> bool:
    return key in select(one).winners


@pytest.mark.parametrize(
    ("costs", "votes", "budget", "rule", "supporters", "less"),
    [
        pytest.param({"a": 10, "b": 10}, {"a": 8, "b": 5}, 12, VOTES, 4, Less(8, True), id="得票优先"),
        pytest.param({"a": 10, "b": 9}, {"a": 8, "b": 5}, 12, VOTES, 3, Less(7, True), id="便宜一些就少一票"),
        pytest.param({"b": 30}, {"b": 2, "": 8}, 100, SHARES, 2, Less(10, True), id="等额份额"),
        pytest.param({"b": 101}, {"b": 2}, 100, SHARES, None, Less(1, True), id="超过全部预算"),
    ],
)
def test_a_loser_is_told_what_was_missing(costs, votes, budget, rule, supporters, less) -> None:
    found = near_miss(election(costs, votes, budget, rule), "b")
    assert (found.supporters, found.less) == (supporters, less)


def test_what_is_excluded_cannot_be_helped_by_money() -> None:
    one = election({"a": 10, "b": 10}, {"a": 8, "b": 5}, 40, VOTES, exclusive=(frozenset("ab"),))
    assert near_miss(one, "b") == NearMiss("b", 4, None, tried=13)
    per_cost = replace(one, rule=PER_COST)
    assert less_money(per_cost, "b") == Less(4, True)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            NearMiss("b", 12, Less(830000, True), 60),
            "再有 12 人来投票、只选它，或者费用少 8,300 元，就能选上。",
        ),
        (NearMiss("b", None, Less(100, True), 60), "费用少 1 元，就能选上。"),
        (NearMiss("b", 12, None, 60), "再有 12 人来投票、只选它，就能选上。"),
        (NearMiss("b", None, None, 60), "再多 60 人只选它，或者费用降到一分钱，都选不上。"),
        (
            NearMiss("b", None, Less(100, False), 60),
            "费用少 1 元，就能选上（再少减一分就选不上；更小的减法没有一一试过）。",
        ),
    ],
    ids=["人和钱", "只有钱", "只有人", "都不行", "不一定最小"],
)
def test_it_is_said_in_one_sentence(found: NearMiss, said: str) -> None:
    assert near_miss_words(found) == said


def test_a_lot_that_is_not_drawn_is_no_win() -> None:
    rule = Rule(Method.VOTES, ties=(Tie.LOT,))
    one = election({"a": 10, "b": 10}, {"a": 3, "b": 2}, 10, rule)
    assert more_supporters(one, "b", most=9) == 2
    assert more_supporters(one, "b", most=1) is None


@settings(max_examples=40)
@given(elections())
def test_every_number_is_proved_by_running_again(one: Election) -> None:
    losers = select(one).passed
    assume(losers)
    key = losers[0].key
    found = near_miss(one, key, most=6)
    if found.supporters:
        assert wins(with_supporters(one, key, more=found.supporters), key)
    smaller = range(1, found.supporters or found.tried + 1)
    assert not any(wins(with_supporters(one, key, more=more), key) for more in smaller)
    if not found.less:
        return
    assert wins(with_less(one, key, less=found.less.amount), key)
    least = 1 if found.less.is_least else max(1, found.less.amount - 1)
    assert not any(wins(with_less(one, key, less=less), key) for less in range(least, found.less.amount))


@settings(max_examples=60)
@given(elections())
def test_a_winner_that_costs_less_still_wins(one: Election) -> None:
    winners = select(one).winners
    assume(winners and not one.rule.completion.raises)
    key = winners[-1]
    cost = next(project.cost for project in one.projects if project.key == key)
    assert all(wins(with_less(one, key, less=less), key) for less in range(1, cost))


@settings(max_examples=60)
@given(elections())
def test_by_votes_a_winner_with_more_supporters_still_wins(one: Election) -> None:
    winners = select(one).winners
    assume(winners and one.rule.method is not Method.EQUAL_SHARES)
    assert all(wins(with_supporters(one, winners[-1], more=more), winners[-1]) for more in range(1, 4))


def test_raised_shares_may_leave_out_what_became_cheaper() -> None:
    """The reason why a saving is then called the smallest only of those that were tried."""
    rule = Rule(Method.EQUAL_SHARES, completion=Completion.RAISE, raised_by=1)
    found = less_money(election({"a": 12, "b": 12}, {"a": 1, "b": 1}, 22, rule), "b")
    assert found == Less(found.amount if found else 0, False)
