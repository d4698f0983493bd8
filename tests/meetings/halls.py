"""Bringing a meeting to where a test begins, through the acts people use (造会)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.eligibility import Roll, Voter
from linli.core.floor import Kind
from linli.core.forum import Electorate
from linli.meetings import access, queries
from linli.meetings.access import Hall
from linli.meetings.actions import attending, convening, holding
from linli.meetings.actions.convening import Call, Guest, Item
from tests import make
from tests.world import TUESDAY, World, spots

if TYPE_CHECKING:
    from linli.meetings.models import Meeting

MEETS = TUESDAY + timedelta(days=12)
MOTION = "用公共收益换 3 栋的门禁，预算 6000 元，12月底前由居委会完成。"


def guest(who: Actor) -> Guest:
    return Guest(who.person_id or 0, who.name)


def voter(who: Actor, **facts: Any) -> Voter:
    return Voter(f"person:{who.person_id}", who.name, (who.person_id or 0,), **facts)


def roll(world: World, number: int = 6, electorate: Electorate = Electorate.DELEGATES) -> Roll:
    """Return a roll of so many heads: three of the cast, then people without phones."""
    known = [voter(one) for one in (world.resident, world.neighbour, world.stranger)][:number]
    others = [
        Voter(f"person:{one.pk}", one.name, (one.pk,))
        for one in (make.person(f"代表{place}") for place in range(len(known), number))
    ]
    return Roll(electorate, (*known, *others))


def call(world: World, **changes: Any) -> Call:
    told: dict[str, Any] = {
        "forum": "delegates_assembly",
        "title": "铜花社区第二次居民代表会议",
        "spots": spots("tonghua"),
        "venue": "社区议事厅",
        "meets_at": MEETS,
        "items": (Item("三号小区门禁改造"), Item("明年议事日安排")),
        "chair": guest(world.secretary),
        "recorder": guest(world.dispatcher),
    }
    return Call(**told | changes)


def convened(
    world: World, *, of: Roll | None = None, by: Actor | None = None, at: datetime = TUESDAY, **changes: Any
) -> "Meeting":
    """Let the secretary call a meeting of the delegates twelve days ahead."""
    return convening.convene(call(world, **changes), of or roll(world), by=by or world.secretary, at=at)


def hall(meeting: "Meeting", by: Actor, *, at: datetime = MEETS) -> Hall:
    """Lay a meeting before somebody who may see it, ready to act."""
    found = access.sit(meeting.number, by=by, at=at, to_act=True)
    assert found is not None
    return found


def do(meeting: "Meeting", by: Actor, act: Any, *args: Any, at: datetime = MEETS, **said: Any) -> Any:
    """Load and act in one piece, as the pages do."""
    with transaction.atomic():
        return act(hall(meeting, by, at=at), *args, **said)


def key_of(meeting: "Meeting", who: Actor) -> str:
    return queries.seats_of(meeting, who.person_id)[0].key


def keys(meeting: "Meeting") -> list[str]:
    """Return the keys of those with a vote, in the order of the roll."""
    return [one.key for one in queries.seats(meeting).filter(is_entitled=True).order_by("pk")]


def signed_in(world: World, meeting: "Meeting", number: int) -> None:
    """Sign so many of the roll in by name."""
    for key in keys(meeting)[:number]:
        do(meeting, world.dispatcher, attending.sign_in, key)


def opened(world: World, *, came: int = 5, item: int = 0, **changes: Any) -> "Meeting":
    """Open a meeting of six, of whom five came, and go on to its first item."""
    meeting = convened(world, **changes)
    signed_in(world, meeting, came)
    do(meeting, world.secretary, holding.open_meeting)
    do(meeting, world.secretary, holding.take_up, queries.items(meeting)[item].pk)
    return fresh(meeting)


def debated(world: World, **changes: Any) -> "Meeting":
    """Bring a motion of the resident to where it is seconded and stated."""
    meeting = opened(world, **changes)
    do(meeting, world.resident, holding.move, Kind.MAIN, MOTION)
    do(meeting, world.neighbour, holding.second)
    do(meeting, world.secretary, holding.call)
    do(meeting, world.secretary, holding.finish)
    return fresh(meeting)


def put(world: World, **changes: Any) -> "Meeting":
    """Bring a motion to the vote."""
    meeting = debated(world, **changes)
    do(meeting, world.secretary, holding.put)
    return fresh(meeting)


def fresh(meeting: "Meeting") -> "Meeting":
    found = queries.of_number(meeting.number)
    assert found is not None
    return found


def motions(meeting: "Meeting") -> Sequence[Any]:
    return queries.motions(queries.item_on(fresh(meeting)))
