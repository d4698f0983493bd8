"""What a new edition of a pack changes, counted by kind (版本差异)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linli.pack.edition import Edition


@dataclass(frozen=True, slots=True)
class Change:
    """Count what was added, left out and altered of one kind (差异)."""

    title: str
    added: int
    removed: int
    altered: int


def changes(old: Edition, new: Edition) -> tuple[Change, ...]:
    """List the kinds of which something differs between two editions (版本差异)."""
    pairs = zip(_parts(old).items(), _parts(new).values(), strict=True)
    compared = (_compare(title, before, after) for (title, before), after in pairs)
    return tuple(one for one in compared if one.added or one.removed or one.altered)


def _compare(title: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Change:
    both = old.keys() & new.keys()
    return Change(
        title,
        added=len(new.keys() - both),
        removed=len(old.keys() - both),
        altered=sum(old[key] != new[key] for key in both),
    )


def _parts(edition: Edition) -> dict[str, Mapping[str, Any]]:
    return {
        "规则": edition.rules,
        "职务": edition.offices,
        "单别": edition.orders,
        "暂停事由": edition.pauses,
        "分类": edition.categories,
        "程序": edition.procedures,
        "会议形式": edition.forums,
        "清单": edition.registers,
        "行业": edition.trades,
        "服务设施": {one.key: one for one in edition.facilities.kinds} if edition.facilities else {},
        "社会组织": edition.societies.kinds if edition.societies else {},
        "创投": {"grants": edition.grants} if edition.grants else {},
        "地点": {place.key: place for place in edition.places},
        "组织": {body.key: body for body in edition.bodies},
    }
