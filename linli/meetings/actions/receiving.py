"""Receiving residents at a meeting that is held for them: what they bring becomes a matter (代表接待)."""

from typing import TYPE_CHECKING

from django.db.models import Max

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.meetings.access import Hall
from linli.meetings.actions.noting import noted
from linli.meetings.models import AgendaItem

if TYPE_CHECKING:
    from linli.matters.models import Matter

_ASKED = "接待登记"


def require_receiving(hall: Hall) -> None:
    """Refuse to note what a resident brings, unless one runs a reception that is open (能否登记)."""
    clause = hall.forum.clause
    if not hall.forum.receives:
        why = f"{hall.forum.title}不是接待群众的会议。"
        raise Refused(Refusal(why, clause=clause, remedy="请用「代为登记」。", asked=_ASKED))
    if not hall.runs:
        raise Refused(
            Refusal("接待登记由主持人和记录人做。", clause=clause, remedy="请告诉记录人。", asked=_ASKED)
        )
    if not hall.meeting.is_open:
        why = f"接待{hall.meeting.get_progress_display()}，不在进行中。"
        raise Refused(Refusal(why, clause=clause, remedy="开始接待以后再登记。", asked=_ASKED))


def receive(hall: Hall, matter: "Matter") -> AgendaItem:
    """Put a matter that a resident brought on record of the meeting, by its number alone (接待登记)."""
    require_receiving(hall)
    last = AgendaItem.objects.filter(meeting=hall.meeting).aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=hall.meeting,
        position=last + 1,
        title=f"居民反映的事（{matter.number}）",
        matter=matter,
        added_at=hall.at,
        began_at=hall.at,
        ended_at=hall.at,
    )
    noted(hall, "receive", "接待居民反映", figures=(("事项", matter.number),))
    return item
