"""When a meeting must be held next, and whether it is overdue (会期)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from linli.core.clause import Clause
from linli.core.forum import Rhythm
from linli.core.term import Unit, after


@dataclass(frozen=True, slots=True)
class Due:
    """The last day on which a meeting may be held, seen from another day (应开会日)."""

    on: date
    seen: date
    clause: Clause

    @property
    def is_overdue(self) -> bool:
        """Tell whether that day has gone by without a meeting (逾期未开)."""
        return self.seen > self.on

    @property
    def days(self) -> int:
        """Count the days that are left, or, below nothing, those that it is late."""
        return (self.on - self.seen).days

    @property
    def words(self) -> str:
        """Say it in one sentence: 应在 7月31日 前召开，已逾期 12 天."""
        day = f"{self.on.year}年{self.on.month}月{self.on.day}日"
        if self.is_overdue:
            return f"最迟应在 {day} 召开，已逾期 {-self.days} 天"
        return f"最迟应在今天召开（{day}）" if self.days == 0 else f"最迟应在 {day} 召开，还有 {self.days} 天"


def due(rhythm: Rhythm, *, last: date | None, since: date, on: date) -> Due:
    """Say by when a forum must meet (会期届满日); ``since`` counts where it has never met.

    A forum with a day of its own meets on that day, once in each of its periods: a meeting on another day of
    the month serves for that month.
    """
    if rhythm.on_day:
        return Due(_day_of_its_own(rhythm, last=last, since=since), on, rhythm.clause)
    return Due(after(rhythm.every, on=last or since), on, rhythm.clause)


def _day_of_its_own(rhythm: Rhythm, *, last: date | None, since: date) -> date:
    if rhythm.every.unit is not Unit.MONTHS:
        raise ValueError(f"有固定日子的会期要按月计算，不能是 {rhythm.every.words}")
    if last:
        return _day_in(last, rhythm.every.amount, rhythm.on_day)
    this_month = _day_in(since, 0, rhythm.on_day)
    return this_month if this_month >= since else _day_in(since, rhythm.every.amount, rhythm.on_day)


def _day_in(of: date, months: int, day: int) -> date:
    """Return a day of the month so many months later, or its last day if it has no such day."""
    year, month = divmod(of.year * 12 + of.month - 1 + months, 12)
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))
