"""Activities as an iCalendar feed, as calendars on phones fetch it (日历)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings

from linli.activities.models import Activity

if TYPE_CHECKING:
    from icalendar import Event

MOST = 200


def write(activities: Sequence[Activity], *, name: str, at: datetime) -> bytes:
    """Write activities as an iCalendar file, with a new version of each whenever it changed (iCalendar)."""
    # Only a feed needs the library: no page waits for it.
    from icalendar import Calendar  # noqa: PLC0415

    feed = Calendar()
    feed.add("prodid", "-//Linli//activities//ZH")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", name)
    for one in activities:
        feed.add_component(_event(one, at))
    return bytes(feed.to_ical())


def _event(activity: Activity, at: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", f"{activity.number}@{settings.ORIGIN.partition('//')[2]}")
    event.add("dtstamp", at)
    event.add("sequence", activity.turn)
    event.add("summary", activity.title)
    event.add("location", activity.venue)
    event.add("description", f"{activity.get_kind_display()}，编号 {activity.number}")
    event.add("dtstart", activity.starts_at)
    event.add("dtend", activity.ends_at)
    event.add("url", f"{settings.ORIGIN}/activities/{activity.number}/")
    event.add("status", "CANCELLED" if activity.cancelled_at else "CONFIRMED")
    return event
