"""Reading instants and days the way people and spreadsheets write them (日期)."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_USUAL = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
    r"(?:[T\s]*(上午|下午)?\s*(\d{1,2})\s*[:：时点]\s*(?:(\d{1,2})\s*(?:[:：分]\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
# Day 0 of a spreadsheet: it believes that 1900 was a leap year, so its own day 1 is never used.
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  (the zone of the place follows)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_NOON = 12


@lru_cache(maxsize=16_384)
def read_moment(said: str, *, zone: ZoneInfo, formats: Sequence[str] = ()) -> datetime | None:
    """Read an instant: 2026-11-24 09:30, 2018/7/17 7:13:58, 2024年3月5日, a serial number, or a given form.

    A day alone is its first instant; None for what cannot be read.
    """
    found = next(filter(None, (_by_form(said, form) for form in formats)), None)
    found = found or _usual(said) or _serial(said) or _with_zone(said)
    if found is None:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _usual(said: str) -> datetime | None:
    if match := _USUAL.fullmatch(said):
        year, month, day, half, hour, minute, second = match.groups()
        return _made(year, month, day, _hour(hour, half), minute, second)
    match = _COMPACT.fullmatch(said)
    return _made(*match.groups()) if match else None


def _hour(hour: str | None, half: str | None) -> str | None:
    is_afternoon = half == "下午" and hour is not None and int(hour) < _NOON
    return str(int(hour) + _NOON) if hour and is_afternoon else hour


def _made(*parts: str | None) -> datetime | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001
    except ValueError:
        return None


def _serial(said: str) -> datetime | None:
    if not _SERIAL.fullmatch(said) or not _FIRST_SERIAL <= float(said) <= _LAST_SERIAL:
        return None
    exact = _DAY_ZERO + timedelta(days=float(said))
    return (exact + timedelta(microseconds=500_000)).replace(microsecond=0)


def _by_form(said: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(said, form)  # noqa: DTZ007
    except ValueError:
        return None


def _with_zone(said: str) -> datetime | None:
    try:
        return datetime.fromisoformat(said)
    except ValueError:
        return None
