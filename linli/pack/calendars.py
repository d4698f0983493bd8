"""Read the yearly holidays and the business hours into one calendar (读取工作日历)."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, Strict

from linli.core.calendar import Calendar
from linli.pack.complaint import Complaint, PackError, TomlPath
from linli.pack.schema import Part
from linli.pack.toml import TomlFile


def _read_zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"没有「{name}」这个时区") from None


Zone = Annotated[ZoneInfo, BeforeValidator(_read_zone)]
Day = Annotated[date, Strict()]
TimeOfDay = Annotated[time, Strict()]
Title = Annotated[str, Field(min_length=1)]

_YEARS = "*-[0-9][0-9][0-9][0-9].toml"
_HOURS = "hours.toml"
_OTHER_NAME = "是 {} 年，和文件名里的年份不一致"
_SATURDAY = 5
_DECEMBER = 12


class Holiday(Part):
    """Days off in a row, the first and the last counted; without a last it is one day (放假)."""

    title: Title
    first: Day
    last: Day | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """List the days off."""
        length = ((self.last or self.first) - self.first).days + 1
        return tuple(self.first + timedelta(days=n) for n in range(length))


class CalendarYear(Part):
    """What one official notice says of a year; not confirmed while there is none (年度放假安排)."""

    title: Title
    year: int
    source: Title
    confirmed: bool
    holidays: tuple[Holiday, ...]
    makeup_days: tuple[Day, ...]

    @classmethod
    def imported(cls, year: int, *, source: str, holidays: Sequence[str], makeup_days: Sequence[str]) -> Self:
        """Build a confirmed year from the days of a notice that was imported, written as 2026-10-01."""
        return cls(
            title=f"{year} 年节假日安排",
            year=year,
            source=source,
            confirmed=True,
            holidays=tuple(Holiday(title="放假", first=date.fromisoformat(day)) for day in holidays),
            makeup_days=tuple(date.fromisoformat(day) for day in makeup_days),
        )

    @property
    def days_off(self) -> tuple[date, ...]:
        """List every day off of the year."""
        return tuple(day for holiday in self.holidays for day in holiday.days)


class Interval(Part):
    """One stretch of business hours (一段工作时间)."""

    opens: TimeOfDay
    closes: TimeOfDay


class BusinessHours(Part):
    """When offices work on a working day, and on which clocks (工作时间)."""

    title: Title
    source: Title
    zone: Zone
    hours: Annotated[tuple[Interval, ...], Field(min_length=1)]


def read_calendar(folder: Path, *, instead: Sequence[CalendarYear] = ()) -> Calendar:
    """Read a folder of years and business hours (读取日历); raise PackError with every fault of a file.

    A year in ``instead`` takes the place of the folder's.
    """
    shipped = read_years(folder)
    replaced = {year.year for year in instead}
    years = (*(year for year in shipped if year.year not in replaced), *instead)
    if not years:
        raise PackError(Complaint(folder.as_posix(), 0, (), "没有放假安排，文件名应当像 cn-2026.toml"))
    business = read_hours(folder / _HOURS)
    try:
        return Calendar(
            holidays=frozenset(day for year in years for day in year.days_off),
            makeup_days=frozenset(day for year in years for day in year.makeup_days),
            confirmed_years=frozenset(year.year for year in years if year.confirmed),
            hours=tuple((interval.opens, interval.closes) for interval in business.hours),
            zone=business.zone,
        )
    except ValueError as error:
        # Only two years that disagree on a day are left to be found here.
        raise PackError(Complaint(folder.as_posix(), 0, (), str(error))) from error


def read_years(folder: Path) -> tuple[CalendarYear, ...]:
    """Read every year of a folder, in order (读取各年放假安排)."""
    return tuple(read_year(path) for path in sorted(folder.glob(_YEARS)))


def read_year(path: Path) -> CalendarYear:
    """Read the holidays and make-up days of a year (读取年度放假安排); raise PackError with every fault."""
    file = TomlFile.read(path)
    year = file.into(CalendarYear)
    wrong_name = () if path.stem.endswith(f"-{year.year}") else ((("year",), _OTHER_NAME.format(year.year)),)
    _refuse(*(file.complaint(at, reason=reason) for at, reason in (*wrong_name, *faults(year))))
    return year


def parse_year(content: bytes, *, name: str) -> CalendarYear:
    """Read a year from a file's content (上传放假安排); raise PackError with every fault."""
    file = TomlFile.parse(content, name=name)
    year = file.into(CalendarYear)
    _refuse(*(file.complaint(at, reason=reason) for at, reason in faults(year)))
    return year


def faults(year: CalendarYear) -> Iterator[tuple[TomlPath, str]]:
    """Find what cannot be right in a year, each with its place and the reason (挑错)."""
    yield from _holiday_faults(year)
    yield from _makeup_faults(year)


def read_hours(path: Path) -> BusinessHours:
    """Read the business hours (读取工作时间); raise PackError with every fault."""
    file = TomlFile.read(path)
    business = file.into(BusinessHours)
    _refuse(*_hours_faults(business, file))
    return business


def may_speak_of(year: int, day: date) -> bool:
    """Tell whether a year's notice may speak of a day: New Year reaches back into the old year (元旦)."""
    return day.year == year or (day.year, day.month) == (year - 1, _DECEMBER)


def _refuse(*complaints: Complaint) -> None:
    if complaints:
        raise PackError(*complaints)


def _holiday_faults(year: CalendarYear) -> Iterator[tuple[TomlPath, str]]:
    seen: dict[date, str] = {}
    for n, holiday in enumerate(year.holidays):
        if holiday.last and holiday.last < holiday.first:
            yield ("holidays", n, "last"), "最后一天早于第一天"
        elif not may_speak_of(year.year, holiday.first):
            yield ("holidays", n, "first"), _outside(year, holiday.first)
        elif not may_speak_of(year.year, holiday.days[-1]):
            yield ("holidays", n, "last"), _outside(year, holiday.days[-1])
        elif other := next((seen[day] for day in holiday.days if day in seen), ""):
            yield ("holidays", n), f"和「{other}」有重复的日子"
        seen |= dict.fromkeys(holiday.days, holiday.title)


def _makeup_faults(year: CalendarYear) -> Iterator[tuple[TomlPath, str]]:
    days_off = frozenset(year.days_off)
    for n, day in enumerate(year.makeup_days):
        place = ("makeup_days", n)
        if not may_speak_of(year.year, day):
            yield place, _outside(year, day)
        elif day.weekday() < _SATURDAY:
            yield place, f"{day} 不是周六、周日，不用调休上班"
        elif day in days_off:
            yield place, f"{day} 不能既是放假日，又是调休上班日"
        elif day in year.makeup_days[:n]:
            yield place, f"{day} 写了两次"


def _hours_faults(business: BusinessHours, file: TomlFile) -> Iterator[Complaint]:
    closed = None
    for n, interval in enumerate(business.hours):
        if interval.closes <= interval.opens:
            yield file.complaint(("hours", n, "closes"), reason="下班时间不晚于上班时间")
        if closed is not None and interval.opens <= closed:
            yield file.complaint(("hours", n, "opens"), reason="和前一段工作时间没有隔开")
        closed = interval.closes


def _outside(year: CalendarYear, day: date) -> str:
    return f"{day} 不在 {year.year} 年，也不在上一年十二月"
