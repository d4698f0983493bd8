"""Needs for the tests of their room (居民需求)."""

from linli.bodies.actor import Actor
from linli.projects import queries
from linli.projects.actions import raising
from linli.projects.actions.raising import Told
from linli.projects.models import Wish
from tests.world import TUESDAY, spots

RACKS = "沿河乱晾，装晾衣架"


def put(by: Actor, *, at: str = "tonghua", title: str = RACKS, field: str = "sanitation") -> Wish:
    """Say that the small community needs racks to dry clothes."""
    return raising.raise_need(Told(field, title, "22 根"), place=spots(at)[-1], by=by, at=TUESDAY)


def fresh(need: Wish) -> Wish:
    """Read a need again."""
    found = queries.need(need.number)
    assert found is not None
    return found
