"""An official calendar comes in: deadlines that it moves are reckoned anew, on record (节假日安排).

The calendar is in force at once; the open deadlines follow some at a time, by the worker, and go on where
they stopped when it is killed. What is opened meanwhile is reckoned under the new calendar anyway.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django_q.tasks import async_task

from linli.cases.actions.timing import follow_calendar
from linli.frame.clock import now
from linli.handoffs.models import Reckoning
from linli.matters import forecast
from linli.matters import queries as matters
from linli.pack.calendars import CalendarYear
from linli.record import actions as record
from linli.rulebook import actions as rulebook
from linli.rulebook import queries as rules

# So many matters at a time: nobody who acts on one of them waits for the rest.
BATCH = 50
# Then other jobs have their turn.
PATIENCE = timedelta(seconds=40)
# Somebody who waits this long without progress is told that nobody works.
QUIET = timedelta(minutes=3)

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How many deadlines were looked at, and how many moved (重算结果)."""

    looked_at: int
    moved: int


def foresee(year: CalendarYear, *, at: datetime) -> Reckoned:
    """Reckon how many matters a year's notice would move, and change nothing (预估); raise PackError."""
    numbers = matters.due_from_year(_first_year(year.year, days=(*year.days_off, *year.makeup_days)))
    moved = forecast.moved_by(rules.calendar_with(year), numbers=tuple(numbers.values()), at=at)
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
    """Take in a year's official days off and reckon every open deadline anew, to the end (录入节假日安排)."""
    reckoning = begin(
        year, source=source, holidays=holidays, makeup_days=makeup_days, at=at, by=by, office=office
    )
    while not go_on(reckoning.pk, at=at):
        pass
    reckoning.refresh_from_db()
    return Reckoned(reckoning.looked_at, reckoning.moved)


@transaction.atomic
def begin(
    year: int,
    *,
    source: str,
    holidays: tuple[date, ...],
    makeup_days: tuple[date, ...],
    at: datetime,
    by: int | None = None,
    office: str = "系统",
) -> Reckoning:
    """Take in a year's official days off, and leave the deadlines to the worker (录入节假日安排)."""
    rulebook.import_year(year, source=source, holidays=holidays, makeup_days=makeup_days, at=at)
    since = _first_year(year, days=(*holidays, *makeup_days))
    reckoning = Reckoning.objects.create(
        year=year, since_year=since, source=source, days_off=len(holidays), makeup_days=len(makeup_days),
        by=by, office=office, total=len(matters.due_from_year(since)), begun_at=at, stirred_at=at,
    )  # fmt: skip
    async_task("linli.handoffs.holidays.carry_on")
    return reckoning


def carry_on() -> None:
    """Reckon what is under way, the oldest first, for a while: a job of the worker (接着重算)."""
    until = now() + PATIENCE
    for number in Reckoning.objects.filter(ended_at=None).order_by("pk").values_list("pk", flat=True):
        while now() < until and not go_on(number, at=now()):
            pass


@transaction.atomic
def go_on(number: int, *, at: datetime) -> bool:
    """Reckon the next few matters, once, whoever else tries the same; tell whether that was the end."""
    reckoning = Reckoning.objects.select_for_update().get(pk=number)
    if reckoning.ended_at:
        return True
    found = matters.due_from_year(reckoning.since_year, after=reckoning.reached, limit=BATCH)
    reckoning.moved += sum(_follow(one, at=at, source=reckoning.source) for one in found.values())
    reckoning.looked_at += len(found)
    reckoning.reached, reckoning.stirred_at = max(found, default=reckoning.reached), at
    if len(found) < BATCH:
        _end(reckoning, at=at)
    reckoning.save()
    return reckoning.ended_at is not None


def latest(year: int) -> Reckoning | None:
    """Return how far the reckoning of a year has come, the newest one (进度)."""
    return Reckoning.objects.filter(year=year).order_by("-pk").first()


def is_quiet(reckoning: Reckoning, *, at: datetime) -> bool:
    """Tell whether a reckoning stands still, as it does without a worker (后台任务没有运行)."""
    return reckoning.ended_at is None and at - reckoning.stirred_at > QUIET


def _follow(number: str, *, at: datetime, source: str) -> bool:
    try:
        return follow_calendar(number, at=at, source=source)
    except Exception:  # noqa: BLE001  (whatever is wrong with one matter, the others do not wait for it)
        _LOG.exception("The deadlines of %s could not be reckoned", number)
        return False


def _end(reckoning: Reckoning, *, at: datetime) -> None:
    reckoning.ended_at = at
    record.write(
        chain=f"calendar-{reckoning.year}", act="take_in_calendar", title="录入节假日安排", by=reckoning.by,
        office=reckoning.office, at=at,
        figures=(
            ("依据", reckoning.source), ("放假", f"{reckoning.days_off} 天"),
            ("调休上班", f"{reckoning.makeup_days} 天"), ("改动期限", f"{reckoning.moved} 件"),
        ),
    )  # fmt: skip


def _first_year(year: int, *, days: tuple[date, ...]) -> int:
    return min((year, *(day.year for day in days)))
