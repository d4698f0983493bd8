"""What is kept of a person's helping and being helped (志愿服务)."""

from collections.abc import Iterator

from linli.core.matching import Part, Skill
from linli.handoffs.person_rows import Rows, kept, moment
from linli.timebank import queries as timebank

_DAYS = "一二三四五六日"


def offered(person: int) -> Iterator[Rows]:
    """Say what a person offers as a volunteer (志愿者登记)."""
    one = timebank.volunteer(person)
    if one is None:
        return
    yield kept(
        ("服务范围", one.near.name),
        ("有空的时段", "、".join(_when(line) for line in one.free)),
        ("会做的", "、".join(Skill(key).title for key in one.skills)),
        ("核验过的", "、".join(Skill(key).title for key in one.proven)),
        ("能做体力活", "是" if one.is_strong else ""),
        ("监护人同意", "是" if one.guardian_agrees else ""),
        ("保险有效期", one.insured_until.isoformat() if one.insured_until else ""),
        ("党组织", one.branch),
        ("报到时间", moment(one.reported_at)),
        ("报名时间", moment(one.offered_at)),
        ("退出时间", moment(one.ended_at)),
    )


def served(person: int, *, most: int) -> Iterator[Rows]:
    """Say which needs a person served, how long, and whether it was confirmed (做过的服务)."""
    for one in timebank.served_ever(person)[:most]:
        yield kept(
            ("编号", one.need.number),
            ("时间", moment(one.need.starts_at)),
            ("进度", one.get_stage_display()),
            ("签到", moment(one.came_at)),
            ("签退", moment(one.went_at)),
            ("确认的分钟数", str(one.minutes or "")),
        )


def asked(person: int, *, most: int) -> Iterator[Rows]:
    """Say what help a person asked for (提过的需求)."""
    for one in timebank.asked_ever(person)[:most]:
        yield kept(
            ("编号", one.number),
            ("时间", moment(one.starts_at)),
            ("服务类别", Skill(one.skill).title),
            ("要帮什么忙", one.words),
            ("称呼", one.contact_name),
            ("电话", one.contact_phone),
        )


def _when(line: str) -> str:
    day, _, part = line.partition(".")
    return f"周{_DAYS[int(day)]}{Part(part).title}"
