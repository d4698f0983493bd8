"""Teams and activities for the tests of their room (文体活动)."""

from datetime import timedelta
from typing import Any

from linli.activities import queries
from linli.activities.actions import holding, teaming
from linli.activities.actions.holding import Held
from linli.activities.actions.teaming import Described
from linli.activities.models import Activity, Team
from linli.bodies.actor import Actor
from tests.world import TUESDAY, spots

BEGINS = TUESDAY + timedelta(days=2)


def told(**changes: Any) -> Held:
    """Describe an evening of dances in two days, for two people."""
    facts: dict[str, Any] = {
        "title": "广场舞之夜", "kind": "arts", "venue": "铜花广场", "starts_at": BEGINS,
        "ends_at": BEGINS + timedelta(hours=2), "capacity": 2,
    }  # fmt: skip
    return Held(**facts | changes)


def announce(by: Actor, *, at: str = "tonghua", **changes: Any) -> Activity:
    """Announce an activity at a place of the small community."""
    return holding.announce(told(**changes), place=spots(at)[-1], by=by, at=TUESDAY)


def enter(by: Actor, *, at: str = "tonghua", **changes: Any) -> Team:
    """Enter a team of dancers at a place of the small community."""
    facts: dict[str, Any] = {
        "name": "铜花腰鼓队", "kind": "arts", "words": "每天早上在广场打腰鼓。", "others": 12,
        "leader": "柳春花", "phone": "13800000001", "leader_agrees": True,
    }  # fmt: skip
    return teaming.enter(Described(**facts | changes), place=spots(at)[-1], by=by, at=TUESDAY)


def fresh(activity: Activity) -> Activity:
    """Read an activity again."""
    found = queries.of_number(activity.number)
    assert found is not None
    return found
