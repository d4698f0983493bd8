"""Which days and hours count: holidays, make-up days, business hours (工作日历)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

Hours = tuple[tuple[time, time], ...]

CHINA_TIME = ZoneInfo("Asia/Shanghai")

_DAY = timedelta(days=1)
_NONE = timedelta()
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Know the working days and business hours of a place; every instant answered is in its zone (工作日历).

    A year without an official notice is provisional: its days follow the week and the holidays known so far.
    """

    holidays: frozenset[date]
    makeup_days: frozenset[date]
    confirmed_years: frozenset[int]
    hours: Hours
    zone: ZoneInfo = CHINA_TIME

    def __post_init__(self) -> None:
        both = sorted(self.holidays & self.makeup_days)
        if both:
            raise ValueError(f"{both[0]} 不能既是放假日，又是调休上班日")
        instants = [instant for interval in self.hours for instant in interval]
        if not instants or any(later <= earlier for earlier, later in pairwise(instants)):
            raise ValueError("工作时间至少要有一段，每段先上班、后下班，按先后排列，互不重叠")

    def is_working_day(self, on: date) -> bool:
        """Tell whether offices work on this day (工作日): a weekday that is no holiday, or a make-up day."""
        return on in self.makeup_days or (on.weekday() < _SATURDAY and on not in self.holidays)

    def is_provisional(self, on: date) -> bool:
        """Tell whether the day lies in a year for which no official notice is known (暂定)."""
        return on.year not in self.confirmed_years

    def next_working_day(self, on: date) -> date:
        """Return the first working day after this one (下一个工作日)."""
        return self.roll(on + _DAY)

    def roll(self, on: date) -> date:
        """Return the day itself if offices work on it, else the next working day (顺延)."""
        while not self.is_working_day(on):
            on += _DAY
        return on

    def add_working_days(self, on: date, *, days: int) -> date:
        """Return the last of so many working days, the first day not counted (首日不计)."""
        if days < 0:
            raise ValueError(f"工作日的天数不能是 {days}")
        for _ in range(days):
            on = self.next_working_day(on)
        return on

    def close_of_business(self, on: date) -> datetime:
        """Return the instant at which business hours end on this day (下班时间)."""
        return datetime.combine(on, self.hours[-1][1], self.zone)

    def end_of_day(self, on: date) -> datetime:
        """Return the instant at which this day ends (24 时): the first of the next day."""
        return datetime.combine(on + _DAY, time(), self.zone)

    def localize(self, at: datetime) -> datetime:
        """Return the same instant on the clocks of this place; raise ValueError if it names no zone."""
        if at.utcoffset() is None:
            raise ValueError(f"时间 {at} 没有时区")
        return at.astimezone(self.zone)

    def add_time(self, at: datetime, *, span: timedelta) -> datetime:
        """Return the instant that much time later, all day and every day (自然时间)."""
        return self.localize(self.localize(at).astimezone(UTC) + span)

    def time_between(self, start: datetime, *, end: datetime) -> timedelta:
        """Measure all the time between two instants (自然时间); negative if the end comes first."""
        return self.localize(end).astimezone(UTC) - self.localize(start).astimezone(UTC)

    def add_working_time(self, at: datetime, *, span: timedelta) -> datetime:
        """Return the earliest instant at which that much working time has passed (工作时间).

        A full last interval ends at its close, not at the next opening. A negative span counts back;
        none at all outside business hours answers the last close.
        """
        at = self.localize(at)
        return self._later(at, span) if span > _NONE else self._earlier(at, -span)

    def working_time_between(self, start: datetime, *, end: datetime) -> timedelta:
        """Measure the business hours between two instants (工作时间); negative if the end comes first."""
        start, end = self.localize(start), self.localize(end)
        if end < start:
            return -self.working_time_between(end, end=start)
        if start.date() == end.date():
            return self._worked_by(end) - self._worked_by(start)
        between = sum(self.is_working_day(day) for day in _days_between(start.date(), end.date()))
        return self._left_after(start) + between * self._day_length + self._worked_by(end)

    @property
    def _day_length(self) -> timedelta:
        return sum((_length(opens, closes) for opens, closes in self.hours), _NONE)

    def _worked_by(self, at: datetime) -> timedelta:
        """Measure the business hours of the day up to an instant."""
        if not self.is_working_day(at.date()):
            return _NONE
        now = at.time()
        return sum((_length(opens, min(closes, now)) for opens, closes in self.hours if opens < now), _NONE)

    def _left_after(self, at: datetime) -> timedelta:
        return self._day_length - self._worked_by(at) if self.is_working_day(at.date()) else _NONE

    def _later(self, at: datetime, span: timedelta) -> datetime:
        """Walk forwards over whole days, then find the place within the last."""
        day, left, whole = self.roll(at.date()), span + self._worked_by(at), self._day_length
        while left > whole:
            day, left = self.next_working_day(day), left - whole
        return self._at_worked(day, left)

    def _earlier(self, at: datetime, span: timedelta) -> datetime:
        """Walk back over whole days to the last instant before which the span was still to come."""
        day, left, whole = at.date(), self._worked_by(at) - span, self._day_length
        while left <= _NONE:
            day -= _DAY
            left += whole if self.is_working_day(day) else _NONE
        return self._at_worked(day, left)

    def _at_worked(self, day: date, worked: timedelta) -> datetime:
        """Find the earliest instant of a working day by which so much of it, more than none, is worked."""
        for opens, closes in self.hours:
            length = _length(opens, closes)
            if worked <= length:
                return datetime.combine(day, opens, self.zone) + worked
            worked -= length
        raise ValueError("一天的工作时间没有这么长")


def _length(opens: time, closes: time) -> timedelta:
    return datetime.combine(date.min, closes) - datetime.combine(date.min, opens)


def _days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days strictly between two days."""
    return (first + timedelta(days=n) for n in range(1, (last - first).days))
