"""Meetings as an iCalendar feed, as calendars on phones fetch it (日历)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from linli.meetings.models import Meeting, Progress

if TYPE_CHECKING:
    from icalendar import Event

MOST = 200
# A meeting says when it begins; until it has ended nobody knows how long it takes.
_ABOUT = timedelta(hours=2)


def write(meetings: Sequence[Meeting], *, name: str, at: datetime) -> bytes:
    """Write meetings as an iCalendar file, with a new version of each whenever it changed (iCalendar)."""
    # Only a feed needs the library: no page waits for it.
    from icalendar import Calendar  # noqa: PLC0415

    feed = Calendar()
    feed.add("prodid", "-//Linli//meetings//ZH")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", name)
    for one in meetings:
        feed.add_component(_event(one, at))
    return bytes(feed.to_ical())


def _event(meeting: Meeting, at: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", f"{meeting.number}@{settings.ORIGIN.partition('//')[2]}")
    event.add("dtstamp", at)
    event.add("sequence", meeting.turn)
    event.add("summary", meeting.title)
    event.add("location", meeting.venue)
    event.add("description", f"{meeting.forum_title}，编号 {meeting.number}")
    event.add("dtstart", meeting.meets_at if meeting.is_coming else meeting.began_at or meeting.meets_at)
    event.add("dtend", _end(meeting))
    event.add("url", f"{settings.ORIGIN}/meetings/{meeting.number}/")
    event.add("status", "CANCELLED" if meeting.progress == Progress.CANCELLED else "CONFIRMED")
    return event


def _end(meeting: Meeting) -> datetime:
    """Return when it ended; one that was not gone on with ended days before it was said so (结束)."""
    if meeting.closed_at and not meeting.is_broken_off:
        return meeting.closed_at
    began = meeting.began_at if meeting.is_broken_off else None
    return (began or meeting.meets_at) + _ABOUT
