"""Forums, rolls and ballots for the tests of the room (表决的造数)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from linli.ballots import access, queries
from linli.ballots.actions import casting, opening
from linli.ballots.actions.opening import Asked
from linli.bodies.actor import Actor
from linli.core.ballot import NO, YES, Kind, Option, Slip
from linli.core.clause import Clause, Mark
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Bound, Electorate, Forum, Proxies
from linli.core.threshold import Threshold
from linli.core.verdict import Refused
from linli.people import actions as people
from tests.world import PACK, TUESDAY, World, spots

if TYPE_CHECKING:
    from linli.ballots.models import Ballot, Elector

RC_19 = Clause("RC-19", "中华人民共和国城市居民委员会组织法", "第十九条", Mark.READ)
RC_27 = Clause("RC-27", "中华人民共和国城市居民委员会组织法", "第二十七条", Mark.READ)
O_1 = Clause("O-1", "中华人民共和国民法典", "第二百七十八条", Mark.READ)
CLOSES = TUESDAY + timedelta(days=5)
LATER = TUESDAY + timedelta(hours=2)


@contextmanager
def refused(why: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """Expect an act to be refused in these words, and undo what it began."""
    with pytest.raises(Refused, match=why) as caught, transaction.atomic():
        yield caught


def bound(sentence: str, clause: Clause) -> Bound:
    return Bound(Threshold.parse(sentence), clause)


ASSEMBLY = Forum(
    "residents_assembly",
    "居民会议",
    Electorate.ADULTS,
    RC_27,
    quorum=bound("attending of entitled by headcount > 1/2", RC_27),
    passes=bound("agreeing of attending by headcount > 1/2", RC_27),
    proxies=Proxies(3, RC_19),
)
ELECTION = Forum(
    "election",
    "居委会选举",
    Electorate.ADULTS,
    RC_19,
    quorum=bound("voting of entitled by headcount > 1/2", RC_19),
    passes=bound("agreeing of voting by headcount > 1/2", RC_19),
    proxies=Proxies(3, RC_19),
    is_secret=True,
)
OWNERS = Forum(
    "owners_assembly",
    "业主大会",
    Electorate.OWNERS,
    O_1,
    quorum=bound("voting of entitled by floor_area >= 2/3 and voting of entitled by headcount >= 2/3", O_1),
    passes=bound("agreeing of voting by floor_area > 1/2 and agreeing of voting by headcount > 1/2", O_1),
    locks_agenda=True,
)


def neighbours(count: int, *, areas: Sequence[int] = (), homes: int = 0) -> Roll:
    """Enter so many people and put them on a roll; with ``areas`` as owners, in ``homes`` as neighbours."""
    entered = [people.enrol(name=f"居民{number:02d}", key=f"poll-{number}") for number in range(count)]
    voters = tuple(
        Voter(
            f"person:{one.pk}",
            one.name,
            (one.pk,),
            household=f"household:{place % homes}" if homes else "",
            area=areas[place] if areas else 0,
        )
        for place, one in enumerate(entered)
    )
    return Roll(Electorate.OWNERS if areas else Electorate.ADULTS, voters)


def candidates(*names: str, people: Sequence[int | None] = ()) -> tuple[Option, ...]:
    """Put names on a slip, with the people they are where that matters."""
    standing = people or [None] * len(names)
    return tuple(
        Option(f"c{place}", name, person)
        for place, (name, person) in enumerate(zip(names, standing, strict=True), start=1)
    )


def asked(forum: Forum = ASSEMBLY, **changes: Any) -> Asked:
    told: dict[str, Any] = {
        "forum": forum,
        "question": "是否在三号小区加装充电棚",
        "slip": Slip.motion(),
        "place_path": spots("tonghua")[-1].path,
        "pack": PACK,
        "opens_at": TUESDAY,
        "closes_at": CLOSES,
        "noticed": ("是否在三号小区加装充电棚",),
    }
    return Asked(**told | changes)


def opened(world: World, roll: Roll, forum: Forum = ASSEMBLY, **changes: Any) -> "Ballot":
    """Let the secretary open a ballot for a roll."""
    return opening.open_ballot(asked(forum, **changes), roll, by=world.secretary, at=TUESDAY)


def election(world: World, roll: Roll, *, seats: int = 1, **changes: Any) -> "Ballot":
    """Let the secretary open an election of some among three."""
    slip = Slip(Kind.ELECTION, candidates("陈大海", "林小芳", "周文"), seats)
    return opened(world, roll, ELECTION, slip=slip, question="选举居委会委员", **changes)


def voter(roll: Roll, place: int) -> Actor:
    """Return somebody of a roll as whoever votes."""
    one = roll.voters[place]
    return Actor(one.person_ids[0], one.name)


def seat(ballot: "Ballot", by: Actor) -> "Elector":
    """Return the first head that somebody may vote for."""
    return queries.seats(ballot.number, person=by.person_id or 0)[0]


def cast(ballot: "Ballot", by: Actor, *chosen: str, at: Any = LATER) -> str:
    """Let somebody vote by phone for their own head."""
    found = access.seat(ballot.number, seat(ballot, by).pk, person=by.person_id)
    assert found is not None
    return casting.cast(found, chosen, by=by, at=at)


def cast_all(ballot: "Ballot", roll: Roll, votes: str) -> None:
    """Let one after the other vote 同 or 反; any other sign is somebody who does not."""
    marks = {"同": YES, "反": NO}
    for place, mark in enumerate(votes):
        if mark in marks:
            cast(ballot, voter(roll, place), marks[mark])
