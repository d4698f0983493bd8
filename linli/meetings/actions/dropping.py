"""Taking off the agenda what has ended elsewhere; a meeting for it alone is called off (撤下议题)."""

from datetime import datetime

from django.db import transaction

from linli.bodies.actor import Actor
from linli.meetings import queries
from linli.meetings.actions.convening import tell
from linli.meetings.actions.noting import note, turned
from linli.meetings.models import AgendaItem, Meeting, Progress


@transaction.atomic
def drop(matter: int, *, reason: str, by: Actor, at: datetime) -> None:
    """Take a matter off every agenda on which it waits; by whoever ended that matter (撤下议题).

    What is being dealt with, or has been, stays: the chair ends that, and the minutes tell of it.
    """
    for waiting in queries.waiting_items(matter):
        meeting = queries.of_number(waiting.meeting.number, to_act=True)
        # Whoever held the row before us may have taken it up, or called the meeting off.
        item = queries.waiting_item(waiting.pk)
        if meeting is None or item is None:
            continue
        if meeting.progress == Progress.CALLED and len(queries.items(meeting)) == 1:
            _call_off(meeting, reason=reason, by=by, at=at)
        else:
            _take_off(meeting, item, reason=reason, by=by, at=at)


def _call_off(meeting: Meeting, *, reason: str, by: Actor, at: datetime) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(progress=Progress.CANCELLED, reason=reason)
    _note(meeting, "cancel", "取消会议", words=reason, by=by, at=at)
    tell(meeting, ("会议取消", f"原定的会议不开了：{reason}"), at=at)


def _take_off(meeting: Meeting, item: AgendaItem, *, reason: str, by: Actor, at: datetime) -> None:
    item.delete()
    said = f"第 {item.position} 项「{item.title}」不再上会：{reason}"
    _note(meeting, "drop_item", "撤下议题", words=said, by=by, at=at)
    tell(meeting, ("议程变动", f"{said}其他议程和开会时间不变。"), at=at)


def _note(meeting: Meeting, act: str, title: str, *, words: str, by: Actor, at: datetime) -> None:
    turned(meeting)
    clause = queries.forum_of(meeting).clause
    note(meeting, act, title, by=by, at=at, clause=clause, words=words)
