"""Proxies are written, at most three for one holder, none for a candidate."""

from dataclasses import replace

import pytest

from linli.ballots import queries
from linli.ballots.actions import casting, proxies
from linli.ballots.models import Ballot, Proxy
from linli.core.ballot import Kind, Slip
from linli.core.eligibility import Roll
from linli.core.forum import Proxies
from tests.ballots.polls import (
    ASSEMBLY,
    ELECTION,
    LATER,
    RC_19,
    candidates,
    cast,
    neighbours,
    opened,
    refused,
    seat,
    voter,
)
from tests.world import World

pytestmark = pytest.mark.req("X8")
PAPER = "2026年11月20日委托书，存居委会"


def give(world: World, ballot: Ballot, giver: int, holder: int, roll: Roll, paper: str = PAPER) -> Proxy:
    return proxies.register(
        seat(ballot, voter(roll, giver)),
        holder=voter(roll, holder).person_id or 0,
        paper=paper,
        by=world.secretary,
        at=LATER,
    )


def test_the_fourth_proxy_for_one_holder_is_refused(world: World) -> None:
    roll = neighbours(6)
    ballot = opened(world, roll)
    for giver in (1, 2, 3):
        give(world, ballot, giver, 0, roll)
    with refused("已经接受 3 人委托，最多 3 人") as caught:
        give(world, ballot, 4, 0, roll)
    assert caught.value.refusals[0].clause == RC_19
    assert len(queries.proxies(ballot)) == 3
    assert give(world, ballot, 4, 5, roll)


def test_a_proxy_taken_back_makes_room_and_frees_the_giver(world: World) -> None:
    roll = neighbours(6)
    ballot = opened(world, roll)
    given = [give(world, ballot, giver, 0, roll) for giver in (1, 2, 3)]
    proxies.withdraw(given[0], by=world.secretary, at=LATER)
    assert give(world, ballot, 4, 0, roll)
    assert cast(ballot, voter(roll, 1), "yes")


def test_a_proxy_that_was_used_stands(world: World) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    given = give(world, ballot, 1, 0, roll)
    for elector in queries.seats(ballot.number, person=voter(roll, 0).person_id or 0):
        casting.cast(elector, ("yes",), by=voter(roll, 0), at=LATER)
    with refused("委托不能再撤回"):
        proxies.withdraw(given, by=world.secretary, at=LATER)


def test_a_candidate_holds_no_proxy(world: World) -> None:
    roll = neighbours(4)
    people = [voter(roll, place).person_id for place in (0, 1)]
    slip = Slip(Kind.ELECTION, candidates("居民00", "居民01", people=people), 1)
    ballot = opened(world, roll, ELECTION, slip=slip)
    with refused("候选人不得接受委托"):
        give(world, ballot, 2, 0, roll)
    assert give(world, ballot, 2, 3, roll)


@pytest.mark.parametrize("rule", [None, Proxies(0, RC_19)], ids=["没有规定", "代表投票"])
def test_where_no_proxy_is_allowed_there_is_none(world: World, rule: Proxies | None) -> None:
    roll = neighbours(2)
    ballot = opened(world, roll, replace(ASSEMBLY, proxies=rule))
    with refused("这次表决不得委托"):
        give(world, ballot, 0, 1, roll)


def test_a_proxy_is_written(world: World) -> None:
    roll = neighbours(2)
    ballot = opened(world, roll)
    with refused("委托要有书面凭据"):
        give(world, ballot, 0, 1, roll, paper=" ")


def test_whoever_voted_or_gave_a_proxy_gives_none(world: World) -> None:
    roll = neighbours(4)
    ballot = opened(world, roll)
    cast(ballot, voter(roll, 0), "yes")
    give(world, ballot, 1, 2, roll)
    for giver in (0, 1):
        with refused("已经投过票，或者已经委托过"):
            give(world, ballot, giver, 3, roll)
