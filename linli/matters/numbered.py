"""Matters by a part of their number, as people say it on the telephone (按编号查找)."""

import re
from collections.abc import Iterator

from linli.matters.models import Numbering
from linli.methods.tokens import plain

MOST = 60
_DIGITS = 6
_TYPED = re.compile(r"([a-z]*)(20\d\d)?(\d{1,6})")
_YEARLESS = re.compile(r"([a-z]*)()(\d{1,6})")
# Fewer digits than these are also the end of a longer number only with the year or the letters before them.
_LEAST = 3


def meant(typed: str) -> tuple[str, ...]:
    """Return the numbers that a part may stand for, the newest first: 0231 is XXL-2026-000231 (编号).

    Dashes and blanks may be left out. Only numbers that were given out are returned, in one query.
    """
    joined = plain(typed).replace(" ", "")
    parts = [match for match in (_TYPED.fullmatch(joined), _YEARLESS.fullmatch(joined)) if match]
    if not parts:
        return ()
    series = sorted(Numbering.objects.values_list("prefix", "last"), key=_newest_first)
    found = (
        number
        for prefix, last in series
        for match in parts
        for number in _of_series(prefix, last, match=match)
    )
    return tuple(dict.fromkeys(found))[:MOST]


def _of_series(prefix: str, last: int, *, match: "re.Match[str]") -> Iterator[str]:
    letters, year, end = match.groups()
    own_letters, _, own_year = prefix.lower().rpartition("-")
    if (letters and letters != own_letters) or (year and year != own_year):
        return
    if not (letters or year) and len(end) < _LEAST:
        return
    step = 10 ** len(end) if len(end) < _DIGITS else 10**9
    newest = last - (last - int(end)) % step
    for number in range(newest, max(newest - MOST * step, 0), -step):
        if number:
            yield f"{prefix}-{number:0{_DIGITS}d}"


def _newest_first(series: tuple[str, int]) -> int:
    return -int(series[0].rpartition("-")[2] or 0)
