"""For how long votes are taken: neither too short nor too long for those entitled (表决期限)."""

from datetime import datetime, timedelta

from linli.core.calendar import Calendar
from linli.core.forum import Window
from linli.core.publicity import Publicity
from linli.core.term import due
from linli.core.verdict import Verdict, no, yes

_ASKED = "表决期限"


def judge(window: Window, *, opens_at: datetime, closes_at: datetime, calendar: Calendar) -> Verdict:
    """Say whether votes may be taken from one instant to another (表决期限, 民法典 201 to 203).

    Both bounds leave out the first day and end at 24:00; the longest one that ends on a day of rest ends on
    the next working day.
    """
    soonest = Publicity.under(window.shortest, shown_at=opens_at, zone=calendar.zone).closes_at
    latest = due(window.longest, at=opens_at, calendar=calendar)
    if closes_at < soonest:
        return no(
            f"表决期限不足 {window.shortest.words}（首日不计）：不能这样发起。",
            window.clause,
            remedy=f"最早可以定在 {_end(soonest, calendar)}截止。",
            asked=_ASKED,
        )
    if closes_at > latest:
        return no(
            f"表决期限超过 {window.longest.words}：不能这样发起。",
            window.clause,
            remedy=f"最迟可以定在 {_end(latest, calendar)}截止。",
            asked=_ASKED,
        )
    return yes(f"表决期限在 {window.shortest.words}到 {window.longest.words}之间。", window.clause)


def _end(at: datetime, calendar: Calendar) -> str:
    """Say the end of a day: the midnight after it still belongs to it."""
    day = (calendar.localize(at) - timedelta(microseconds=1)).date()
    return f"{day.month}月{day.day}日 24:00 "
