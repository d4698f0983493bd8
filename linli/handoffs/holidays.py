"""An official calendar comes in: deadlines that it moves are reckoned anew, on record (节假日安排)."""

from dataclasses import dataclass
from datetime import date, datetime

from linli.cases.actions.timing import follow_calendar
from linli.matters import forecast
from linli.matters import queries as matters
from linli.pack.calendars import CalendarYear
from linli.record import actions as record
from linli.rulebook import actions as rulebook
from linli.rulebook import queries as rules


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How many deadlines were looked at, and how many moved (重算结果)."""

    looked_at: int
    moved: int


def foresee(year: CalendarYear, *, at: datetime) -> Reckoned:
    """Reckon how many matters a year's notice would move, and change nothing (预估); raise PackError."""
    numbers = matters.due_from_year(_first_year(year.year, days=(*year.days_off, *year.makeup_days)))
    moved = forecast.moved_by(rules.calendar_with(year), numbers=numbers, at=at)
    return Reckoned(len(numbers), moved)


def take_in(
    year: int,
    *,
    source: str,
    holidays: tuple[date, ...],
    makeup_days: tuple[date, ...],
    at: datetime,
    by: int | None = None,
    office: str = "系统",
) -> Reckoned:
    """Take in a year's official days off and reckon every open deadline anew (录入节假日安排)."""
    rulebook.import_year(year, source=source, holidays=holidays, makeup_days=makeup_days, at=at)
    numbers = matters.due_from_year(_first_year(year, days=(*holidays, *makeup_days)))
    moved = sum(follow_calendar(number, at=at, source=source) for number in numbers)
    record.write(
        chain=f"calendar-{year}", act="take_in_calendar", title="录入节假日安排", by=by, office=office, at=at,
        figures=(
            ("依据", source), ("放假", f"{len(holidays)} 天"), ("调休上班", f"{len(makeup_days)} 天"),
            ("改动期限", f"{moved} 件"),
        ),
    )  # fmt: skip
    return Reckoned(len(numbers), moved)


def _first_year(year: int, *, days: tuple[date, ...]) -> int:
    return min((year, *(day.year for day in days)))
