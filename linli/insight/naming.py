"""What keys are called in a place's own words (名称)."""

from collections.abc import Mapping
from datetime import date

from linli.core.steps import STEP_KINDS
from linli.matters.slices import Measure, Slice
from linli.pack.edition import Edition

FACETS = {
    "subject": "种类",
    "category": "分类",
    "lead": "主办单位",
    "order": "单别",
    "level": "层级",
    "step": "环节",
}
UNDISPATCHED = "还没有派单"
_SUBJECTS = {"concern": "诉求", "incident": "网格事件", "campaign": "专项治理", "topic": "议题"}


def title_of(edition: Edition, facet: str, key: str, *, leads: Mapping[str, str] = {}) -> str:
    """Say a key of a facet as the place does; the key itself when the pack no longer knows it."""
    return titles(edition, facet, leads=leads).get(key, key or UNDISPATCHED)


def titles(edition: Edition, facet: str, *, leads: Mapping[str, str] = {}) -> dict[str, str]:
    """List the keys of a facet with their names, in the order of the pack."""
    match facet:
        case "subject":
            return {key: edition.say(key, _SUBJECTS.get(key, key)) for key in edition.serves}
        case "category":
            return {key: category.title for key, category in edition.categories.items()}
        case "order":
            return {key: order.title for key, order in edition.orders.items()}
        case "level":
            return {level.key: level.title for level in edition.levels}
        case "step":
            return {key: kind.title for key, kind in STEP_KINDS.items()}
        case _:
            return dict(leads)


def words_of(chosen: Slice, *, edition: Edition, leads: Mapping[str, str] = {}) -> str:
    """Say in a line which matters a slice holds, without the place (条件)."""
    said = [Measure(chosen.measure).label]
    if chosen.facet == "here":
        said.append("不分下级")
    elif chosen.facet != "all":
        said.append(f"{FACETS[chosen.facet]}：{title_of(edition, chosen.facet, chosen.key, leads=leads)}")
    if chosen.since and chosen.until:
        said.append(f"{_day(chosen.since)}至{_day(chosen.until)}")
    return " · ".join(said)


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"
