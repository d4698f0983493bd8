"""Which rules are in force: editions, the law, the calendar (规则库)."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Max

from linli.core.calendar import Calendar
from linli.core.law import Law
from linli.pack.calendars import CalendarYear as OfficialYear
from linli.pack.calendars import read_calendar, read_years
from linli.pack.complaint import Complaint, PackError
from linli.pack.edition import Edition
from linli.pack.law import read_law
from linli.pack.reader import read_edition
from linli.rulebook.models import CalendarYear, Installed


class InForce(NamedTuple):
    """Name an edition that is in force here, its digest, and since when (已启用版本)."""

    pack: str
    edition: str
    digest: str
    at: datetime


_SHARED = ("law", "calendars")


@cache
def law() -> Law:
    """Read the national floor once for this process (法律底线)."""
    newest = max(folder for folder in _folder("law").iterdir() if folder.is_dir())
    return read_law(newest, root=_root())


@cache
def editions() -> dict[tuple[str, str], Edition]:
    """Read and check every edition of every place's pack once for this process (方法包).

    Raises ``PackError`` with everything that is wrong with any of them.
    """
    read: dict[tuple[str, str], Edition] = {}
    complaints: list[Complaint] = []
    for folder in edition_folders():
        try:
            one = read_edition(folder, law=law(), calendar=shipped_calendar(), root=_root())
            read[one.key, one.year] = one
        except PackError as error:
            complaints += error.complaints
    if complaints:
        raise PackError(*complaints)
    return read


def edition_folders() -> tuple[Path, ...]:
    """Return the folders of all editions of all places' packs (版本文件夹)."""
    packs = (pack for pack in sorted(_folder("").iterdir()) if pack.name not in _SHARED)
    return tuple(year for pack in packs for year in _years(pack))


@cache
def shipped_calendar() -> Calendar:
    """Read the calendar as it was shipped, before any notice was taken in (随附日历)."""
    return read_calendar(_folder("calendars"))


def edition(pack: str, year: str) -> Edition:
    """Return the edition that a matter began under (适用版本)."""
    return editions()[pack, year]


def current(pack: str) -> Edition:
    """Return the newest edition of a pack: the one that new matters begin under."""
    return max((one for one in editions().values() if one.key == pack), key=lambda one: one.year)


def packs() -> tuple[Edition, ...]:
    """Return the newest edition of each pack, by key."""
    return tuple(current(key) for key in sorted({one.key for one in editions().values()}))


def in_force() -> tuple[InForce, ...]:
    """Return what is in force here, with the day it was put in force (已启用版本)."""
    rows = Installed.objects.order_by("pack", "edition")
    return tuple(InForce(*row) for row in rows.values_list("pack", "edition", "digest", "installed_at"))


def installed() -> list[tuple[str, str, str]]:
    """Return pack, edition and digest of what is in force here."""
    return list(Installed.objects.order_by("pack", "edition").values_list("pack", "edition", "digest"))


def calendar() -> Calendar:
    """Return the shipped calendar, with imported years in place of the shipped ones (工作日历)."""
    return _calendar(CalendarYear.objects.aggregate(newest=Max("imported_at"))["newest"])


def calendar_with(year: OfficialYear) -> Calendar:
    """Return the calendar as it would be with a year's notice; raise PackError if years disagree (试排)."""
    others = (own for own in _imported() if own.year != year.year)
    return read_calendar(_folder("calendars"), instead=(*others, year))


def official_years() -> dict[int, OfficialYear]:
    """Return each year that is known, as shipped or as imported (各年安排)."""
    return {year.year: year for year in (*read_years(_folder("calendars")), *_imported())}


@cache
def _calendar(_imported_at: datetime | None) -> Calendar:
    return read_calendar(_folder("calendars"), instead=_imported())


def _imported() -> tuple[OfficialYear, ...]:
    return tuple(
        OfficialYear.imported(row.year, source=row.source, holidays=row.holidays, makeup_days=row.makeup_days)
        for row in CalendarYear.objects.order_by("year")
    )


def _root() -> Path:
    return Path(settings.PACKS).parent


def _folder(name: str) -> Path:
    return Path(settings.PACKS) / name


def _years(pack: Path) -> list[Path]:
    return sorted(year for year in pack.iterdir() if (year / "pack.toml").exists())
