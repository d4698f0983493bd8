"""The days of 2026 and 2027 that the tests of the clock stand on, and a slow, obvious way to count them."""

from datetime import date, datetime, time, timedelta

from linli.core.calendar import CHINA_TIME, Calendar

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def day(text: str) -> date:
    """Read a day: 2026-10-01."""
    return date.fromisoformat(text)


def instant(text: str) -> datetime:
    """Read an instant on Chinese clocks: 2026-10-01 09:00, or 24:00 for the end of a day."""
    if text.endswith(" 24:00"):
        return datetime.combine(day(text.removesuffix(" 24:00")) + DAY, time(), CHINA_TIME)
    return datetime.fromisoformat(text).replace(tzinfo=CHINA_TIME)


def span(first: str, last: str) -> set[date]:
    """List the days from the first to the last, both counted."""
    return {day(first) + n * DAY for n in range((day(last) - day(first)).days + 1)}


HOLIDAYS = frozenset(
    span("2026-02-15", "2026-02-23")
    | span("2026-05-01", "2026-05-05")
    | span("2026-09-25", "2026-09-27")
    | span("2026-10-01", "2026-10-07")
    | span("2027-01-01", "2027-01-01")
)
MAKEUP_DAYS = frozenset(map(day, ("2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")))
HOURS = ((time(9), time(12)), (time(14), time(17, 30)))
CALENDAR = Calendar(HOLIDAYS, MAKEUP_DAYS, frozenset({2026}), HOURS)


def is_business_minute(at: datetime) -> bool:
    """Tell whether the minute that begins at an instant is worked, straight from the tables."""
    weekend = at.date().isoweekday() in (6, 7)
    works = at.date() in MAKEUP_DAYS or (not weekend and at.date() not in HOLIDAYS)
    return works and (time(9) <= at.time() < time(12) or time(14) <= at.time() < time(17, 30))
