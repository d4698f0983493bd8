"""Names on a paper list: read line by line, and found among those whose names count (纸质名单)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

_BETWEEN = re.compile(r"[\s,，、;；]+")
_DAY = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$")
_TAIL = "室房户号"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whose name counts, and where they live or own a flat (名册上的人)."""

    person: int
    name: str
    homes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paper list: who, where, on which day (一行)."""

    at: int
    name: str
    home: str
    day: date


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a line: whose name it is, or why it is not counted; some can be put right (核对结果)."""

    line: Line
    person: int | None = None
    why: str = ""
    is_unclear: bool = False

    @property
    def counts(self) -> bool:
        """Tell whether the name is counted."""
        return not self.why


def read(text: str, *, day: date) -> tuple[Line, ...]:
    """Read a list of names, one a line, each with a flat and a day if they are written (逐行读).

    ``day`` is the one of the lines that name none. A day that is none is read as part of the flat.
    """
    told = ((at, line) for at, line in enumerate(text.splitlines(), start=1) if line.strip())
    return tuple(_line(at, line, day=day) for at, line in told)


def find(
    lines: Sequence[Line], known: Iterable[Known], *, counted: Mapping[int, str], today: date
) -> tuple[Found, ...]:
    """Find each line among those whose names count; nobody counts twice, on this list or elsewhere (核对).

    ``counted`` says of people why their names are not counted again.
    """
    by_name: dict[str, list[Known]] = {}
    for somebody in known:
        by_name.setdefault(somebody.name, []).append(somebody)
    barred, found = dict(counted), list[Found]()
    for line in lines:
        one = _find(line, by_name.get(line.name, ()), barred=barred, today=today)
        if one.counts and one.person is not None:
            barred[one.person] = f"和第 {line.at} 行是同一个人，只计一次"
        found.append(one)
    return tuple(found)


def _find(line: Line, namesakes: Sequence[Known], *, barred: Mapping[int, str], today: date) -> Found:
    if line.day > today:
        return Found(line, why="日期在今天以后", is_unclear=True)
    living = [one for one in namesakes if not line.home or any(_is_at(line.home, home) for home in one.homes)]
    if not living:
        why = "名册上的同名人不住在这里" if namesakes else "不在名册上"
        return Found(line, why=why)
    if len(living) > 1:
        homes = "、".join("、".join(one.homes) or "住处没有登记" for one in living)
        return Found(line, why=f"同名的有 {len(living)} 人（{homes}），请写上房号", is_unclear=True)
    person = living[0].person
    return Found(line, person, barred.get(person, ""))


def _line(at: int, line: str, *, day: date) -> Line:
    name, *rest = _BETWEEN.split(line.strip())
    days = [found for part in rest if (found := _day(part))]
    home = "".join(part for part in rest if not _day(part))
    return Line(at, name, home, days[-1] if days else day)


def _day(part: str) -> date | None:
    matched = _DAY.match(part)
    if matched is None:
        return None
    try:
        return date(*(int(number) for number in matched.groups()))
    except ValueError:
        return None


def _is_at(typed: str, home: str) -> bool:
    """Tell whether a flat is meant: its whole address, or the end of it from the start of a number (房号)."""
    short, whole = (one.replace("-", "").rstrip(_TAIL) for one in (typed, home))
    if not short or not whole.endswith(short):
        return False
    before = whole[: -len(short)][-1:]
    return not (before.isdigit() and short[0].isdigit())
