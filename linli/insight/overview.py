"""Every level at a glance: the figures of a place, each with its formula and its matters (总览)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from linli.insight import figure
from linli.insight.figure import Figure
from linli.insight.naming import FACETS, UNDISPATCHED, title_of, titles
from linli.insight.reading import DAYS, Reading
from linli.matters.slices import Measure, Slice
from linli.pack.edition import Edition
from linli.places.queries import COMMUNITIES

if TYPE_CHECKING:
    from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What is open, by one facet (分布)."""

    facet: str
    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class LevelRow:
    """What stands at a level, what came up or down to it and what was closed there (层级)."""

    title: str
    open: Figure
    sent_up: Figure
    handed_back: Figure
    closed: Figure


@dataclass(frozen=True, slots=True)
class UnitRow:
    """The matters of a unit, never of a person (单位)."""

    name: str
    open: Figure
    overdue: Figure
    punctual: Figure


@dataclass(frozen=True, slots=True)
class Line:
    """One row of numbers, a number a day (走势)."""

    label: str
    values: tuple[int, ...]
    behind: Slice
    matters: int


def headline(reading: Reading) -> tuple[Figure, ...]:
    """Return the five figures that come first."""
    return (
        _opened_this_week(reading),
        punctual(reading),
        figure.count(
            "在办",
            reading.slice(Measure.OPEN),
            reading.open(),
            formula="已经提出、还没有办结的事项；等居民评价的也算。",
        ),
        figure.count(
            "今天到期",
            reading.slice(Measure.DUE_TODAY),
            reading.now(Measure.DUE_TODAY),
            formula="今天 24:00 以前到期、还没有答复的事项；已经过了时间的算「逾期未结」。",
            tone="amber",
        ),
        figure.count(
            "逾期未结",
            reading.slice(Measure.OVERDUE),
            reading.now(Measure.OVERDUE),
            formula="期限已过、还没有答复的事项；依规暂停计时的不算。",
            tone="cinnabar",
        ),
    )


def sentence(reading: Reading) -> str:
    """Say the figures in words first."""
    opened, judged = _opened_this_week(reading), punctual(reading)
    closed, near = _closed_near(reading)
    said = [f"本周新增 {opened.value} 件", f"近 {DAYS} 天按期答复 {judged.value}，其中逾期未结计入"]
    if closed:
        said.append(f"办结的 {closed} 件里，{figure.percent(near)} 没有出社区")
    return "；".join(said) + "。"


def punctual(reading: Reading, lead: str | None = None) -> Figure:
    """Return the honest on-time rate of a place, or of one unit there (按期率)."""
    judged = reading.punctuality(lead)
    whole = judged.in_time + judged.late + judged.open_overdue
    facet, key = ("all", "") if lead is None else ("lead", lead)
    return figure.share(
        "按期答复率",
        reading.slice(Measure.JUDGED, facet=facet, key=key, since=reading.since),
        judged.in_time,
        of=whole,
        words=f"近 {DAYS} 天按期答复",
        formula=f"{judged.formula}。近 {DAYS} 天答复的，加上现在逾期未结的；逾期未结算作没有按期。",
    )


def levels(reading: Reading) -> tuple[LevelRow, ...]:
    """Return what stands at each level, from the smallest up (分级)."""
    return tuple(_level(reading, key, title) for key, title in titles(reading.edition, "level").items())


def solved(reading: Reading) -> tuple[Figure, ...]:
    """Return how much was closed at each level: 小事不出网格，大事不出社区."""
    return tuple(row.closed for row in levels(reading))


def breakdowns(reading: Reading) -> tuple[Breakdown, ...]:
    """Return what is open by kind, order, step and category (在办分布)."""
    return tuple(_breakdown(reading, facet) for facet in ("subject", "order", "step", "category"))


def units(reading: Reading) -> tuple[UnitRow, ...]:
    """Return the units that have something open, by name (主办单位)."""
    return tuple(
        UnitRow(
            name=name,
            open=figure.count(
                "在办", reading.slice(Measure.OPEN, facet="lead", key=key), reading.open("lead", key)
            ),
            overdue=figure.count(
                "逾期未结",
                reading.slice(Measure.OVERDUE, facet="lead", key=key),
                reading.now(Measure.OVERDUE, key),
                tone="cinnabar",
            ),
            punctual=punctual(reading, key),
        )
        for key, name in (*sorted(reading.leads.items(), key=lambda pair: pair[1]), ("", UNDISPATCHED))
        if reading.open("lead", key)
    )


def places(
    reading: Reading, *, below: Sequence["Place"], stocks: Mapping[str, int]
) -> tuple[tuple["Place | None", Figure], ...]:
    """Return what is open in each place directly below, and in none of them (按地点)."""
    rows: list[tuple[Place | None, Figure]] = [
        (place, figure.count(place.name, Slice(place.path, Measure.OPEN), stocks.get(place.path, 0)))
        for place in below
    ]
    rest = reading.open() - sum(stocks.get(place.path, 0) for place in below)
    if rest:
        own = reading.slice(Measure.OPEN, facet="here")
        rows.append((None, figure.count(f"{reading.place.name}本级", own, rest)))
    return tuple(rows)


def trend(reading: Reading) -> tuple[Line, ...]:
    """Return what was opened and closed on each of the last thirty days, then what was opened by kind."""
    lines = [_line(reading, measure) for measure in (Measure.OPENED, Measure.CLOSED)]
    for key, title in titles(reading.edition, "subject").items():
        values = tuple(reading.by_subject[Measure.OPENED, key, on] for on in reading.days)
        behind = reading.slice(Measure.OPENED, facet="subject", key=key, since=reading.since)
        lines.append(Line(f"{title}新增", values, behind, sum(values)))
    return tuple(lines)


def _opened_this_week(reading: Reading) -> Figure:
    monday = reading.monday
    return figure.count(
        "本周新增",
        reading.slice(Measure.OPENED, since=monday),
        reading.happened(Measure.OPENED, since=monday),
        formula=f"{monday.month}月{monday.day}日（周一）到今天提出的事项。",
    )


def _level(reading: Reading, key: str, title: str) -> LevelRow:
    def since(measure: Measure, words: str) -> Figure:
        behind = reading.slice(measure, facet="level", key=key, since=reading.since)
        return figure.count(title, behind, reading.at_level(measure, key), words=words)

    return LevelRow(
        title=title,
        open=figure.count(
            title,
            reading.slice(Measure.OPEN, facet="level", key=key),
            reading.open("level", key),
            words="在办",
        ),
        sent_up=since(Measure.SENT_UP, "报上来"),
        handed_back=since(Measure.HANDED_BACK, "交回来"),
        closed=since(Measure.CLOSED, "办结"),
    )


def _breakdown(reading: Reading, facet: str) -> Breakdown:
    found = {key: n for (of, key), n in reading.stock.items() if of == facet and n}
    return Breakdown(
        facet,
        FACETS[facet],
        tuple(
            figure.count(
                title_of(reading.edition, facet, key, leads=reading.leads),
                reading.slice(Measure.OPEN, facet=facet, key=key),
                found[key],
            )
            for key in _in_order(found, reading.edition, facet)
        ),
    )


def _in_order(found: Mapping[str, int], edition: Edition, facet: str) -> list[str]:
    if facet == "category":
        return sorted(found, key=lambda key: (-found[key], key))
    order = [*titles(edition, facet), *sorted(found)]
    return sorted(found, key=order.index)


def _line(reading: Reading, measure: Measure) -> Line:
    values = tuple(reading.flow[measure, on] for on in reading.days)
    return Line(measure.label, values, reading.slice(measure, since=reading.since), sum(values))


def _closed_near(reading: Reading) -> tuple[int, Fraction]:
    """Return how many were closed, and the share closed without leaving the community."""
    closed = reading.happened(Measure.CLOSED, since=reading.since)
    near = sum(reading.at_level(Measure.CLOSED, key) for key in _near(reading.edition))
    return closed, Fraction(near, closed or 1)


def _near(edition: Edition) -> list[str]:
    keys = [level.key for level in edition.levels]
    last = next(
        (at for at, level in enumerate(edition.levels) if set(COMMUNITIES) & set(level.place_kinds)), 0
    )
    return keys[: last + 1]
