"""From a topic to the meeting of its present step, called by whom its method says (议题 → 会议)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.eligibility import Roll
from linli.deliberation import access as topics
from linli.matters.actions import remarks
from linli.meetings.actions import convening
from linli.meetings.actions.convening import Call

if TYPE_CHECKING:
    from linli.meetings.models import Meeting

_ACT = "call_meeting"


@transaction.atomic
def convene(call: Call, roll: Roll, *, by: Actor, at: datetime) -> "Meeting":
    """Call a meeting; each topic whose step it is to serve is asked whether this person may (召集会议)."""
    meeting = convening.convene(call, roll, by=by, at=at)
    for number in dict.fromkeys(item.matter.strip() for item in call.items if item.matter.strip()):
        desk = topics.sit(number, by=by, at=at, to_act=True)
        if desk is None or desk.step.forum != call.forum:
            continue
        rule = desk.require(_ACT)
        remarks.remark(desk.matter, desk.move(rule, figures=(("会议", meeting.number),)))
    return meeting
