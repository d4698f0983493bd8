"""Dropping votes into boxes and sealing them: the running count of a ballot (票箱).

A vote goes into any one box, together with its count, in one statement; a box that was sealed takes none. Of
a secret ballot this is all that is kept of a choice: no row of its own, so nothing to join with a voter, and
all rows of a box are written anew with each vote, so that none of them shows who wrote it last.
"""

import secrets
from collections.abc import Iterable, Mapping
from functools import cache

from django.db import connection

from linli.ballots.models import Ballot, Box
from linli.core.ballot import SPOILT, Slip
from linli.core.count import Sum
from linli.core.funnel import Measure
from linli.frame.compiled import Question, steady_cursor

SEALED = -1
# In one box the last vote can be told from the rows written with it; many voters share one, so that it hides.
VOTERS_TO_A_BOX = 500
MOST_BOXES = 16
_CAST = ""
_HELD = Question(lambda ballot: Box.objects.filter(ballot=ballot).values_list("choice", "heads", "area"))


def how_many(voters: int) -> int:
    """Say how many boxes a roll of so many voters gets (票箱数)."""
    return max(1, min(MOST_BOXES, voters // VOTERS_TO_A_BOX))


def empty(ballot: Ballot, slip: Slip) -> list[Box]:
    """Lay out the boxes of a new ballot, all with nothing in them (空票箱)."""
    choices = (_CAST, *(option.key for option in slip.marks), SPOILT)
    return [Box(ballot=ballot, slot=slot, choice=one) for slot in range(ballot.slots) for one in choices]


def drop(ballot: Ballot, chosen: Iterable[str], *, area: int, votes: int = 1) -> bool:
    """Drop a vote into some box, or take one out with ``votes`` -1; tell whether a box took it (投入)."""
    marks = raised(chosen)
    slot = secrets.randbelow(ballot.slots)
    values = [*marks, votes, *marks, votes * area, ballot.pk, slot]
    if not ballot.is_secret:
        values += marks
    with steady_cursor() as cursor:
        cursor.execute(_text(connection.vendor, len(marks), ballot.is_secret), values)
        return bool(cursor.rowcount)


def seal(ballot: Ballot) -> dict[str, tuple[int, int]]:
    """Put what is in all boxes into one that takes no more; empty if that was done before (封箱).

    Whoever is just dropping a vote is waited for; whoever comes later finds no box.
    """
    held = list(
        Box.objects.select_for_update().filter(ballot=ballot, slot__gt=SEALED).order_by("slot", "choice")
    )
    if not held:
        return {}
    totals = _totals((box.choice, box.heads, box.area) for box in held)
    Box.objects.filter(ballot=ballot).delete()
    Box.objects.bulk_create(
        Box(ballot=ballot, slot=SEALED, choice=choice, heads=heads, area=area)
        for choice, (heads, area) in totals.items()
    )
    return totals


def standing(ballot: Ballot) -> dict[str, tuple[int, int]]:
    """Return how many heads and how much area each choice has by now; the empty choice counts votes."""
    return _totals(_HELD.ask(ballot=ballot.pk))


def cast(totals: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """Return how many heads and how much area have voted (已投)."""
    return totals.get(_CAST, (0, 0))


def sums(totals: Mapping[str, tuple[int, int]], measures: Iterable[Measure]) -> tuple[Sum, ...]:
    """Read what the boxes hold as sums under measures that they know (合计); households they do not know."""
    return tuple(_sum(totals, measure) for measure in measures)


def _sum(totals: Mapping[str, tuple[int, int]], measure: Measure) -> Sum:
    place = 1 if measure is Measure.FLOOR_AREA else 0
    chosen = {choice: held[place] for choice, held in totals.items() if choice != _CAST and held[place]}
    return Sum(measure, cast(totals)[place], chosen)


def _totals(rows: Iterable[tuple[str, int, int]]) -> dict[str, tuple[int, int]]:
    totals: dict[str, tuple[int, int]] = {}
    for choice, heads, area in rows:
        before = totals.get(choice, (0, 0))
        totals[choice] = (before[0] + heads, before[1] + area)
    return totals


def raised(chosen: Iterable[str]) -> list[str]:
    """Name the rows of a box that a vote raises: that there was one, and what it chose."""
    return [_CAST, *chosen]


def raising(marks: int) -> str:
    """Write the beginning of a statement that raises rows of a box, up to which ones (计入)."""
    among = _among(marks)
    return (
        f"UPDATE {Box._meta.db_table} SET heads = heads + CASE WHEN choice IN ({among}) THEN %s ELSE 0 END, "  # noqa: S608
        f"area = area + CASE WHEN choice IN ({among}) THEN %s ELSE 0 END WHERE id"
    )


def rows(vendor: str, marks: int, is_secret: bool, *, given: str = "") -> str:
    """Write which rows of a box are written anew, locked in the order of their choices.

    So nobody waits in a ring. Of a secret ballot it is all of them; of an open one those that count, for who
    chose what is known anyway.
    """
    counted = "" if is_secret else f"AND choice IN ({_among(marks)}) "
    lock = "FOR UPDATE" if vendor == "postgresql" else ""
    return (
        f"SELECT id FROM {Box._meta.db_table} WHERE {given}ballot_id = %s AND slot = %s "  # noqa: S608
        f"{counted}ORDER BY choice {lock}"
    )


def _among(marks: int) -> str:
    return ", ".join(["%s"] * marks)


@cache
def _text(vendor: str, marks: int, is_secret: bool) -> str:
    return f"{raising(marks)} IN ({rows(vendor, marks, is_secret)})"
