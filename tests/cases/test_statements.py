"""How often an act asks the database; the transaction around it counts as two (数据库往返).

Where several may write at once, holding the row is one more.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.bodies.actor import Actor
from linli.rulebook import queries as rulebook
from tests import make
from tests.world import TUESDAY, World

if TYPE_CHECKING:
    from linli.matters.models import Matter

LATER = TUESDAY + timedelta(hours=2)
REPORT, PUBLIC_REPORT = 11, 12

# From which state, which act, by whom, at most how many statements.
ACTS: tuple[tuple[Callable[[World], "Matter"], str, str, int], ...] = (
    (make.report, "dispatch", "dispatcher", 18),
    (make.dispatched, "take_on", "enforcer", 15),
    (make.taken_on, "add_words", "enforcer", 11),
    (make.taken_on, "pause", "enforcer", 15),
    (make.taken_on, "finish", "enforcer", 18),
    (make.handled, "verify", "dispatcher", 14),
    (make.verified, "confirm", "resident", 13),
)
MORE: dict[str, Callable[[World], dict[str, Any]]] = {
    "dispatch": lambda world: {"lead": world.enforcement},
    "pause": lambda world: {"reason": next(iter(world.edition.pauses))},
}


@pytest.fixture(autouse=True)
def calendar_read_once(db: None) -> None:
    """Read the days of the calendar beforehand: a process does so once."""
    rulebook.calendar()


def counted(matter: "Matter", act: str, *, by: Actor, **more: Any) -> int:
    """Do an act as a page does it, and count the statements."""
    with CaptureQueriesContext(connection) as asked:
        make.act(matter, act, by=by, at=LATER, **more)
    return len(asked)


@pytest.mark.parametrize(("is_public", "most"), [(False, REPORT), (True, PUBLIC_REPORT)])
def test_a_report_is_few_statements(
    world: World, is_public: bool, most: int, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(most):
        make.report(world, is_public=is_public)


@pytest.mark.parametrize(("start", "act", "who", "most"), ACTS, ids=[act for _, act, _, _ in ACTS])
def test_an_act_is_few_statements(
    world: World, start: Callable[[World], "Matter"], act: str, who: str, most: int
) -> None:
    matter = start(world)
    more = MORE.get(act, lambda _: {})(world)
    assert (
        counted(matter, act, by=world.cast[who], **more) <= most + connection.features.has_select_for_update
    )


def test_an_act_asks_no_more_of_a_matter_with_a_long_history(world: World) -> None:
    short, long = make.taken_on(world), make.taken_on(world)
    for _ in range(30):
        make.act(long, "add_words", by=world.enforcer, at=LATER)
    assert counted(long, "finish", by=world.enforcer) == counted(short, "finish", by=world.enforcer)
