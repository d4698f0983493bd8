"""What couriers, riders and drivers reported and what came of it, and how many of them serve (新就业群体)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from linli.bodies import roster
from linli.cases import queries as cases
from linli.frame.clock import day_of
from linli.insight import small
from linli.matters import queries as matters
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Matter

MONTHS = 6


@dataclass(frozen=True, slots=True)
class Told:
    """How much was reported, and how much of it has been solved (反映、办成)."""

    key: str
    title: str
    told: int
    solved: int


@dataclass(frozen=True, slots=True)
class Trade(Told):
    """What one trade reported; ``serving`` hides a number of people that is too small (行业)."""

    serving: str


@dataclass(frozen=True, slots=True)
class Road:
    """The trades of a place, and its last months, newest first (新就业群体)."""

    trades: tuple[Trade, ...]
    months: tuple[Told, ...]
    least: int

    @property
    def told(self) -> int:
        """Return how much was reported in these months."""
        return sum(month.told for month in self.months)


def read(path: str, *, trades: Mapping[str, str], at: datetime) -> Road:
    """Read the last months of a place, in two queries (新就业群体)."""
    months = last_months(day_of(at))
    told: Counter[str] = Counter()
    solved: Counter[str] = Counter()
    for trade, month, number, done in _counted(path, since=months[-1]):
        told.update({trade: number, month: number})
        solved.update({trade: done, month: done})
    serving, least = roster.serving_by_trade(path, on=day_of(at)), small.least()
    return Road(
        trades=tuple(
            Trade(key, title, told[key], solved[key], _people(serving.get(key, 0), least=least))
            for key, title in trades.items()
        ),
        months=tuple(
            Told(key, f"{one.year}年{one.month}月", told[key], solved[key])
            for one in months
            for key in (f"{one:%Y-%m}",)
        ),
        least=least,
    )


def behind(path: str, *, trade: str, month: date | None, solved: bool, at: datetime) -> "QuerySet[Matter]":
    """Return the matters behind a number: of a trade, of a month, or of all these months."""
    first, following = month or last_months(day_of(at))[-1], _next(month) if month else None
    found = cases.told_on_the_road(path, trade=trade, solved=solved).values("matter")
    rows = matters.every().filter(pk__in=found, opened_at__gte=_midnight(first))
    return rows.filter(opened_at__lt=_midnight(following)) if following else rows


def last_months(on: date) -> tuple[date, ...]:
    """List the first days of the last months, this one first."""
    months = [on.replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return tuple(months)


def _counted(path: str, *, since: date) -> list[tuple[str, str, int, int]]:
    rows = cases.told_on_the_road(path).filter(matter__opened_at__gte=_midnight(since))
    by_month = rows.annotate(month=TruncMonth("matter__opened_at", tzinfo=rulebook.calendar().zone))
    counted = by_month.values_list("trade", "month").annotate(
        told=Count("pk"), solved=Count("pk", filter=cases.SOLVED)
    )
    return [
        (trade, f"{month:%Y-%m}", told, solved)
        for trade, month, told, solved in counted.order_by("trade", "month")
    ]


def _people(number: int, *, least: int) -> str:
    return f"少于 {least}" if 0 < number < least else str(number)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=rulebook.calendar().zone)
