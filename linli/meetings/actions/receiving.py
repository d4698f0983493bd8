"""Receiving residents at a meeting that is held for them: what they bring becomes a matter (代表接待)."""

from typing import TYPE_CHECKING

from django.db.models import Max

from linli.core.procedure import ActRule
from linli.core.verdict import Verdict, no, yes
from linli.frame.clock import day_of
from linli.matters.actions import hearing, moving
from linli.matters.actions.moving import Move
from linli.meetings import queries
from linli.meetings.access import Hall
from linli.meetings.actions.noting import noted
from linli.meetings.models import AgendaItem
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Matter

RECEIVED = "received"
_ASKED = "接待登记"


def may_receive(hall: Hall) -> Verdict:
    """Answer whether one notes what a resident brings: who runs or receives, while it is open (能否登记)."""
    forum, meeting = hall.forum, hall.meeting
    if not forum.receives:
        return no(
            f"{forum.title}不是接待群众的会议。", forum.clause, remedy="请用「代为登记」。", asked=_ASKED
        )
    if not (hall.runs or any(seat.is_entitled and seat.is_present for seat in hall.mine)):
        why = "接待登记由主持人、记录人和到场的代表做。"
        return no(why, forum.clause, remedy="请告诉记录人。", asked=_ASKED)
    if not meeting.is_open:
        why = f"接待{meeting.get_progress_display()}，不在进行中。"
        return no(why, forum.clause, remedy="开始接待以后再登记。", asked=_ASKED)
    return yes("正在接待。", forum.clause)


def receive(hall: Hall, matter: "Matter") -> AgendaItem:
    """Put a matter that a resident brought on record of the meeting, by its number alone, once (接待登记)."""
    may_receive(hall).require()
    known = AgendaItem.objects.filter(meeting=hall.meeting, matter=matter).first()
    if known is not None:
        return known
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
    hearing.hear(matter, _receiving(hall))
    _note_where(hall, matter)
    return item


def _receiving(hall: Hall) -> set[int]:
    """Return the deputies who are there and receive (接待人)."""
    there = queries.seats(hall.meeting).filter(is_entitled=True, signed_in_at__isnull=False, left_at=None)
    return set(there.values_list("sitters__person", flat=True)) - {None}


def _note_where(hall: Hall, matter: "Matter") -> None:
    """Put on the matter's own record at which reception it was brought."""
    on = day_of(hall.meeting.began_at or hall.at)
    title = f"在{on.month}月{on.day}日{hall.forum.title}上反映"
    moving.note(
        matter,
        Move(
            rule=ActRule(act=RECEIVED, by=(), title=title, clause=hall.forum.clause),
            by=hall.actor,
            at=hall.at,
            calendar=rulebook.calendar(),
            figures=(("会议", hall.meeting.number),),
        ),
    )
