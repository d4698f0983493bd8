"""How long something must hang on the board before it may come down (公示)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from linli.core.calendar import CHINA_TIME
from linli.core.clause import Clause
from linli.core.term import Term, Unit
from linli.core.verdict import Verdict, all_of, no, yes

_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Publicity:
    """Show something for at least so many natural days; the first day is not counted (公示期, 民法典 201)."""

    shown_at: datetime
    days: int
    clause: Clause | None = None
    zone: ZoneInfo = CHINA_TIME

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(f"公示至少 1 日，不能是 {self.days} 日")
        if self.shown_at.utcoffset() is None:
            raise ValueError(f"公示开始的时间 {self.shown_at} 没有时区")

    @classmethod
    def under(
        cls, term: Term, *, shown_at: datetime, clause: Clause | None = None, zone: ZoneInfo = CHINA_TIME
    ) -> Self:
        """Show something for a term that counts natural days; raise ValueError for any other unit."""
        if term.unit is not Unit.DAYS:
            raise ValueError(f"公示期按自然日计算，不能是 {term.words}")
        return cls(shown_at, term.amount, clause, zone)

    @property
    def closes_at(self) -> datetime:
        """Return the first instant after the last day, which is shown until 24:00 (届满)."""
        first_day = self.shown_at.astimezone(self.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        return first_day + timedelta(days=self.days + 1)

    def may_close(self, *, at: datetime, objections: int = 0) -> Verdict:
        """Tell whether the notice may come down: its days are over and no objection stands (结束公示)."""
        return all_of(self._is_shown_long_enough(at), self._is_unopposed(objections))

    def _is_shown_long_enough(self, at: datetime) -> Verdict:
        if at < self.shown_at:
            return no(
                f"公示从 {self._show(self.shown_at)} 才开始：不能结束公示。",
                self.clause,
                remedy=f"请等到 {self._show_end()} 以后。",
                应公示=f"{self.days} 日",
            )
        shown = _span(at - self.shown_at)
        if at >= self.closes_at:
            enough = f"应公示 {self.days} 日，已公示 {shown}：可以结束公示。"
            return yes(enough, self.clause, **self._figures(shown))
        return no(
            f"应公示 {self.days} 日（首日不计），{self._show_end()} 届满，现已公示 {shown}：不能结束公示。",
            self.clause,
            remedy=f"还差 {_span(self.closes_at - at)}。",
            asked=f"公示不少于 {self.days} 日",
            **self._figures(shown),
        )

    def _is_unopposed(self, objections: int) -> Verdict:
        if not objections:
            return yes("没有未答复的异议。", self.clause)
        return no(
            f"还有 {objections} 件异议没有答复：不能结束公示。",
            self.clause,
            remedy="请先逐件答复异议。",
            asked="没有未答复的异议",
            未答复异议=f"{objections} 件",
        )

    def _figures(self, shown: str) -> dict[str, str]:
        return {"应公示": f"{self.days} 日", "已公示": shown, "届满": self._show_end()}

    def _show_end(self) -> str:
        last_day = self.closes_at - timedelta(days=1)
        return f"{last_day.month}月{last_day.day}日 周{_WEEKDAYS[last_day.weekday()]} 24:00"

    def _show(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        return f"{local.month}月{local.day}日 周{_WEEKDAYS[local.weekday()]} {local:%H:%M}"


def _span(span: timedelta) -> str:
    """Say a span in days, hours and minutes, rounded down: 14 日 23 小时."""
    minutes = span // timedelta(minutes=1)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{n} {unit}" for n, unit in ((days, "日"), (hours, "小时"), (minutes, "分钟")) if n]
    return " ".join(parts) or "不到 1 分钟"
