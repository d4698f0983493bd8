"""The running clock of a matter: it starts, stands still, runs on, and is lengthened (计时)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple, Self

from linli.core.calendar import Calendar
from linli.core.term import Term, Unit, due, extended_due, roll

_NONE = timedelta()
_SECOND = timedelta(seconds=1)
_SEPARATOR = " + "


class CountdownColumns(NamedTuple):
    """Hold a countdown as plain columns of a table: texts, instants and whole seconds."""

    term: str
    extensions: str
    started_at: datetime
    running_since: datetime | None
    used_seconds: int
    worked_seconds: int
    granted_seconds: int


@dataclass(frozen=True, slots=True)
class Countdown:
    """Count the time a term has left (计时); one that stands still has no ``running_since``.

    Used time is kept in both measures, all time and business hours, so that a change of service level from
    hours to working days still finds it. ``granted`` is what days of rest added when a resumed term would
    have ended on one.
    """

    term: Term
    started_at: datetime
    used: timedelta = _NONE
    running_since: datetime | None = None
    worked: timedelta = _NONE
    granted: timedelta = _NONE
    extensions: tuple[Term, ...] = ()

    @classmethod
    def start(cls, term: Term, *, at: datetime) -> Self:
        """Let a term begin (开始计时); instants are kept to the second."""
        at = at.replace(microsecond=0)
        return cls(term, started_at=at, running_since=at)

    @property
    def is_paused(self) -> bool:
        """Tell whether the clock stands still (暂停计时)."""
        return self.running_since is None

    def allowance(self, *, calendar: Calendar) -> timedelta:
        """Measure the time from the start to the deadline as it stands without any pause (总时限)."""
        return self._measure(self.started_at, self._unpaused_due(calendar), calendar)

    def time_used(self, *, at: datetime, calendar: Calendar) -> timedelta:
        """Measure the time used so far, in the measure of the term (已用时间)."""
        kept = self.worked if self._unit.is_working else self.used
        return kept if self.running_since is None else kept + self._measure(self.running_since, at, calendar)

    def remaining(self, *, at: datetime, calendar: Calendar) -> timedelta:
        """Measure the time left, in the measure of the term; negative when overdue (剩余时间)."""
        due_at = self.due_at(calendar=calendar)
        return self._left(calendar) if due_at is None else self._measure(at, due_at, calendar)

    def due_at(self, *, calendar: Calendar) -> datetime | None:
        """Return the last instant in time (到期时间), or None while the clock stands still."""
        if self.running_since is None:
            return None
        run_out_at = self._run_out_at(self.running_since, calendar)
        return roll(run_out_at, calendar=calendar) if self._rolls(calendar) else run_out_at

    def is_overdue(self, *, at: datetime, calendar: Calendar) -> bool:
        """Tell whether the time is over (逾期); the last instant is still in time (民法典 art. 1259)."""
        due_at = self.due_at(calendar=calendar)
        if due_at is None:
            # No working time passes after hours: a clock stopped then with nothing left was stopped too late.
            return self._left(calendar) <= _NONE
        return at > due_at

    def pause(self, at: datetime, *, calendar: Calendar) -> Self:
        """Stop the clock and keep what is left (暂停计时); raise ValueError if it stands still."""
        since, due_at = self.running_since, self.due_at(calendar=calendar)
        if since is None or due_at is None:
            raise ValueError("计时已经暂停，不能再次暂停")
        at = at.replace(microsecond=0)
        return replace(
            self,
            used=self.used + calendar.time_between(since, end=at),
            worked=self.worked + calendar.working_time_between(since, end=at),
            granted=self.granted + calendar.time_between(self._run_out_at(since, calendar), end=due_at),
            running_since=None,
        )

    def resume(self, at: datetime) -> Self:
        """Let the clock run on with exactly what was left (恢复计时); raise ValueError if it is running."""
        if self.running_since is not None:
            raise ValueError("计时没有暂停，不能恢复")
        return replace(self, running_since=at.replace(microsecond=0))

    def extend(self, by: Term) -> Self:
        """Add a term after the original deadline (延长期限)."""
        return replace(self, extensions=(*self.extensions, by))

    def retime(self, term: Term) -> Self:
        """Change the term of a clock, running or paused, and keep the time used (调整时限)."""
        return replace(self, term=term)

    def columns(self) -> CountdownColumns:
        """Return the countdown as plain columns of a table."""
        return CountdownColumns(
            term=str(self.term),
            extensions=_SEPARATOR.join(str(extension) for extension in self.extensions),
            started_at=self.started_at,
            running_since=self.running_since,
            used_seconds=self.used // _SECOND,
            worked_seconds=self.worked // _SECOND,
            granted_seconds=self.granted // _SECOND,
        )

    @classmethod
    def from_columns(cls, columns: CountdownColumns) -> Self:
        """Read a countdown back from plain columns; raise ValueError if a term cannot be read."""
        texts = columns.extensions.split(_SEPARATOR) if columns.extensions else ()
        return cls(
            term=Term.parse(columns.term),
            extensions=tuple(Term.parse(text) for text in texts),
            started_at=columns.started_at,
            running_since=columns.running_since,
            used=columns.used_seconds * _SECOND,
            worked=columns.worked_seconds * _SECOND,
            granted=columns.granted_seconds * _SECOND,
        )

    @property
    def _unit(self) -> Unit:
        """The unit of the term that sets the deadline, the last extension if there is one."""
        return (self.term, *self.extensions)[-1].unit

    def _unpaused_due(self, calendar: Calendar) -> datetime:
        due_at = due(self.term, at=self.started_at, calendar=calendar)
        for extension in self.extensions:
            due_at = extended_due(extension, at=due_at, calendar=calendar)
        return due_at

    def _left(self, calendar: Calendar) -> timedelta:
        """Measure what was left when the clock last stood still or began."""
        spent = self.worked if self._unit.is_working else self.used - self.granted
        return self.allowance(calendar=calendar) - spent

    def _run_out_at(self, since: datetime, calendar: Calendar) -> datetime:
        """Return the instant at which what was left runs out, before any day of rest is considered."""
        left = self._left(calendar)
        if self._unit.is_working:
            return calendar.add_working_time(since, span=left)
        return calendar.add_time(since, span=left)

    def _rolls(self, calendar: Calendar) -> bool:
        """Tell whether days of rest may still move the deadline: not once the time was over at a pause."""
        return self._unit.rolls and self._left(calendar) >= _NONE

    def _measure(self, start: datetime, end: datetime, calendar: Calendar) -> timedelta:
        if self._unit.is_working:
            return calendar.working_time_between(start, end=end)
        return calendar.time_between(start, end=end)
