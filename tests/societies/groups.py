"""Organisations for the tests of their room (社会组织)."""

from typing import Any

from linli.bodies.actor import Actor
from linli.societies import actions
from linli.societies.actions import Described
from linli.societies.models import Society
from tests.world import TUESDAY, spots


def told(**changes: Any) -> Described:
    """Describe a band of dancers of twenty people."""
    facts: dict[str, Any] = {
        "name": "铜花舞蹈队", "kind": "mutual_aid", "purpose": "每天晚上一起跳舞，互相照应。", "persons": 20,
        "leader": "柳春花", "phone": "13800000001",
    }  # fmt: skip
    return Described(**facts | changes)


def enter(by: Actor, *, at: str = "tonghua", certificate: str = "", **changes: Any) -> Society:
    """Enter an organisation at a place of the small community."""
    return actions.enter(told(**changes), place=spots(at)[-1], certificate=certificate, by=by, at=TUESDAY)
