"""Equal shares at scale are equal shares: the same projects, the same prices, the same account."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings

from linli.core import choosing
from linli.core.purchase import Tied
from linli.core.selection import Ballot, Election, Limits, Method, Project, Rule, Satisfaction, Tie
from linli.methods.shares import select
from tests.core.elections import elections

pytestmark = pytest.mark.req("C14")


@settings(max_examples=300)
@given(elections())
def test_small_elections_come_out_as_they_are_defined(one: Election) -> None:
    assert select(one) == choosing.select(one)


@pytest.mark.parametrize("satisfaction", Satisfaction)
def test_a_large_election_comes_out_as_it_is_defined(satisfaction: Satisfaction) -> None:
    dice = Random(20261123)
    keys = [str(number) for number in range(25)]
    projects = tuple(Project(key, key, dice.randrange(5_000_000, 40_000_000)) for key in keys)
    ballots = tuple(
        Ballot(tuple((key, dice.choice((1, 1, 2))) for key in dice.sample(keys, dice.randrange(1, 7))))
        for _ in range(900)
    )
    one = Election(projects, ballots, Limits(200_000_000), Rule(Method.EQUAL_SHARES, satisfaction))
    found = select(one)
    assert found == choosing.select(one)
    assert len(found.winners) > 5


def test_a_tie_that_only_fractions_can_see_goes_to_the_lot() -> None:
    """Both cost a third of a third of what seven people have: level exactly, and not by rounding."""
    projects = (Project("a", "甲", 10**15 // 9), Project("b", "乙", 10**15 // 9 - 1))
    ballots = (Ballot((("a", 1),), 7), Ballot((("b", 1),), 7))
    rule = Rule(Method.EQUAL_SHARES, Satisfaction.COUNT, ties=(Tie.LOT,))
    one = Election(projects, ballots, Limits(10**15), rule)
    assert select(one).winners == ("b", "a")
    level = replace(one, projects=(projects[0], replace(projects[0], key="b")))
    with pytest.raises(Tied):
        select(level)
