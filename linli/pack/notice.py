"""Read an official arrangement of days off as people copy it out of the notice (抄录放假安排)."""

import re
from collections.abc import Iterator
from datetime import date

from linli.pack.calendars import CalendarYear, Holiday, faults

_DAY = re.compile(r"(?:(\d{4})\s*[-年/])?\s*(?:(\d{1,2})\s*[-月/])?\s*(\d{1,2})\s*(?:日|(?!\d))")
_SPAN = re.compile(rf"({_DAY.pattern})(?:\s*(?:至|到|~|—+|－)\s*({_DAY.pattern}))?")
_ASIDE = re.compile(r"[（(][^）)]*[）)]|共\s*\d+\s*天|^[一二三四五六七八九十]+、")
# Half a span understood would be worse than none.
_REST = re.compile(r"\d|至|到")
_FILLING = re.compile(r"放假|调休|[，。、；：:,;]")


class NotUnderstood(ValueError):
    """Say line by line what could not be read (没看懂)."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def read_notice(year: int, *, source: str, days_off: str, makeup_days: str) -> CalendarYear:
    """Read a year from lines such as 国庆节 10月1日至7日 and 10月10日 (抄录); raise NotUnderstood."""
    complaints: list[str] = []
    holidays = tuple(_holidays(days_off, year=year, complaints=complaints))
    worked = tuple(_worked(makeup_days, year=year, complaints=complaints))
    if not holidays and not complaints:
        complaints.append("放假：一天也没有写")
    if complaints:
        raise NotUnderstood(*complaints)
    told = CalendarYear(
        title=f"{year} 年节假日安排",
        year=year,
        source=source,
        confirmed=True,
        holidays=tuple(holiday for _, holiday in holidays),
        makeup_days=tuple(day for _, day in worked),
    )
    lines = {"holidays": [line for line, _ in holidays], "makeup_days": [line for line, _ in worked]}
    found = [_worded(path, reason, lines) for path, reason in faults(told)]
    if found:
        raise NotUnderstood(*found)
    return told


def _holidays(text: str, *, year: int, complaints: list[str]) -> Iterator[tuple[int, Holiday]]:
    for number, line in _lines(text):
        try:
            yield number, _holiday(line, year=year)
        except ValueError:
            complaints.append(f"放假第 {number} 行没看懂：「{line}」，应像「国庆节 10月1日至10月7日」")


def _worked(text: str, *, year: int, complaints: list[str]) -> Iterator[tuple[int, date]]:
    for number, line in _lines(text):
        try:
            days = [_day(found.groups(), year=year) for found in _DAY.finditer(_ASIDE.sub("", line))]
        except ValueError:
            days = []
        if not days:
            complaints.append(f"上班第 {number} 行没看懂：「{line}」，应像「10月10日」")
        yield from ((number, day) for day in days)


def _holiday(line: str, *, year: int) -> Holiday:
    said = _ASIDE.sub("", line)
    found = _SPAN.search(said)
    if not found:
        raise ValueError(line)
    title = _FILLING.sub("", said[: found.start()] + said[found.end() :]).strip()
    if _REST.search(title):
        raise ValueError(line)
    first = _day(found.groups()[1:4], year=year)
    last = _day(found.groups()[5:8], year=year, month=first.month) if found[5] else None
    return Holiday(title=title or "放假", first=first, last=last)


def _day(parts: tuple[str | None, ...], *, year: int, month: int = 0) -> date:
    own_year, own_month, own_day = (int(part) if part else 0 for part in parts)
    return date(own_year or year, own_month or month, own_day)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip())


def _worded(path: tuple[str | int, ...], reason: str, lines: dict[str, list[int]]) -> str:
    list_name, place = str(path[0]), path[1]
    name = "放假" if list_name == "holidays" else "上班"
    return f"{name}第 {lines[list_name][int(place)]} 行：{reason}"
