"""From a topic to the meeting of its present step, called by whom its method says (议题 → 会议)."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.eligibility import Roll
from linli.deliberation import access as topics
from linli.deliberation.access import Desk
from linli.matters.actions import remarks
from linli.meetings.actions import convening
from linli.meetings.actions.convening import Call

if TYPE_CHECKING:
    from linli.meetings.models import Meeting

_ACT = "call_meeting"


@transaction.atomic
def convene(call: Call, roll: Roll, *, by: Actor, at: datetime) -> "Meeting":
    """Call a meeting; each topic it is to serve is asked first whether this person may (召集会议)."""
    served = [(desk, desk.require(_ACT)) for desk in _served(call, by=by, at=at)]
    meeting = convening.convene(call, roll, by=by, at=at)
    for desk, rule in served:
        remarks.remark(desk.matter, desk.move(rule, figures=(("会议", meeting.number),)))
    return meeting


def _served(call: Call, *, by: Actor, at: datetime) -> Iterator[Desk]:
    """Yield the topics on the agenda whose present step this kind of meeting deliberates or decides."""
    for number in dict.fromkeys(item.matter.strip() for item in call.items if item.matter.strip()):
        desk = topics.sit(number, by=by, at=at, to_act=True)
        if desk is not None and desk.step.forum == call.forum:
            yield desk
