"""A year as twelve sheets: which days are worked, which are off, which are made up for (年历)."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from linli.core.calendar import Calendar

_SATURDAY = 5
_WEEKS = Weeks()


@dataclass(frozen=True, slots=True)
class Day:
    """One day: work, rest, holiday or makeup (日)."""

    on: date
    kind: str

    @property
    def mark(self) -> str:
        """Return the sign beside the number, for eyes that do not tell colours apart."""
        return {"holiday": "休", "makeup": "班"}.get(self.kind, "")

    @property
    def words(self) -> str:
        """Say what the day is, for those who listen."""
        return {"work": "工作日", "rest": "周末", "holiday": "放假", "makeup": "调休上班"}[self.kind]


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks of a month from Monday on; None stands for a day of another month (月)."""

    number: int
    weeks: tuple[tuple[Day | None, ...], ...]
    working_days: int


def sheets(year: int, *, calendar: Calendar) -> tuple[Month, ...]:
    """Lay the twelve months of a year out (年历)."""
    return tuple(_month(year, number, calendar) for number in range(1, 13))


def _month(year: int, number: int, calendar: Calendar) -> Month:
    weeks = tuple(
        tuple(_day(on, calendar) if on.month == number else None for on in week)
        for week in _WEEKS.monthdatescalendar(year, number)
    )
    worked = sum(calendar.is_working_day(day.on) for week in weeks for day in week if day)
    return Month(number, weeks, worked)


def _day(on: date, calendar: Calendar) -> Day:
    if on in calendar.holidays:
        return Day(on, "holiday")
    if on in calendar.makeup_days:
        return Day(on, "makeup")
    return Day(on, "rest" if on.weekday() >= _SATURDAY else "work")
