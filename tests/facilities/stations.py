"""Facilities for the tests of their room (服务设施)."""

from typing import Any

from linli.bodies.actor import Actor
from linli.facilities import actions
from linli.facilities.actions import Described
from linli.facilities.models import Facility
from tests.world import TUESDAY, spots


def told(**changes: Any) -> Described:
    """Describe a service centre that a wheelchair can enter."""
    facts: dict[str, Any] = {
        "name": "党群服务中心", "kind": "party_centre", "address": "3栋一楼", "hours": "每天 8:30 到 17:30",
        "area": 600, "is_accessible": True,
    }  # fmt: skip
    return Described(**facts | changes)


def enter(by: Actor, *, at: str = "tonghua", **changes: Any) -> Facility:
    """Enter a facility at a place of the small community."""
    return actions.enter(told(**changes), place=spots(at)[-1], by=by, at=TUESDAY)
