"""Some of a place's matters, named so that a count and the list behind it cannot differ (切片)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet, TextChoices
from django.utils.timezone import make_aware

from linli.frame.clock import day_of
from linli.matters import queries
from linli.matters.models import Matter
from linli.matters.tally import MERGED

_COLUMNS = {
    "subject": "subject",
    "category": "category",
    "order": "order",
    "level": "level",
    "step": "step_kind",
    "here": "place_path",
}


class Measure(TextChoices):
    """What is counted (量)."""

    OPEN = "open", "在办"
    OPENED = "opened", "新增"
    CLOSED = "closed", "办结"
    MERGED = "merged", "并入"
    IN_TIME = "in_time", "按期答复"
    LATE = "late", "逾期答复"
    OVERDUE = "overdue", "逾期未结"
    DUE_TODAY = "due_today", "今天到期"
    JUDGED = "judged", "应当答复"
    SENT_UP = "sent_up", "上报"
    HANDED_BACK = "handed_back", "交回"
    ALIVE = "alive", "在册"


_HAPPENED = {
    Measure.OPENED: ("opened_at", Q()),
    Measure.CLOSED: ("closed_at", ~Q(outcome=MERGED)),
    Measure.MERGED: ("closed_at", Q(outcome=MERGED)),
    Measure.IN_TIME: ("answered_at", Q(due_at=None) | Q(answered_at__lte=F("due_at"))),
    Measure.LATE: ("answered_at", Q(answered_at__gt=F("due_at"))),
    Measure.SENT_UP: ("climbed_at", Q(climb=1)),
    Measure.HANDED_BACK: ("climbed_at", Q(climb=-1)),
}


@dataclass(frozen=True, slots=True)
class Slice:
    """Name matters by place, measure, one facet and the days ``since`` and ``until``, both counted (切片)."""

    path: str
    measure: Measure
    facet: str = "all"
    key: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def query(self) -> str:
        """Write the slice as the query of an address."""
        return _query(self)

    @classmethod
    def parse(cls, said: Mapping[str, str]) -> "Slice":
        """Read the query of an address; raises ``ValueError`` when it names no slice."""
        facet = said.get("facet") or "all"
        if facet not in ("all", "lead", *_COLUMNS):
            raise ValueError(facet)
        since, until = said.get("since"), said.get("until")
        return cls(
            path=said.get("within", ""),
            measure=Measure(said.get("measure", Measure.OPEN)),
            facet=facet,
            key=said.get("key", ""),
            since=date.fromisoformat(since) if since else None,
            until=date.fromisoformat(until) if until else None,
        )


@lru_cache(maxsize=4096)
def _query(of: Slice) -> str:
    """Write the query of a slice once: a page of figures names about thirty, and tomorrow others."""
    said: Mapping[str, object] = {
        "within": of.path,
        "measure": of.measure.value,
        "facet": of.facet if of.facet != "all" else "",
        "key": of.key,
        "since": of.since or "",
        "until": of.until or "",
    }
    return urlencode({name: str(value) for name, value in said.items() if value != ""})


def rows(chosen: Slice, *, at: datetime) -> QuerySet[Matter]:
    """Return the matters of a slice; their number is what the running counts say of it."""
    found = queries.within(chosen.path).filter(_measured(chosen, at))
    if chosen.facet == "lead":
        return found.filter(lead_id=int(chosen.key) if chosen.key.isdecimal() else None)
    if chosen.facet == "all":
        return found
    key = chosen.path if chosen.facet == "here" else chosen.key
    if chosen.facet == "level" and chosen.measure is Measure.CLOSED:
        return found.filter(solved_level=key)
    return found.filter(**{_COLUMNS[chosen.facet]: key})


def start_of(on: date) -> datetime:
    """Return the first instant of a day; a deadline at that instant still belongs to the day before."""
    return make_aware(datetime.combine(on, time.min))


def end_of(on: date) -> datetime:
    """Return the last instant of a day, 24:00."""
    return start_of(on + timedelta(days=1))


def _measured(chosen: Slice, at: datetime) -> Q:
    now = _standing_now(at)
    if chosen.measure in now:
        return now[chosen.measure]
    if chosen.measure is Measure.JUDGED:
        return _during("answered_at", chosen) | now[Measure.OVERDUE]
    if chosen.measure is Measure.ALIVE:
        return _alive(chosen)
    column, condition = _HAPPENED[chosen.measure]
    return _during(column, chosen) & condition


def _standing_now(at: datetime) -> dict[Measure, Q]:
    unanswered = Q(closed_at=None, answered_at=None)
    return {
        Measure.OPEN: Q(closed_at=None),
        Measure.OVERDUE: unanswered & Q(due_at__lt=at),
        Measure.DUE_TODAY: unanswered & Q(due_at__gte=at, due_at__lte=end_of(day_of(at))),
    }


def _during(column: str, chosen: Slice) -> Q:
    span = Q(**{f"{column}__isnull": False})
    if chosen.since:
        span &= Q(**{f"{column}__gte": start_of(chosen.since)})
    if chosen.until:
        span &= Q(**{f"{column}__lt": end_of(chosen.until)})
    return span


def _alive(chosen: Slice) -> Q:
    """Choose what was opened by the last day and not closed before the first (期内在册)."""
    span = Q(opened_at__lt=end_of(chosen.until)) if chosen.until else Q()
    if chosen.since is None:
        return span
    return span & (Q(closed_at=None) | Q(closed_at__gte=start_of(chosen.since)))
