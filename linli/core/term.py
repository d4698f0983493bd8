"""How long something may take, in the unit the rule names (期限)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Self

from linli.core.calendar import Calendar

_TERM = re.compile(r"([0-9]{1,4}) ?(\S+)")


class Unit(Enum):
    """In what a rule counts time; 工作日 and 日 differ, so each rule must say which (期限单位)."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"

    @property
    def title(self) -> str:
        """Return the unit's Chinese name, with its measure word."""
        return _TITLES[self]

    @property
    def is_working(self) -> bool:
        """Tell whether only business hours count (工作时间), or all time (自然时间)."""
        return self in (Unit.WORKING_HOURS, Unit.WORKING_DAYS)

    @property
    def is_in_days(self) -> bool:
        """Tell whether the first day is not counted and the last one counts whole (首日不计)."""
        return self not in _LENGTHS

    @property
    def rolls(self) -> bool:
        """Tell whether a term that would end on a day of rest ends on the next working day (节假日顺延)."""
        return self in (Unit.DAYS, Unit.MONTHS)

    @classmethod
    def parse(cls, word: str) -> Self:
        """Read "working_days", "工作日" or "个工作日"; raise ValueError with a Chinese sentence."""
        plain = word.removeprefix("个")
        for unit in cls:
            if plain in (unit.value, unit.title.removeprefix("个"), *_OTHER_WORDS.get(unit, ())):
                return unit
        known = "、".join(f"{unit.value}（{unit.title.removeprefix('个')}）" for unit in cls)
        raise ValueError(f"期限单位「{word}」看不懂：可以用 {known}")


_TITLES = {
    Unit.MINUTES: "分钟",
    Unit.HOURS: "小时",
    Unit.WORKING_HOURS: "个工作小时",
    Unit.DAYS: "日",
    Unit.WORKING_DAYS: "个工作日",
    Unit.MONTHS: "个月",
}
_LENGTHS = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.WORKING_HOURS: timedelta(hours=1),
}
_OTHER_WORDS = {Unit.DAYS: ("天", "自然日")}


@dataclass(frozen=True, slots=True)
class Term:
    """Say how long something may take (期限): at least one of its unit."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"期限至少是 1 {self.unit.title}，不能是 {self.amount}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "5 working_days" or "5 个工作日"; raise ValueError with a Chinese sentence."""
        found = _TERM.fullmatch(text.strip())
        if not found:
            raise ValueError(f"期限「{text}」看不懂：请写成「5 working_days」或者「5 个工作日」")
        amount, word = found.groups()
        return cls(int(amount), Unit.parse(word))

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.value}"

    @property
    def words(self) -> str:
        """Say the term in Chinese: 5 个工作日."""
        return f"{self.amount} {self.unit.title}"


def due(term: Term, *, at: datetime, calendar: Calendar) -> datetime:
    """Return the last instant of a term that begins at an instant (届满), by 民法典 arts. 201 to 203.

    Minutes and hours run from the instant itself. In days and months the first day is not counted and the
    last one ends at 24:00, in working days at the close of business.
    """
    if term.unit.is_in_days:
        return _end(term, calendar.localize(at).date(), calendar)
    return _run(term, at, calendar)


def extended_due(extension: Term, *, at: datetime, calendar: Calendar) -> datetime:
    """Return the last instant of a term that was due at an instant and is extended (延长后的届满).

    Days are counted from the last day of the term, to which a deadline of 24:00 still belongs.
    """
    if extension.unit.is_in_days:
        return _end(extension, due_on(at, calendar=calendar), calendar)
    return _run(extension, at, calendar)


def due_on(at: datetime, *, calendar: Calendar) -> date:
    """Name the day that a deadline belongs to (届满日): midnight is 24:00 of the day before."""
    return (calendar.localize(at) - timedelta(microseconds=1)).date()


def roll(at: datetime, *, calendar: Calendar) -> datetime:
    """Move a deadline on a day of rest to the end of the next working day (顺延), 民法典 art. 203."""
    last = due_on(at, calendar=calendar)
    return at if calendar.is_working_day(last) else calendar.end_of_day(calendar.next_working_day(last))


def ago(term: Term, *, on: date) -> date:
    """Return the day so many days or months before another: what is older has had its time (期满之日)."""
    if term.unit is Unit.MONTHS:
        return _months_later(on, -term.amount)
    if term.unit is Unit.DAYS:
        return on - timedelta(days=term.amount)
    raise ValueError(f"{term.words}不是按日历日或者月计算的期限")


def after(term: Term, *, on: date) -> date:
    """Return the day so many days or months after another, whether offices work on it or not (之后的日子)."""
    if term.unit is Unit.MONTHS:
        return _months_later(on, term.amount)
    if term.unit is Unit.DAYS:
        return on + timedelta(days=term.amount)
    raise ValueError(f"{term.words}不是按日历日或者月计算的期限")


def _run(term: Term, at: datetime, calendar: Calendar) -> datetime:
    """Return the end of a term in minutes or hours, which run from the instant itself (民法典 art. 201)."""
    span = term.amount * _LENGTHS[term.unit]
    if term.unit.is_working:
        return calendar.add_working_time(at, span=span)
    return calendar.add_time(at, span=span)


def _end(term: Term, on: date, calendar: Calendar) -> datetime:
    """Return the end of the last day of a term in days, of which the first is not counted."""
    if term.unit is Unit.WORKING_DAYS:
        return calendar.close_of_business(calendar.add_working_days(on, days=term.amount))
    last = on + timedelta(days=term.amount) if term.unit is Unit.DAYS else _months_later(on, term.amount)
    return calendar.end_of_day(calendar.roll(last))


def _months_later(on: date, months: int) -> date:
    """Return the same day of a later month, or its last day if it has no such day (民法典 art. 202)."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
