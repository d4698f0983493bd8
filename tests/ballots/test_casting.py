"""One head votes once, in its time, and it stands."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.ballots import access, boxes, handing, queries
from linli.ballots.actions import casting, closing, proxies
from linli.ballots.models import Box, Elector, Vote
from linli.bodies.actor import Actor
from linli.core.ballot import ABSTAIN, NO, YES
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Electorate
from linli.core.funnel import Measure
from linli.outbox import queries as outbox
from linli.people import actions as people
from linli.record import queries as record
from tests.ballots.polls import (
    CLOSES,
    LATER,
    OWNERS,
    cast,
    cast_all,
    election,
    neighbours,
    opened,
    refused,
    seat,
    voter,
)
from tests.world import TUESDAY, World

pytestmark = pytest.mark.req("X8")


def state() -> tuple[list[Any], ...]:
    """All that a vote could change."""
    return tuple(list(model.objects.order_by("pk").values()) for model in (Elector, Vote, Box))


def test_a_vote_is_counted_at_once_where_votes_are_open(world: World) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    cast_all(ballot, roll, "同反")
    assert [(one.key, one.sums[0][1]) for one in queries.progress(ballot).live] == [
        (YES, 1),
        (NO, 1),
        (ABSTAIN, 0),
    ]
    (heads,) = queries.progress(ballot).turnout
    assert (heads.cast, heads.entitled) == (2, 3)


def test_nobody_votes_twice_and_nothing_changes_by_trying(world: World) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    stale = seat(ballot, voter(roll, 0))
    cast(ballot, voter(roll, 0), YES)
    before = state()
    for elector in (stale, seat(ballot, voter(roll, 0))):
        with refused("已经投过票，不能再投，也不能改投") as caught:
            casting.cast(elector, (NO,), by=voter(roll, 0), at=LATER)
        assert caught.value.refusals[0].clause == ballot.clause
    assert state() == before


@pytest.mark.parametrize(
    ("at", "why"),
    [
        pytest.param(TUESDAY - timedelta(seconds=1), "还没有开始", id="开始前一秒"),
        pytest.param(TUESDAY, "", id="开始"),
        pytest.param(CLOSES - timedelta(seconds=1), "", id="截止前一秒"),
        pytest.param(CLOSES, "已经截止", id="截止"),
    ],
)
def test_votes_are_taken_in_their_time(world: World, at: Any, why: str) -> None:
    roll = neighbours(2)
    ballot = opened(world, roll)
    before = state()
    if not why:
        assert cast(ballot, voter(roll, 0), YES, at=at)
        return
    with refused(why):
        cast(ballot, voter(roll, 0), YES, at=at)
    assert state() == before


def test_a_vote_that_comes_while_the_boxes_are_sealed_is_refused_whole(world: World) -> None:
    roll = neighbours(2)
    ballot = opened(world, roll)
    elector = seat(ballot, voter(roll, 0))
    boxes.seal(ballot)
    with refused("刚刚结束"):
        casting.cast(elector, (YES,), by=voter(roll, 0), at=LATER)


def test_a_stranger_has_no_head_to_vote_for(world: World) -> None:
    ballot = opened(world, neighbours(2))
    some = queries.named(ballot, "", most=1)[0]
    assert access.seat(ballot.number, some.pk, person=world.stranger.person_id) is None
    assert access.seat(ballot.number, some.pk, person=None) is None


def test_co_owners_have_one_vote_together(world: World) -> None:
    first, second = (people.enrol(name=name) for name in ("陈大海", "林小芳"))
    head = Voter("owner:1+2", "陈大海、林小芳", (first.pk, second.pk), area=90_0000)
    ballot = opened(world, Roll(Electorate.OWNERS, (head,)), OWNERS)
    cast(ballot, Actor(second.pk, second.name), YES)
    with refused("陈大海、林小芳已经投过票"):
        cast(ballot, Actor(first.pk, first.name), NO)


def test_what_is_no_vote_changes_nothing(world: World) -> None:
    roll = neighbours(2)
    ballot = opened(world, roll)
    before = state()
    with refused("最多选 1 个"):
        cast(ballot, voter(roll, 0), YES, NO)
    assert state() == before


def test_area_is_weighed_to_the_square_centimetre(world: World) -> None:
    roll = neighbours(3, areas=(89_3501, 60_0000, 45_5000))
    ballot = opened(world, roll, OWNERS)
    cast_all(ballot, roll, "同反")
    area = next(one for one in queries.progress(ballot).turnout if one.measure is Measure.FLOOR_AREA)
    assert (area.cast, area.entitled) == (149_3501, 194_8501)


@pytest.mark.parametrize(
    ("votes", "own", "why"),
    [
        pytest.param("同反反", YES, "使两边相等", id="造成平局"),
        pytest.param("同同反", NO, "使两边相等", id="把通过拉成平局"),
        pytest.param("同反", YES, "", id="打破平局"),
        pytest.param("同反反", ABSTAIN, "", id="弃权"),
    ],
)
def test_the_chair_does_not_make_a_tie(world: World, votes: str, own: str, why: str) -> None:
    roll = neighbours(4)
    chair = voter(roll, 3)
    ballot = opened(world, roll, chair=chair.person_id)
    cast_all(ballot, roll, votes)
    if not why:
        assert cast(ballot, chair, own)
        return
    with refused(why) as caught:
        cast(ballot, chair, own)
    assert caught.value.refusals[0].clause is not None
    assert caught.value.refusals[0].clause.rule == "D-7"


def test_a_vote_costs_few_statements(world: World) -> None:
    roll, at_once = neighbours(3), 2 if handing.is_possible() else None
    for ballot, mark, one_by_one in ((opened(world, roll), YES, 4), (election(world, roll), "c1", 3)):
        cast(ballot, voter(roll, 0), mark)
        number = seat(ballot, voter(roll, 1)).pk
        with CaptureQueriesContext(
            connection,
        ) as asked:
            elector = access.seat(ballot.number, number, person=voter(roll, 1).person_id)
            assert elector is not None
            casting.cast(elector, (mark,), by=voter(roll, 1), at=LATER)
        assert len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]) == (
            at_once or one_by_one
        )


def entered(world: World, roll: Roll, place: int = 0) -> "tuple[Any, Elector]":
    ballot = opened(world, roll)
    elector = seat(ballot, voter(roll, place))
    casting.enter(elector, (YES,), basis="11月24日 电话 138****1234", by=world.secretary, at=LATER)
    return ballot, seat(ballot, voter(roll, place))


def test_what_staff_enter_counts_and_the_voter_is_asked(world: World) -> None:
    roll = neighbours(2)
    ballot, elector = entered(world, roll)
    assert queries.unconfirmed(ballot) == 1
    assert outbox.unread(to=voter(roll, 0).person_id or 0) == 2
    casting.confirm(elector, by=voter(roll, 0), at=LATER)
    assert queries.unconfirmed(ballot) == 0
    with refused("已经确认过"):
        casting.dispute(elector, by=voter(roll, 0), at=LATER)
    assert [line.act for line in record.timeline(chain=ballot.number)] == ["open_ballot", "enter_vote"]


def test_what_the_voter_disputes_no_longer_counts_and_they_may_vote(world: World) -> None:
    roll = neighbours(2)
    ballot, elector = entered(world, roll)
    casting.dispute(elector, by=voter(roll, 0), at=LATER)
    assert boxes.cast(boxes.standing(ballot)) == (0, 0)
    cast(ballot, voter(roll, 0), NO)
    outcome = closing.close(ballot, by=world.secretary, at=CLOSES)
    assert outcome.standings[1].sums == ((Measure.HEADCOUNT, 1),)
    assert Vote.objects.count() == 2


@pytest.mark.parametrize(
    ("chosen", "basis", "why"),
    [
        pytest.param((YES,), " ", "还没有写凭据", id="没有凭据"),
        pytest.param((), "电话", "还没有选", id="没有选"),
    ],
)
def test_staff_enter_nothing_without_grounds(
    world: World, chosen: tuple[str, ...], basis: str, why: str
) -> None:
    roll = neighbours(2)
    elector = seat(opened(world, roll), voter(roll, 0))
    before = state()
    with refused(why):
        casting.enter(elector, chosen, basis=basis, by=world.secretary, at=LATER)
    assert state() == before


def test_nobody_enters_a_secret_vote_for_another(world: World) -> None:
    roll = neighbours(2)
    elector = seat(election(world, roll), voter(roll, 0))
    with refused("无记名表决不能由别人代录"):
        casting.enter(elector, ("c1",), basis="电话", by=world.secretary, at=LATER)


def test_a_receipt_is_known_and_a_guess_is_not(world: World) -> None:
    roll = neighbours(2)
    ballot = election(world, roll)
    code = cast(ballot, voter(roll, 0), "c2")
    assert queries.is_received(ballot, casting.plain_code(code.lower().replace("-", " ")))
    assert not queries.is_received(ballot, casting.new_code())
    assert not queries.is_received(ballot, "")


def test_a_proxy_votes_for_the_giver_who_then_cannot(world: World) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    giver, holder = voter(roll, 0), voter(roll, 1)
    proxies.register(
        seat(ballot, giver),
        holder=holder.person_id or 0,
        paper="11月20日委托书",
        by=world.secretary,
        at=LATER,
    )
    with refused("已经书面委托别人投票"):
        cast(ballot, giver, YES)
    heads = queries.seats(ballot.number, person=holder.person_id or 0)
    for one in heads:
        casting.cast(one, (YES,), by=holder, at=LATER)
    assert sorted(Elector.objects.filter(ballot=ballot).values_list("how", flat=True)) == [
        "",
        "phone",
        "proxy",
    ]
