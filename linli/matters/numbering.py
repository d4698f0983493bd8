"""Giving out numbers that an office can read aloud (编号)."""

from django.db import connection

from linli.frame.compiled import steady_cursor
from linli.matters.models import Numbering

_NEXT = """
    INSERT INTO {table} (prefix, last) VALUES (%s, 1)
    ON CONFLICT (prefix) DO UPDATE SET last = {table}.last + 1
    RETURNING last
"""

# The row is held since the number was given out: nobody has taken a later one.
_BACK = "UPDATE {table} SET last = last - 1 WHERE prefix = %s"


def next_number(prefix: str, *, year: int) -> str:
    """Give out the next number of a year in one statement: XXL-2026-001207."""
    series = f"{prefix}-{year}"
    with steady_cursor() as cursor:
        cursor.execute(_NEXT.format(table=Numbering._meta.db_table), [series])
        (last,) = cursor.fetchone()
    return f"{series}-{last:06d}"


def give_back(number: str) -> None:
    """Take back the number just given out in this transaction, so that none is left out (退号)."""
    series, _, _ = number.rpartition("-")
    with connection.cursor() as cursor:
        cursor.execute(_BACK.format(table=Numbering._meta.db_table), [series])
