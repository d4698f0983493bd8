"""An official calendar comes in: deadlines that it moves are reckoned anew, on record (节假日安排)."""

from dataclasses import dataclass
from datetime import date, datetime

from linli.cases.actions.timing import follow_calendar
from linli.matters import queries as matters
from linli.rulebook import actions as rulebook


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How many deadlines were looked at, and how many moved (重算结果)."""

    looked_at: int
    moved: int


def take_in(
    year: int, *, source: str, holidays: tuple[date, ...], makeup_days: tuple[date, ...], at: datetime
) -> Reckoned:
    """Take in a year's official days off and reckon every open deadline anew (录入节假日安排)."""
    rulebook.import_year(year, source=source, holidays=holidays, makeup_days=makeup_days, at=at)
    numbers = matters.due_from_year(year)
    return Reckoned(len(numbers), sum(follow_calendar(number, at=at, source=source) for number in numbers))
