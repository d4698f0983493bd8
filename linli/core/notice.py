"""Whether those entitled were told of a meeting early enough (会议通知)."""

from datetime import date, datetime, timedelta

from linli.core.calendar import Calendar
from linli.core.forum import Notice
from linli.core.refusal import Refusal
from linli.core.term import Unit
from linli.core.verdict import Verdict, no, yes

_DAY = timedelta(days=1)


def judge(
    notice: Notice, *, told_at: datetime, meets_at: datetime, calendar: Calendar, reason: str = ""
) -> Verdict:
    """Say whether a meeting may be held on its day after having been told on another (通知期).

    The day of telling is not counted (民法典 201); a day of rest does not move a meeting. A shorter notice
    passes only where the forum allows it, with a ``reason`` that everybody reads.
    """
    earliest = earliest_day(notice, told_at=told_at, calendar=calendar)
    told_on, meets_on = calendar.localize(told_at).date(), calendar.localize(meets_at).date()
    if meets_at <= told_at:
        return no("开会时间已经过去：不能召集。", notice.clause, remedy="请另定开会时间。", asked="召集会议")
    figures = {
        "应提前": notice.term.words,
        "已提前": f"{(meets_on - told_on).days} 日",
        "最早可于": _spoken(earliest),
    }
    said = f"{_spoken(told_on)}通知，{_spoken(meets_on)}开会，提前 {(meets_on - told_on).days} 日（首日不计）"
    if meets_on >= earliest:
        return yes(f"{said}，已满 {notice.term.words}：可以召集。", notice.clause, **figures)
    if notice.may_be_shorter and reason.strip():
        urgent = f"{said}，不足 {notice.term.words}；因特殊情况提前召集：{reason.strip()}。"
        return yes(urgent, notice.clause, **figures, 特殊情况=reason.strip())
    refused = Refusal(
        f"{said}，不足 {notice.term.words}：不能召集。",
        clause=notice.clause,
        remedy=_remedy(notice, earliest),
        asked=f"提前 {notice.term.words}通知",
        figures=tuple(figures.items()),
    )
    return Verdict(refused.sentence, notice.clause, refused.figures, (refused,))


def earliest_day(notice: Notice, *, told_at: datetime, calendar: Calendar) -> date:
    """Return the first day on which a meeting may be held that is told of now (最早开会日)."""
    told_on = calendar.localize(told_at).date()
    if notice.term.unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(told_on, days=notice.term.amount)
    if notice.term.unit is Unit.DAYS:
        return told_on + notice.term.amount * _DAY
    raise ValueError(f"通知期按日或者工作日计算，不能是 {notice.term.words}")


def _remedy(notice: Notice, earliest: date) -> str:
    later = f"最早可以定在 {_spoken(earliest)}"
    if notice.may_be_shorter:
        return f"{later}；确有特殊情况要提前开的，请写明理由，理由会写进通知。"
    return f"{later}。"


def _spoken(on: date) -> str:
    return f"{on.month}月{on.day}日"
