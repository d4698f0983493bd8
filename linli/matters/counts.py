"""Reading the running counts: a page costs what it shows, whatever the number of matters (读数)."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from linli.frame.clock import day_of
from linli.frame.compiled import Question
from linli.matters import queries
from linli.matters.models import Tally
from linli.matters.slices import Measure, end_of
from linli.matters.tally import NO_DAY
from linli.places import queries as places
from linli.places.path import inside

_FLOWS = ("opened", "closed", "merged", "in_time", "late", "sent_up", "handed_back")


def stock(path: str) -> Counter[tuple[str, str]]:
    """Return what is open at a place and within it, by facet and key (在办)."""
    return Counter({(facet, key): count for facet, key, count in _STOCK.ask(path=path)})


def open_everywhere() -> int:
    """Return how many matters are open at all the places that stand above all others."""
    roots = [spot.path for spot in places.roots()]
    return stocks(roots).total()


def stocks(paths: Sequence[str]) -> Counter[str]:
    """Return how much is open at each of several places, in one query."""
    return Counter(dict(_STOCKS.ask(paths=paths)))


def flow(path: str, *, since: date, until: date) -> Counter[tuple[str, date]]:
    """Return how many were opened, closed, answered and moved between the levels, by measure and day."""
    found = flows(path, {"all": ("",)}, since=since, until=until)["all"]
    return Counter({(measure, on): count for (measure, _, on), count in found.items()})


def flows(
    path: str, facets: Mapping[str, Collection[str]], *, since: date, until: date
) -> dict[str, Counter[tuple[str, str, date]]]:
    """Return the same for some keys of several facets, in one query: by facet, measure, key and day."""
    found: dict[str, Counter[tuple[str, str, date]]] = {facet: Counter() for facet in facets}
    for facet, measure, key, on, count in _counted(_FLOW, path, facets, since, until):
        found[facet][measure, key, on] = count
    return found


def totals(
    path: str, facets: Mapping[str, Collection[str]], *, since: date, until: date
) -> dict[str, Counter[tuple[str, str]]]:
    """Return the same over all the days together, in one query: by facet, measure and key."""
    found: dict[str, Counter[tuple[str, str]]] = {facet: Counter() for facet in facets}
    for facet, measure, key, count in _counted(_TOTAL, path, facets, since, until):
        found[facet][measure, key] = count
    return found


def _counted(
    question: Question[Any], path: str, facets: Mapping[str, Collection[str]], since: date, until: date
) -> Iterator[Any]:
    """Ask of all facets and keys together, as one range of the index; leave out what pairs by chance."""
    keys = tuple(dict.fromkeys(key for of in facets.values() for key in of))
    rows = question.ask(path=path, facets=tuple(facets), keys=keys, since=since, until=until)
    return (row for row in rows if row[2] in facets[row[0]])


def pressing(path: str, *, at: datetime) -> Counter[tuple[str, str]]:
    """Count what is overdue and what is due today, by measure and lead, from the index of the unanswered."""
    found: Counter[tuple[str, str]] = Counter()
    within, until = inside(path, column="place_path"), end_of(day_of(at))
    for lead, overdue, today in _PRESSING.ask(within=within, at=at, until=until):
        found[Measure.OVERDUE.value, str(lead or "")] = overdue
        found[Measure.DUE_TODAY.value, str(lead or "")] = today
    return found


_OPEN = Tally.objects.filter(measure="open", on=NO_DAY)
_STOCK = Question(lambda path: _OPEN.filter(path=path).values_list("facet", "key").annotate(n=Sum("count")))
_STOCKS = Question(
    lambda paths: (
        _OPEN.filter(path__in=paths, facet="all", key="").values_list("path").annotate(n=Sum("count"))
    )
)


def _flowed(path: Any, facets: Any, keys: Any, since: Any, until: Any) -> QuerySet[Tally]:
    rows = Tally.objects.filter(path=path, measure__in=_FLOWS, facet__in=facets, key__in=keys)
    return rows.filter(on__gte=since, on__lte=until)


_FLOW = Question(
    lambda **of: _flowed(**of).values_list("facet", "measure", "key", "on").annotate(n=Sum("count")),
    varies=True,
)
_TOTAL = Question(
    lambda **of: _flowed(**of).values_list("facet", "measure", "key").annotate(n=Sum("count")), varies=True
)
_PRESSING = Question(
    lambda within, at, until: (
        queries.every()
        .filter(within, closed_at=None, answered_at=None, due_at__lte=until)
        .order_by()
        .values_list("lead_id")
        .annotate(overdue=Count("pk", filter=Q(due_at__lt=at)), today=Count("pk", filter=Q(due_at__gte=at)))
    ),
    varies=True,
)
