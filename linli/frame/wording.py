"""How dates, durations, numbers and mixed scripts are written (书写)."""

import re
from datetime import date, datetime, timedelta

from markupsafe import Markup

from linli.frame.clock import local

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_UNITS_OF_TIME = "年月日周时点分秒"
_BEFORE_LATIN = re.compile(rf"([{_HAN}])(?<![{_UNITS_OF_TIME}](?=[0-9]))([A-Za-z0-9])")
_AFTER_LATIN = re.compile(rf"([A-Za-z0-9%])(?!(?<=[0-9])[{_UNITS_OF_TIME}])([{_HAN}])")


def day(on: date, *, today: date) -> str:
    """Write a day: 11月24日 周二; with the year when it is another one."""
    year = "" if on.year == today.year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日 {_WEEKDAYS[on.weekday()]}"


def written(on: date) -> str:
    """Write a day as offices do: 2026年11月24日."""
    return f"{on.year}年{on.month}月{on.day}日"


def moment(at: datetime, *, today: date) -> str:
    """Write an instant in local time: 11月24日 周二 17:00."""
    shown = local(at)
    return f"{day(shown.date(), today=today)} {shown.hour:02}:{shown.minute:02}"


def deadline(at: datetime, *, today: date) -> str:
    """Write the last instant of a term; midnight is the end of the day before: 11月24日 周二 24:00."""
    shown = local(at)
    if shown.hour or shown.minute:
        return moment(at, today=today)
    return f"{day(shown.date() - timedelta(days=1), today=today)} 24:00"


def remaining(due: datetime, *, now: datetime) -> str:
    """Write how far a deadline is: 还有1天3小时, 已逾期2小时 (剩余、逾期)."""
    if due >= now:
        return f"还有{length(due - now)}"
    return f"已逾期{length(now - due)}"


def ago(at: datetime, *, now: datetime) -> str:
    """Write how long ago something happened: 刚刚, 5分钟前, 3小时前, 2天前."""
    if now - at < timedelta(minutes=1):
        return "刚刚"
    return f"{length(now - at, parts=1)}前"


def length(span: timedelta, *, parts: int = 2) -> str:
    """Write a length of time by its largest units: 1天3小时, 2小时, 5分钟."""
    minutes = int(span.total_seconds()) // 60
    units = ((minutes // 1440, "天"), (minutes // 60 % 24, "小时"), (minutes % 60, "分钟"))
    first = next((place for place, (count, _) in enumerate(units) if count), None)
    if first is None:
        return "不到1分钟"
    return "".join(f"{count}{unit}" for count, unit in units[first : first + parts] if count)


def number(value: float) -> str:
    """Write a number with a comma at every thousand."""
    return f"{value:,}"


def pangu(text: str) -> str:
    """Put a blank between Chinese and Latin letters or digits, but not inside a date (盘古之白)."""
    spaced = _AFTER_LATIN.sub(r"\1 \2", _BEFORE_LATIN.sub(r"\1 \2", text))
    return Markup(spaced) if isinstance(text, Markup) else spaced  # noqa: S704  (it was safe before; blanks keep it so)


_DEVICES = (
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Android", "安卓手机"),
    ("HarmonyOS", "鸿蒙手机"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "火狐"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device(user_agent: str) -> str:
    """Say in plain words from what somebody signed in: 安卓手机，微信."""
    of = (next((words for sign, words in known if sign in user_agent), "") for known in (_DEVICES, _BROWSERS))
    return "，".join(filter(None, of)) or "认不出的设备"
