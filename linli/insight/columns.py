"""The columns a register may have, by the keys that packs use (清单栏目)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from linli.appraisal.aspects import SCORES
from linli.frame import wording
from linli.frame.clock import day_of
from linli.frame.excel import Cell, Column
from linli.insight.entry import Entry
from linli.insight.naming import title_of


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: how it is titled and laid out, and what an entry says in it (栏目)."""

    key: str
    sheet: Column
    cell: Callable[[Entry], Cell]


def headings(keys: tuple[str, ...]) -> tuple[Heading, ...]:
    """Return the columns of a register in the order of the pack."""
    return tuple(Heading(key, *_COLUMNS[key]) for key in keys)


def shown(cell: Cell, *, today: date) -> str:
    """Write a cell for a page."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return wording.moment(cell, today=today)
    if isinstance(cell, date):
        year = "" if cell.year == today.year else f"{cell.year}年"
        return f"{year}{cell.month}月{cell.day}日"
    return str(cell)


def _days_used(entry: Entry) -> Cell:
    matter = entry.matter
    if matter.answered_at is None:
        return None
    return (day_of(matter.answered_at) - day_of(matter.opened_at)).days


def _on_time(entry: Entry) -> Cell:
    matter = entry.matter
    if matter.answered_at is not None:
        return "是" if matter.due_at is None or matter.answered_at <= matter.due_at else "否"
    if matter.closed_at is None and matter.due_at is not None and matter.due_at < entry.at:
        return "否，还没有办结"
    return "" if matter.closed_at else "还没有到期"


def _due(entry: Entry) -> Cell:
    matter = entry.matter
    if matter.closed_at is not None or matter.answered_at is not None:
        return "已答复" if matter.closed_at is None else "已办结"
    if matter.due_at is None:
        return "暂停计时"
    return wording.deadline(matter.due_at, today=day_of(entry.at))


def _rating(entry: Entry) -> Cell:
    return SCORES[entry.score] if entry.score else ""


def _answer(entry: Entry) -> Cell:
    if entry.answer:
        return entry.answer
    return "" if entry.matter.closed_at else "还没有办结"


def _named(facet: str) -> Callable[[Entry], Cell]:
    return lambda entry: title_of(entry.edition, facet, getattr(entry.matter, facet))


_COLUMNS: Mapping[str, tuple[Column, Callable[[Entry], Cell]]] = {
    "number": (Column("编号", width=18), lambda entry: entry.matter.number),
    "opened_on": (Column("日期", "day", 12), lambda entry: day_of(entry.matter.opened_at)),
    "place": (Column("地点", width=26), lambda entry: entry.place),
    "lane": (Column("巷", width=14), lambda entry: entry.lane),
    "title": (Column("事项", width=34), lambda entry: entry.title),
    "category": (Column("分类", width=14), _named("category")),
    "order": (Column("单别", width=9), _named("order")),
    "level": (Column("层级", width=14), _named("level")),
    "source": (Column("来源", width=11), lambda entry: entry.source),
    "raiser": (Column("反映人", width=10), lambda entry: entry.raiser),
    "step": (Column("环节", width=11), lambda entry: entry.step),
    "due": (Column("期限", width=20), _due),
    "lead": (Column("主办单位", width=20), lambda entry: entry.lead),
    "joint": (Column("协办单位", width=24), lambda entry: "、".join(entry.joint)),
    "answer": (Column("办理结果", width=40), _answer),
    "closed_on": (
        Column("办结日期", "day", 12),
        lambda entry: day_of(entry.matter.closed_at) if entry.matter.closed_at else None,
    ),
    "days_used": (Column("用时（天）", "number", 10), _days_used),
    "on_time": (Column("是否按期", width=14), _on_time),
    "rating": (Column("评价", width=10), _rating),
}
