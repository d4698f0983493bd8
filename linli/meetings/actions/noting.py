"""Putting what happens in a meeting on its own chain, and telling those who follow (留痕)."""

from datetime import datetime

from django.db.models import F

from linli.bodies.actor import Actor
from linli.core.clause import Clause
from linli.meetings.access import Hall
from linli.meetings.models import Meeting
from linli.record import actions as record

Figures = tuple[tuple[str, str], ...]


def note(
    meeting: Meeting,
    act: str,
    title: str,
    *,
    by: Actor,
    at: datetime,
    clause: Clause | None = None,
    figures: Figures = (),
    words: str = "",
) -> None:
    """Write the one entry of an act on the meeting's chain."""
    record.write(
        chain=meeting.number,
        act=act,
        title=title,
        by=by.person_id,
        office=by.words_for(meeting.place_path),
        at=at,
        clause=clause,
        figures=figures,
        words=words,
    )


def noted(hall: Hall, act: str, title: str, *, words: str = "", figures: Figures = ()) -> None:
    """Write the entry of an act done in the hall, and let every follower see it."""
    turned(hall.meeting)
    clause = hall.forum.debate.clause if hall.forum.debate else hall.forum.clause
    note(hall.meeting, act, title, by=hall.actor, at=hall.at, clause=clause, figures=figures, words=words)


def turned(meeting: Meeting) -> None:
    """Count a change that everybody is to see."""
    Meeting.objects.filter(pk=meeting.pk).update(turn=F("turn") + 1)


def stirred(meeting: Meeting) -> None:
    """Count a change that only the desk and the wall show."""
    Meeting.objects.filter(pk=meeting.pk).update(stirs=F("stirs") + 1)
