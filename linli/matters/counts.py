"""Reading the running counts: a page costs what it shows, whatever the number of matters (读数)."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db.models import Count, Q, Sum

from linli.frame.clock import day_of
from linli.matters import queries
from linli.matters.models import Tally
from linli.matters.slices import Measure, end_of
from linli.matters.tally import NO_DAY
from linli.places import queries as places

_FLOWS = ("opened", "closed", "merged", "in_time", "late", "sent_up", "handed_back")


def stock(path: str) -> Counter[tuple[str, str]]:
    """Return what is open at a place and within it, by facet and key (在办)."""
    rows = Tally.objects.filter(path=path, measure="open", on=NO_DAY).values_list("facet", "key")
    return Counter({(facet, key): count for facet, key, count in rows.annotate(n=Sum("count"))})


def open_everywhere() -> int:
    """Return how many matters are open at all the places that stand above all others."""
    roots = [spot.path for spot in places.roots()]
    return stocks(roots).total()


def stocks(paths: Sequence[str]) -> Counter[str]:
    """Return how much is open at each of several places, in one query."""
    rows = Tally.objects.filter(path__in=paths, measure="open", facet="all", key="", on=NO_DAY)
    return Counter(dict(rows.values_list("path").annotate(n=Sum("count"))))


def flow(path: str, *, since: date, until: date) -> Counter[tuple[str, date]]:
    """Return how many were opened, closed, answered and moved between the levels, by measure and day."""
    rows = Tally.objects.filter(path=path, measure__in=_FLOWS, facet="all", key="", on__range=(since, until))
    counted = rows.values_list("measure", "on").annotate(n=Sum("count"))
    return Counter({(measure, on): count for measure, on, count in counted})


def flow_by(
    path: str, *, facet: str, keys: Collection[str], since: date, until: date
) -> Counter[tuple[str, str, date]]:
    """Return the same for some keys of a facet, by measure, key and day."""
    rows = Tally.objects.filter(
        path=path, measure__in=_FLOWS, facet=facet, key__in=keys, on__range=(since, until)
    )
    counted = rows.values_list("measure", "key", "on").annotate(n=Sum("count"))
    return Counter({(measure, key, on): count for measure, key, on, count in counted})


def pressing(path: str, *, at: datetime) -> Counter[tuple[str, str]]:
    """Count what is overdue and what is due today, by measure and lead, from the index of the unanswered."""
    late = Q(due_at__lt=at)
    rows = queries.open_and_due(path, by=end_of(day_of(at))).order_by().values_list("lead_id")
    found: Counter[tuple[str, str]] = Counter()
    for lead, overdue, today in rows.annotate(
        overdue=Count("pk", filter=late), today=Count("pk", filter=~late)
    ):
        found[Measure.OVERDUE.value, str(lead or "")] = overdue
        found[Measure.DUE_TODAY.value, str(lead or "")] = today
    return found
