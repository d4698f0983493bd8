"""Which rules are in force: editions, the law, the calendar (规则库)."""

from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from linli.core.calendar import Calendar
from linli.core.law import Law
from linli.pack.calendars import CalendarYear as OfficialYear
from linli.pack.calendars import read_calendar
from linli.pack.edition import Edition
from linli.pack.law import read_law
from linli.pack.reader import read_edition
from linli.rulebook.models import CalendarYear, Installed

_SHARED = ("law", "calendars")


@cache
def law() -> Law:
    """Read the national floor once for this process (法律底线)."""
    return read_law(max(folder for folder in _folder("law").iterdir() if folder.is_dir()))


@cache
def editions() -> dict[tuple[str, str], Edition]:
    """Read every edition of every place's pack once for this process (方法包)."""
    folders = (
        year for pack in sorted(_folder("").iterdir()) if pack.name not in _SHARED for year in _years(pack)
    )
    read = (read_edition(folder, law=law()) for folder in folders)
    return {(one.key, one.year): one for one in read}


def edition(pack: str, year: str) -> Edition:
    """Return the edition that a matter began under (适用版本)."""
    return editions()[pack, year]


def current(pack: str) -> Edition:
    """Return the newest edition of a pack: the one that new matters begin under."""
    return max((one for one in editions().values() if one.key == pack), key=lambda one: one.year)


def packs() -> tuple[Edition, ...]:
    """Return the newest edition of each pack, by key."""
    return tuple(current(key) for key in sorted({one.key for one in editions().values()}))


def installed() -> list[tuple[str, str, str]]:
    """Return pack, edition and digest of what is in force here."""
    return list(Installed.objects.order_by("pack", "edition").values_list("pack", "edition", "digest"))


def calendar() -> Calendar:
    """Return the shipped calendar, with imported years in place of the shipped ones (工作日历)."""
    return _calendar(CalendarYear.objects.aggregate(newest=Max("imported_at"))["newest"])


@cache
def _calendar(_imported_at: datetime | None) -> Calendar:
    own = tuple(
        OfficialYear.imported(row.year, source=row.source, holidays=row.holidays, makeup_days=row.makeup_days)
        for row in CalendarYear.objects.order_by("year")
    )
    return read_calendar(_folder("calendars"), instead=own)


def _folder(name: str) -> Path:
    return Path(settings.PACKS) / name


def _years(pack: Path) -> list[Path]:
    return sorted(year for year in pack.iterdir() if (year / "pack.toml").exists())
