"""An official calendar comes in: deadlines that it moves are reckoned anew, on record (节假日安排)."""

from dataclasses import dataclass
from datetime import date, datetime

from linli.matters import queries as matters
from linli.matters.actions.timing import follow_calendar
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
    looked_at = moved = 0
    for matter in matters.due_in_years((year,)).iterator(chunk_size=500):
        looked_at += 1
        moved += follow_calendar(matter, at=at, source=source)
    return Reckoned(looked_at, moved)
