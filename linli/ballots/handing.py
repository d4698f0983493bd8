"""Handing a vote in whole by one statement, where the database can: nobody waits for a second one (投入).

The head is locked before the box, as those do who take a vote back; of a box that is sealed, or a head that
has voted, nothing is found, and so nothing is written.
"""

import json
import secrets
from collections.abc import Sequence
from functools import cache

from django.db import connection

from linli.ballots import boxes
from linli.ballots.choices import How
from linli.ballots.models import Elector, Vote
from linli.frame.compiled import steady_cursor


def is_possible() -> bool:
    """Tell whether the database writes to several tables in one statement."""
    return connection.vendor == "postgresql"


def hand_in(elector: Elector, marks: Sequence[str], *, how: How, receipt: str, vote: Vote | None) -> bool:
    """Mark a head, write its vote and drop it into some box, or do nothing of it; tell which (投入).

    A secret ballot has no ``vote`` that could be written.
    """
    ballot, dropped = elector.ballot, boxes.raised(marks)
    values: list[object] = [elector.pk, How.NOT_YET.value, ballot.pk, secrets.randbelow(ballot.slots)]
    if vote is not None:
        values += dropped
    values += [how.value, receipt]
    if vote is not None:
        values += [json.dumps(vote.chosen), vote.by_id, vote.cast_at]
    values += [*dropped, 1, *dropped, elector.area]
    with steady_cursor() as cursor:
        cursor.execute(_text(len(dropped), vote is None), values)
        return bool(cursor.rowcount)


@cache
def _text(marks: int, is_secret: bool) -> str:
    """Write the statement; which rows of a box it takes is as ``boxes.drop`` takes them."""
    return (
        f"WITH head AS (SELECT id FROM {Elector._meta.db_table} WHERE id = %s AND how = %s FOR UPDATE), "  # noqa: S608
        f"box AS ({boxes.rows('postgresql', marks, is_secret, given='EXISTS (SELECT 1 FROM head) AND ')}), "
        f"marked AS (UPDATE {Elector._meta.db_table} SET how = %s, receipt = %s "
        "WHERE id IN (SELECT id FROM head) AND EXISTS (SELECT 1 FROM box) RETURNING id)"
        f"{'' if is_secret else _VOTED} {boxes.raising(marks)} IN (SELECT id FROM box)"
    )


_VOTED = (
    f", voted AS (INSERT INTO {Vote._meta.db_table} (elector_id, chosen, by_id, basis, cast_at) "  # noqa: S608
    "SELECT id, CAST(%s AS jsonb), CAST(%s AS bigint), '', CAST(%s AS timestamptz) FROM marked)"
)
