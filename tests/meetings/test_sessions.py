"""What the law wants met is known by place and day, and agendas collect what is overdue (会期、调度)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from linli.bodies import queries as bodies
from linli.handoffs import meeting_roll
from linli.insight import sessions
from linli.insight.sessions import Session
from linli.meetings.actions import holding
from linli.places import queries as places
from tests import make
from tests.meetings import halls
from tests.meetings.halls import MEETS, do
from tests.world import TUESDAY, World, spots

if TYPE_CHECKING:
    from linli.core.forum import Forum

TODAY = TUESDAY.date()
# The place began to work with the system on 25 October.
HALF_A_YEAR_LATER = date(2027, 4, 25)
pytestmark = pytest.mark.req("L6", "X23", "X15", "C16")


def due(world: World, key: str, *, at: str = "tonghua", on: date = TODAY) -> Session:
    path = spots(at)[-1].path
    return next(one for one in sessions.due(path, edition=world.edition, on=on) if one.forum.key == key)


def forum(world: World, key: str) -> "Forum":
    return world.edition.forums[key]


def test_delegates_meet_every_half_year(world: World) -> None:
    never = due(world, "delegates_assembly", on=HALF_A_YEAR_LATER)
    assert (never.last, never.due.on, never.due.is_overdue) == (None, HALF_A_YEAR_LATER, False)
    assert due(world, "delegates_assembly", on=HALF_A_YEAR_LATER + timedelta(days=1)).due.is_overdue
    meeting = halls.opened(world)
    do(meeting, world.secretary, holding.close)
    held = due(world, "delegates_assembly", on=date(2027, 6, 6))
    assert (held.last, held.due.on, held.due.is_overdue) == (MEETS.date(), date(2027, 6, 6), False)
    assert due(world, "delegates_assembly", on=date(2027, 6, 7)).due.is_overdue


def test_only_a_meeting_that_was_held_counts(world: World) -> None:
    halls.convened(world)
    assert due(world, "delegates_assembly").last is None


def test_the_joint_meeting_on_disputes_is_due_every_month_where_its_body_sits(world: World) -> None:
    monthly = due(world, "dispute_joint_meeting", at="xinxialu")
    assert monthly.place.path == spots("xinxialu")[-1].path
    assert monthly.due.on == date(2026, 11, 25)
    assert monthly.due.clause.rule == "XXL-17"


def test_villages_meet_by_another_law(world: World) -> None:
    found = sessions.due(spots("tonghua")[-1].path, edition=world.edition, on=MEETS.date())
    assert "village_delegates" not in {one.forum.key for one in found}


def test_an_agenda_collects_what_is_overdue(world: World) -> None:
    matter = make.report(world, at=TUESDAY - timedelta(days=60))
    make.report(world, at=TUESDAY)
    suggested = sessions.agenda(spots("tonghua")[-1].path, at=TUESDAY)
    assert [one.rpartition(" ")[2] for one in suggested] == [matter.number]


@pytest.mark.req("X7", "Y1")
@pytest.mark.parametrize(
    ("key", "at", "sends"),
    [
        ("dispute_joint_meeting", "xinxialu", ("xinxialu_governance_center",)),
        (
            "three_party_meeting",
            "tonghua_e4",
            ("tonghua_committee", "tonghua_e4_owners", "tonghua_e4_property"),
        ),
    ],
)
def test_a_joint_meeting_brings_the_people_of_its_bodies_together(
    world: World, key: str, at: str, sends: tuple[str, ...]
) -> None:
    for body in sends:
        row = bodies.of_key(f"xinxialu.{body}")
        assert row is not None
        make.office(make.person(body), office="handler", at=at, body=row.pk)
    place = places.chain(spots(at)[-1].path)[-1]
    roll = meeting_roll.roll(forum(world, key), spot=place, picked=(), on=TUESDAY.date())
    assert {one.name for one in roll.voters} == set(sends)
