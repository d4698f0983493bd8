"""What stands in somebody's inboxes, read in the order of an index: a page costs what it shows (收件箱)."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache, reduce
from operator import add
from typing import Any, NamedTuple

from django.db.models import IntegerField, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from linli.bodies.actor import Actor
from linli.frame import merging, paging
from linli.frame.compiled import Question
from linli.matters.models import Waiting

BY = "due_at"


class Numbers(NamedTuple):
    """How many lines there are, each counted up to a limit (件数)."""

    late: int = 0
    today: int = 0
    ruling: int = 0
    whole: int = 0


def of(actor: Actor) -> tuple[str, ...]:
    """Return the inboxes somebody opens as the lines name them: their bodies', their offices', their own."""
    return (
        *(f"body {number}" for number in sorted(actor.body_ids)),
        *dict.fromkeys(f"{held.office} at {held.place_id}" for held in actor.offices),
        *((f"person {actor.person_id}",) if actor.person_id else ()),
    )


def page(actor: Actor, *, wanted: Q, cursor: str, most: int) -> list[tuple[Any, ...]]:
    """Read the lines that are due, the most pressing first, as plain values of ``COLUMNS``."""
    beyond = Q(wanted, paging.beyond(Waiting, by=BY, cursor=cursor))
    return _lines(most, is_due=True, is_filtered=bool(wanted)).ask(inboxes=of(actor), wanted=beyond)


def standing(actor: Actor, *, wanted: Q, most: int) -> list[tuple[Any, ...]]:
    """Read the lines that have no deadline, or whose clock stands still."""
    return _lines(most, is_due=False, is_filtered=bool(wanted)).ask(inboxes=of(actor), wanted=wanted)


def numbers(actor: Actor, *, wanted: Q, at: datetime, until: datetime, most: int) -> Numbers:
    """Count what is late, what is due ``until`` then, what else waits for a ruling, and all of it."""
    found = _numbers(most, is_filtered=bool(wanted)).first(
        inboxes=of(actor), wanted=wanted, at=at, until=until
    )
    return Numbers(*(min(number, most) for number in found)) if found else Numbers()


COLUMNS = (
    "id", "due_at", "what", "title", "role", "is_ruling",
    "matter__number", "matter__title", "matter__pack", "matter__edition", "matter__procedure", "matter__step",
    "matter__subject", "matter__order", "matter__paused_at",
    "matter__place__name", "matter__place__parent__name",
)  # fmt: skip


@cache
def _lines(most: int, *, is_due: bool, is_filtered: bool) -> Question[tuple[Any, ...]]:
    """Return the question for the first lines: both databases stop after so many, in one index range each."""

    def lines(inboxes: Sequence[Any], wanted: Q) -> QuerySet[Any, Any]:
        chosen = Waiting.objects.filter(wanted, due_at__isnull=not is_due).order_by(BY, "pk").values("pk")
        parts = [chosen.filter(inbox=inbox)[:most] for inbox in inboxes]
        found = merging.together(Waiting.objects.all(), parts=parts)
        return found.order_by(BY, "pk").values_list(*COLUMNS)[:most]

    return Question(lines, varies=is_filtered)


class _Counted(Subquery):
    """Count the rows of a query that stops by itself."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@cache
def _numbers(most: int, *, is_filtered: bool) -> Question[tuple[int, ...]]:
    def numbers(inboxes: Sequence[Any], wanted: Q, at: Any, until: Any) -> QuerySet[Any, Any]:
        def counted(condition: Q) -> Combinable:
            lines = Waiting.objects.filter(condition, wanted).values("pk")
            return reduce(add, (_Counted(lines.filter(inbox=inbox)[:most]) for inbox in inboxes))

        conditions = (
            Q(due_at__lt=at),
            Q(due_at__gte=at, due_at__lte=until),
            Q(Q(due_at=None) | Q(due_at__gt=until), is_ruling=True),
            Q(),
        )
        return Waiting.objects.values_list(*(counted(condition) for condition in conditions))[:1]

    return Question(numbers, varies=is_filtered)
