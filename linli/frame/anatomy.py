"""The parts of a matter's page as both doors hand them to the components: the clock, the timeline (部件)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from linli.frame import wording
from linli.frame.clock import day_of

_AN_INSTANT = timedelta(microseconds=1)


class Timed(Protocol):
    """Something that is due, was answered, was closed (计时)."""

    @property
    def due_at(self) -> datetime | None:
        """Return when it is due; none while its clock stands still."""

    @property
    def answered_at(self) -> datetime | None:
        """Return when it was answered."""

    @property
    def closed_at(self) -> datetime | None:
        """Return when it was closed."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is timed, as plain values (计时)."""

    due_at: datetime | None
    answered_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """How much time is left: in a drawing, in words, to the minute (时限)."""

    state: str
    words: str
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline (经过)."""

    at: datetime
    act: str
    who: str
    office: str
    words: str
    clause: str
    tone: str
    photos: tuple[tuple[str, str, str], ...] = ()
    papers: tuple[tuple[str, str], ...] = ()


def clock_of(one: Timed, *, at: datetime) -> Clock:
    """Say how much time is left at an instant (时限)."""
    if one.closed_at:
        return Clock("done", "已办结")
    if one.answered_at:
        return Clock("done", "已答复")
    if one.due_at is None:
        return Clock("paused", "暂停计时")
    exact, words = wording.deadline(one.due_at, today=day_of(at)), wording.remaining(one.due_at, now=at)
    if one.due_at < at:
        return Clock("overdue", words, exact)
    is_today = day_of(one.due_at - _AN_INSTANT) == day_of(at)
    return Clock("today" if is_today else "left", words, exact)
