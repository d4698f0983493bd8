"""A slip counts when two people have typed it alike, and only once."""

import pytest

from linli.ballots import boxes, queries
from linli.ballots.actions import closing, papers
from linli.ballots.actions.papers import Typed
from linli.ballots.models import Ballot, Elector
from linli.core.ballot import SPOILT
from linli.core.eligibility import Roll
from tests.ballots.polls import CLOSES, LATER, cast, neighbours, opened, refused, seat, voter
from tests.world import World

pytestmark = pytest.mark.req("X8")


def printed(world: World) -> tuple[Roll, Ballot, str]:
    """A ballot with one slip, for the first of three."""
    roll = neighbours(3)
    ballot = opened(world, roll)
    first = seat(ballot, voter(roll, 0))
    (slip,) = papers.print_slips(ballot, electors=[first], by=world.secretary, at=LATER)
    assert slip.name == first.name
    return roll, ballot, slip.code


def test_two_people_who_type_the_same_make_it_count(world: World) -> None:
    _, ballot, code = printed(world)
    first = papers.type_in(ballot, code=code, chosen=("yes",), by=world.secretary, at=LATER)
    assert (first, boxes.cast(boxes.standing(ballot))) == (Typed.FIRST, (0, 0))
    second = papers.type_in(ballot, code=code.lower(), chosen=("yes",), by=world.dispatcher, at=LATER)
    assert (second, boxes.cast(boxes.standing(ballot))) == (Typed.COUNTED, (1, 0))
    assert Elector.objects.get(ballot=ballot, how="paper").receipt


def test_one_person_alone_makes_nothing_count(world: World) -> None:
    _, ballot, code = printed(world)
    papers.type_in(ballot, code=code, chosen=("yes",), by=world.secretary, at=LATER)
    with refused("这张票您已经录过"):
        papers.type_in(ballot, code=code, chosen=("yes",), by=world.secretary, at=LATER)


def test_two_who_read_it_differently_begin_anew(world: World) -> None:
    _, ballot, code = printed(world)
    papers.type_in(ballot, code=code, chosen=("yes",), by=world.secretary, at=LATER)
    found = papers.type_in(ballot, code=code, chosen=("no",), by=world.dispatcher, at=LATER)
    assert (found, boxes.cast(boxes.standing(ballot))) == (Typed.DIFFERENT, (0, 0))
    assert queries.half_typed(ballot) == 0


def test_a_code_is_used_once(world: World) -> None:
    _, ballot, code = printed(world)
    for actor in (world.secretary, world.dispatcher):
        papers.type_in(ballot, code=code, chosen=("yes",), by=actor, at=LATER)
    with refused("一个编码只能用一次"):
        papers.type_in(ballot, code=code, chosen=("no",), by=world.secretary, at=LATER)


def test_a_code_that_was_never_printed_is_refused(world: World) -> None:
    _, ballot, _ = printed(world)
    with refused("没有这个编码的票"):
        papers.type_in(ballot, code="AAAA-BBBB-CCCC-DDDD", chosen=("yes",), by=world.secretary, at=LATER)


def test_whoever_voted_by_phone_does_not_count_again_on_paper(world: World) -> None:
    roll, ballot, code = printed(world)
    cast(ballot, voter(roll, 0), "no")
    papers.type_in(ballot, code=code, chosen=("yes",), by=world.secretary, at=LATER)
    with refused("已经投过票"):
        papers.type_in(ballot, code=code, chosen=("yes",), by=world.dispatcher, at=LATER)
    assert boxes.cast(boxes.standing(ballot)) == (1, 0)


def test_a_slip_half_typed_keeps_the_ballot_open(world: World) -> None:
    _, ballot, code = printed(world)
    papers.type_in(ballot, code=code, chosen=("yes",), by=world.secretary, at=LATER)
    with refused("还有 1 张纸质票只录了一遍"):
        closing.close(ballot, by=world.secretary, at=CLOSES)
    papers.type_in(ballot, code=code, chosen=("yes",), by=world.dispatcher, at=CLOSES)
    assert closing.close(ballot, by=world.secretary, at=CLOSES)


def test_a_spoilt_slip_has_voted_for_nothing(world: World) -> None:
    _, ballot, code = printed(world)
    for actor in (world.secretary, world.dispatcher):
        papers.type_in(ballot, code=code, chosen=(SPOILT,), by=actor, at=LATER)
    outcome = closing.close(ballot, by=world.secretary, at=CLOSES)
    assert "应参加 3 人，到会 1 人" in outcome.said


@pytest.mark.parametrize("count", [0, papers.MOST_SLIPS + 1])
def test_too_few_or_too_many_slips_are_refused(world: World, count: int) -> None:
    ballot = opened(world, neighbours(2))
    electors = list(queries.named(ballot, "", most=1)) * count
    with refused("一次印 1 到 500 张"):
        papers.print_slips(ballot, electors=electors, by=world.secretary, at=LATER)


def test_nobody_without_the_office_prints_or_types(world: World) -> None:
    _, ballot, code = printed(world)
    with refused("不在您的职务范围里"):
        papers.type_in(ballot, code=code, chosen=("yes",), by=world.resident, at=LATER)
    with refused("不在您的职务范围里"):
        papers.print_slips(ballot, count=1, by=world.resident, at=LATER)
