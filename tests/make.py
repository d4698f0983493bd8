"""Plain functions that bring a case to where a test begins, through the acts people use (造数)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction

from linli.bodies import actions as seats
from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.cases import access
from linli.cases.access import Desk
from linli.cases.actions import (
    dispatching,
    merging,
    reporting,
    returning,
    showing,
    sorting,
    stepping,
    summoning,
    timing,
)
from linli.cases.actions.dispatching import JointTask
from linli.cases.actions.reporting import Report
from linli.cases.actions.stepping import Said
from linli.matters import queries as matters
from linli.people import actions as people
from linli.people import queries as register
from tests.world import LONG_AGO, PACK, TUESDAY, World, spots

if TYPE_CHECKING:
    from linli.matters.models import Matter
    from linli.people.models import Account, Person

WORDS = "1栋门前下水道盖板破损，老人差点绊倒。"
ANSWER = "已换新盖板，并检查了周围的盖板。"
SAID = Said("按规定办理，理由如下。")

# The acts that need more than words; any other is a plain step.
ACTS: Mapping[str, Callable[..., "Matter"]] = {
    "dispatch": dispatching.dispatch,
    "take_on": dispatching.take_on,
    "answer": dispatching.answer,
    "return_order": returning.return_order,
    "uphold_return": partial(returning.rule_on, is_upheld=True),
    "reject_return": partial(returning.rule_on, is_upheld=False),
    "summon": summoning.summon,
    "report_in": summoning.report_in,
    "rate_department": summoning.rate_department,
    "rate_summoner": summoning.rate_summoner,
    "rate": summoning.rate_result,
    "pause": timing.pause,
    "resume": timing.resume,
    "ask_extension": timing.ask_extension,
    "grant_extension": partial(timing.rule_on_extension, is_granted=True),
    "refuse_extension": partial(timing.rule_on_extension, is_granted=False),
    "regrade": timing.regrade,
    "reclassify": sorting.reclassify,
    "publish": showing.publish,
    "unpublish": showing.unpublish,
    "merge": merging.merge,
    "unmerge": merging.unmerge,
}


def person(name: str = "路人", **facts: Any) -> "Person":
    """Enter a person into the register."""
    return people.enrol(name=name, **facts)


def office(
    holder: "Person",
    *,
    office: str = "dispatcher",
    at: str = "tonghua",
    pack: str = PACK,
    body: int | None = None,
) -> Actor:
    """Seat a person in an office, and return them as an actor."""
    place = spots(at, pack=pack)[-1].id
    seats.seat(holder.pk, office=office, title=office, place_id=place, since=LONG_AGO, body_id=body)
    return actor(holder)


def actor(of: "Person") -> Actor:
    """Return a person with the offices held on the day of the tests."""
    return bodies.actor(person_id=of.pk, name=of.name, on=TUESDAY.date())


def account(of: Actor) -> "Account":
    """Return the account somebody signs in with, for ``client.force_login``."""
    holder = register.of_id(of.person_id or 0)
    found = register.account_of(holder) if holder else None
    assert found is not None
    return found


def report(world: World, *, by: Actor | None = None, at: datetime = TUESDAY, **changes: Any) -> "Matter":
    """Let the resident report a broken cover at home, as a routine concern by web."""
    by = by or world.resident
    told: dict[str, Any] = {
        "subject": "concern",
        "spots": world.home,
        "words": WORDS,
        "channel": "web",
        "concern_kind": "help",
        "category": "manhole",
        "order": "routine",
        "raised_by": by.person_id,
    }
    return reporting.report(Report(**told | changes), by=by, at=at)


def incident(world: World, *, at: datetime = TUESDAY, **changes: Any) -> "Matter":
    """Let the grid worker find the broken cover on the spot."""
    found = {"subject": "incident", "concern_kind": "", "channel": "grid"}
    return report(world, by=world.grid_worker, at=at, **found | changes)


def desk(matter: "Matter", by: Actor, *, at: datetime, token: str = "") -> Desk:
    """Lay a case before somebody who may see it."""
    found = access.sit(matter.number, by=by, at=at, token=token)
    assert found is not None, f"{by.name} may not see {matter.number}"
    return found


def act(matter: "Matter", act: str, *, by: Actor, at: datetime, said: Said = SAID, **more: Any) -> "Matter":
    """Do any act of a case as somebody at an instant, as the pages do it: load, then act, in one piece."""
    with transaction.atomic():
        found = access.sit(matter.number, by=by, at=at, to_act=True)
        assert found is not None, f"{by.name} may not see {matter.number}"
        return perform(found, act, said, more)


def dispatched(
    world: World,
    *,
    at: datetime = TUESDAY,
    lead: int = 0,
    joint: Sequence[JointTask] = (),
    **changes: Any,
) -> "Matter":
    """Bring a concern to where its lead body must take it on; dispatched ten minutes after the report."""
    matter = report(world, at=at, **changes)
    return act(
        matter, "dispatch", by=world.dispatcher, at=at + timedelta(minutes=10),
        lead=lead or world.enforcement, joint=joint,
    )  # fmt: skip


def taken_on(world: World, *, at: datetime = TUESDAY, **changes: Any) -> "Matter":
    """Bring a concern to where its lead body works on it, twenty minutes after the report."""
    matter = dispatched(world, at=at, **changes)
    return act(matter, "take_on", by=world.enforcer, at=at + timedelta(minutes=20))


def handled(world: World, *, at: datetime = TUESDAY, **changes: Any) -> "Matter":
    """Bring a concern to where its result is checked, an hour after the report."""
    matter = taken_on(world, at=at, **changes)
    return act(matter, "finish", by=world.enforcer, at=at + timedelta(hours=1), said=Said(ANSWER))


def verified(world: World, *, at: datetime = TUESDAY, **changes: Any) -> "Matter":
    """Bring a concern to where the resident is asked, 70 minutes after the report."""
    matter = handled(world, at=at, **changes)
    return act(matter, "verify", by=world.dispatcher, at=at + timedelta(minutes=70))


def closed(world: World, *, at: datetime = TUESDAY, **changes: Any) -> "Matter":
    """Bring a concern to its end, confirmed by the resident 90 minutes after the report."""
    matter = verified(world, at=at, **changes)
    return act(matter, "confirm", by=world.resident, at=at + timedelta(minutes=90))


def returned(world: World, *, at: datetime = TUESDAY, **changes: Any) -> "Matter":
    """Bring a concern to where its return is ruled on, half an hour after the report."""
    matter = dispatched(world, at=at, **changes)
    return act(
        matter, "return_order", by=world.enforcer, at=at + timedelta(minutes=30), evidence="职责清单第三条。"
    )


def fresh(matter: "Matter") -> "Matter":
    """Read a matter again as it stands in the database."""
    found = matters.of_number(matter.number)
    assert found is not None
    return found


def perform(at: Desk, act: str, said: Said, more: dict[str, Any]) -> "Matter":
    """Do an act at a desk that is already laid."""
    if act in ACTS:
        return ACTS[act](at, said=said, **more)
    return stepping.step(at, act, said)
