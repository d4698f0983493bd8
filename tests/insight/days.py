"""What happened in the small community until a Friday morning: something of every kind."""

from linli.cases.actions.stepping import Said
from tests import make
from tests.world import World, instant

FRIDAY = instant("2026-11-27 10:00")
TUESDAY = instant("2026-11-24 10:00")
LONG_PAST = instant("2026-10-08 09:00")


def fill(world: World) -> None:
    """Let ten matters come in, and take each to where it stands on Friday."""
    make.report(world, at=TUESDAY)
    make.report(world, at=TUESDAY, order="urgent")
    make.report(world, at=TUESDAY, order="priority", category="fire_lane")
    make.report(world, at=TUESDAY, by=world.stranger, spots=world.elsewhere)
    make.report(world, at=TUESDAY, spots=world.home[:3])
    make.taken_on(world, at=TUESDAY)
    make.closed(world, at=TUESDAY)
    make.closed(world, at=LONG_PAST)
    _solved_in_the_grid(world)
    _answered_late(world)
    _sent_up(world)
    _handed_back(world)


def _solved_in_the_grid(world: World) -> None:
    matter = make.incident(world, at=TUESDAY)
    make.act(matter, "solve", by=world.grid_worker, at=TUESDAY, said=Said("已扶正盖板。"))
    make.act(matter, "verify", by=world.dispatcher, at=instant("2026-11-24 15:00"))


def _answered_late(world: World) -> None:
    matter = make.dispatched(world, at=TUESDAY, order="urgent")
    make.act(matter, "take_on", by=world.enforcer, at=instant("2026-11-24 10:20"))
    make.act(matter, "finish", by=world.enforcer, at=instant("2026-11-26 16:00"), said=Said("已换新。"))


def _sent_up(world: World) -> None:
    make.act(make.report(world, at=TUESDAY), "send_up", by=world.dispatcher, at=instant("2026-11-24 11:00"))


def _handed_back(world: World) -> None:
    matter = make.report(world, at=TUESDAY)
    make.act(matter, "send_up", by=world.dispatcher, at=instant("2026-11-24 11:00"))
    make.act(matter, "hand_back", by=world.street_dispatcher, at=instant("2026-11-25 11:00"))
