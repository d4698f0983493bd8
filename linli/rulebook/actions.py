"""Putting editions in force, and taking in official calendars (启用规则)."""

from datetime import date, datetime

from django.db import transaction

from linli.bodies import actions as bodies
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.pack.calendars import may_speak_of
from linli.pack.edition import Edition
from linli.places import actions as places
from linli.places import queries as tree
from linli.record import actions as record
from linli.rulebook.models import CalendarYear, Installed


@transaction.atomic
def install(edition: Edition, *, at: datetime, by: int | None = None, office: str = "系统") -> bool:
    """Put an edition in force with its places and bodies (启用方法包); tell whether it was new.

    An edition in force never changes: matters run under it. A changed one is refused.
    """
    known = Installed.objects.filter(pack=edition.key, edition=edition.year).first()
    if known and known.digest == edition.digest:
        return False
    if known:
        raise Refused(
            Refusal(
                f"方法包「{edition.title}」{edition.year} 版已经启用，内容却变了。",
                remedy="已启用的版本不能改动；请另立新版本（新的年份文件夹）再启用。",
            )
        )
    places.install(edition.places, pack=edition.key)
    spots = tree.all_places().filter(pack=edition.key).values_list("key", "pk", "path")
    prefix = f"{edition.key}."
    bodies.install(
        edition.bodies,
        pack=edition.key,
        places={key.removeprefix(prefix): (number, path) for key, number, path in spots},
    )
    Installed.objects.create(pack=edition.key, edition=edition.year, digest=edition.digest, installed_at=at)
    record.write(
        chain=f"pack-{edition.key}", act="install", title="启用方法包", by=by, office=office, at=at,
        figures=(("版本", edition.year), ("摘要", edition.digest)),
    )  # fmt: skip
    return True


@transaction.atomic
def import_year(
    year: int, *, source: str, holidays: tuple[date, ...], makeup_days: tuple[date, ...], at: datetime
) -> CalendarYear:
    """Take in a year's official days off (录入节假日安排); raises ``Refused`` for a day outside it.

    New Year may reach back into December.
    """
    strange = [day for day in (*holidays, *makeup_days) if not may_speak_of(year, day)]
    if strange:
        raise Refused(Refusal(f"{strange[0]} 不在 {year} 年。", remedy="核对日期后再录入。"))
    both = set(holidays) & set(makeup_days)
    if both:
        raise Refused(Refusal(f"{min(both)} 不能既放假又上班。", remedy="核对日期后再录入。"))
    facts = {
        "source": source,
        "holidays": sorted(day.isoformat() for day in holidays),
        "makeup_days": sorted(day.isoformat() for day in makeup_days),
        "imported_at": at,
    }
    return CalendarYear.objects.update_or_create(year=year, defaults=facts)[0]
