"""Every pack of a site on one shelf: the law, the calendar, the places' editions (方法包架)."""

from pathlib import Path

from linli.core.calendar import Calendar
from linli.core.law import Law
from linli.pack.calendars import read_calendar
from linli.pack.complaint import Complaint, PackError
from linli.pack.edition import Edition
from linli.pack.law import read_law
from linli.pack.reader import digest, read_edition

_SHARED = ("law", "calendars")
_LOCK = "editions.lock"
_HEAD = "# 已发布的版本和摘要，由 linli lock-editions 写入。发布后不能改动；要改规则，另立新年份的文件夹。"


def read_shelf(packs: Path) -> tuple[Edition, ...]:
    """Read and check every edition in a folder of packs; raise PackError with everything that is wrong."""
    return read_editions(packs, law=newest_law(packs), calendar=read_calendar(packs / "calendars"))


def newest_law(packs: Path) -> Law:
    """Read the newest edition of the law (法律底线)."""
    newest = max(folder for folder in (packs / "law").iterdir() if folder.is_dir())
    return read_law(newest, root=packs.parent)


def read_editions(packs: Path, *, law: Law, calendar: Calendar) -> tuple[Edition, ...]:
    """Read and check every edition of every place, against one law and calendar; raise PackError."""
    read: list[Edition] = []
    complaints: list[Complaint] = []
    for folder in _folders(packs):
        try:
            read.append(read_edition(folder, law=law, calendar=calendar, root=packs.parent))
        except PackError as error:
            complaints += error.complaints
    if complaints:
        raise PackError(*complaints)
    return tuple(read)


def digests(packs: Path) -> dict[str, str]:
    """Return the digest of each edition, the law's too, by its folder: xinxialu/2026."""
    law = sorted(folder for folder in (packs / "law").iterdir() if folder.is_dir())
    return {folder.relative_to(packs).as_posix(): digest(folder) for folder in (*law, *_folders(packs))}


def locked(packs: Path) -> dict[str, str]:
    """Return the digests under which editions were released (版本锁); none when nothing was released."""
    lock = packs / _LOCK
    lines = lock.read_text(encoding="utf-8").splitlines() if lock.exists() else []
    return dict(_pair(line) for line in lines if line and not line.startswith("#"))


def lock(packs: Path) -> tuple[str, ...]:
    """Release the editions that were not released before; return them. A released one keeps its digest."""
    kept, present = locked(packs), digests(packs)
    fresh = tuple(name for name in present if name not in kept)
    lines = [f"{name} {found}" for name, found in sorted({**present, **kept}.items())]
    (packs / _LOCK).write_text("\n".join((_HEAD, *lines)) + "\n", encoding="utf-8")
    return fresh


def altered(packs: Path) -> tuple[str, ...]:
    """Return the released editions that were altered or taken away since (改动过的版本)."""
    present = digests(packs)
    return tuple(name for name, released in locked(packs).items() if present.get(name) != released)


def _pair(line: str) -> tuple[str, str]:
    name, released = line.split()
    return name, released


def _folders(packs: Path) -> tuple[Path, ...]:
    places = sorted(pack for pack in packs.iterdir() if pack.is_dir() and pack.name not in _SHARED)
    return tuple(year for pack in places for year in sorted(pack.iterdir()) if (year / "pack.toml").exists())
