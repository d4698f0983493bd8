"""Which rules are in force: editions, the law, the calendar (规则库)."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from linli.core.calendar import Calendar
from linli.core.law import Law
from linli.frame.compiled import Question
from linli.pack import shelf
from linli.pack.calendars import CalendarYear as OfficialYear
from linli.pack.calendars import read_calendar, read_years
from linli.pack.edition import Edition
from linli.rulebook.models import CalendarYear, Installed


class InForce(NamedTuple):
    """Name an edition that is in force here, its digest, and since when (已启用版本)."""

    pack: str
    edition: str
    digest: str
    at: datetime


@cache
def law() -> Law:
    """Read the national floor once for this process (法律底线)."""
    return shelf.newest_law(_packs())


@cache
def editions() -> dict[tuple[str, str], Edition]:
    """Read and check every edition of every place's pack once for this process (方法包).

    Raises ``PackError`` with everything that is wrong with any of them.
    """
    shipped = read_calendar(_packs() / "calendars")
    return {(one.key, one.year): one for one in shelf.read_editions(_packs(), law=law(), calendar=shipped)}


def edition(pack: str, year: str) -> Edition:
    """Return the edition that a matter began under (适用版本)."""
    return editions()[pack, year]


def current(pack: str) -> Edition:
    """Return the edition that new matters begin under: the newest that was put in force here (现行版本)."""
    known = _of(pack)
    if len(known) == 1:
        return known[0]
    years = set(Installed.objects.filter(pack=pack).values_list("edition", flat=True))
    return max((one for one in known if one.year in years), key=_year, default=known[-1])


def packs() -> tuple[Edition, ...]:
    """Return the edition of each pack that new matters begin under, by key (现行版本)."""
    return tuple(current(edition.key) for edition in newest())


def newest() -> tuple[Edition, ...]:
    """Return the newest edition of each pack on the shelf, by key, in force or not (最新版本)."""
    return tuple(_of(key)[-1] for key in sorted({one.key for one in editions().values()}))


def _of(pack: str) -> list[Edition]:
    return sorted((one for one in editions().values() if one.key == pack), key=_year)


def _year(edition: Edition) -> str:
    return edition.year


def in_force() -> tuple[InForce, ...]:
    """Return what is in force here, with the day it was put in force (已启用版本)."""
    rows = Installed.objects.order_by("pack", "edition")
    return tuple(InForce(*row) for row in rows.values_list("pack", "edition", "digest", "installed_at"))


def began(pack: str) -> datetime | None:
    """Return when a place first worked by its rules here (启用之日)."""
    return _BEGAN.first(pack=pack)


def installed() -> list[tuple[str, str, str]]:
    """Return pack, edition and digest of what is in force here."""
    return list(Installed.objects.order_by("pack", "edition").values_list("pack", "edition", "digest"))


def calendar() -> Calendar:
    """Return the shipped calendar, with imported years in place of the shipped ones (工作日历)."""
    return _calendar(_NEWEST_YEAR.first())


def calendar_if_asked() -> Calendar:
    """Return the calendar, read when it is first asked for: most pages never do (工作日历)."""
    return cast("Calendar", SimpleLazyObject(calendar))


def calendar_with(year: OfficialYear) -> Calendar:
    """Return the calendar as it would be with a year's notice; raise PackError if years disagree (试排)."""
    others = (own for own in _imported() if own.year != year.year)
    return read_calendar(_packs() / "calendars", instead=(*others, year))


def official_years() -> dict[int, OfficialYear]:
    """Return each year that is known, as shipped or as imported (各年安排)."""
    return {year.year: year for year in (*read_years(_packs() / "calendars"), *_imported())}


# Another process may have taken a year in: whoever asks for the calendar asks for the newest first.
_BEGAN = Question(
    lambda pack: (
        Installed.objects.filter(pack=pack)
        .order_by("installed_at")
        .values_list("installed_at", flat=True)[:1]
    )
)
_NEWEST_YEAR = Question(
    lambda: CalendarYear.objects.order_by("-imported_at").values_list("imported_at", flat=True)[:1]
)


@cache
def _calendar(_imported_at: datetime | None) -> Calendar:
    return read_calendar(_packs() / "calendars", instead=_imported())


def _imported() -> tuple[OfficialYear, ...]:
    return tuple(
        OfficialYear.imported(row.year, source=row.source, holidays=row.holidays, makeup_days=row.makeup_days)
        for row in CalendarYear.objects.order_by("year")
    )


def _packs() -> Path:
    return Path(settings.PACKS)
