"""How often the same kind of trouble came up where, from the matters of a few weeks (同类反映)."""

from collections import Counter
from datetime import date, datetime

from django.db.models import Count, QuerySet

from linli.frame.clock import day_of
from linli.matters import followers, queries
from linli.matters.models import Follower, Matter

Key = tuple[str, str]
# A campaign is about a trouble; it is not one more report of it.
_REPORTED = ("concern", "incident")


def counts(path: str, *, since: datetime, until: datetime) -> Counter[Key]:
    """Count reports and those who joined them, by place and category, in two queries (反映人次).

    A duplicate counts where it was reported; who came with it by merging is not counted twice.
    """
    told = queries.within(path).filter(subject__in=_REPORTED, opened_at__gte=since, opened_at__lt=until)
    found = Counter(_counted(told, "place_path", "category"))
    joined = followers.joins(path, since=since, until=until).filter(matter__subject__in=_REPORTED)
    found.update(_counted(joined, "matter__place_path", "matter__category"))
    return found


def joined(path: str, category: str, *, since: datetime, until: datetime) -> int:
    """Count who joined reports of one kind at a place and within it (加入人次)."""
    every = followers.joins(path, since=since, until=until)
    return every.filter(matter__subject__in=_REPORTED, matter__category=category).count()


def of_kind(path: str, category: str, *, since: datetime, until: datetime) -> QuerySet[Matter]:
    """Return the reports of one kind at a place and within it, newest first."""
    told = queries.within(path).filter(
        subject__in=_REPORTED, category=category, opened_at__gte=since, opened_at__lt=until
    )
    return told.select_related("place", "lead").order_by("-opened_at", "-pk")


def days(path: str, category: str, *, since: datetime, until: datetime) -> list[date]:
    """Return the day of each report of one kind, for its course over the weeks."""
    return [
        day_of(at)
        for at in of_kind(path, category, since=since, until=until).values_list("opened_at", flat=True)
    ]


def _counted(rows: "QuerySet[Matter] | QuerySet[Follower]", *columns: str) -> dict[Key, int]:
    grouped = rows.order_by().values_list(*columns).annotate(n=Count("pk"))
    return {(path, category): number for path, category, number in grouped}
