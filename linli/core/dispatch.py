"""Who takes a case: the route by category and place, and the climb from level to level (派单与分级)."""

from collections.abc import Sequence
from dataclasses import dataclass

from linli.core.clause import Clause
from linli.core.verdict import Verdict, no, yes


@dataclass(frozen=True, slots=True)
class Level:
    """One level of responsibility and the kinds of place it belongs to (层级)."""

    key: str
    title: str
    place_kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """Say who should take a category at a place, how urgent it is, and why (派单建议)."""

    category: str
    lead: str
    joint: tuple[str, ...] = ()
    order: str = ""
    level: str = ""
    place: str = ""
    clause: Clause | None = None


def route_for(
    routes: Sequence[Route], *, category: str, category_chain: Sequence[str], places: Sequence[str]
) -> Route | None:
    """Find the most particular route: the category itself before its parents, the nearest place before farther.

    ``category_chain`` runs from the category's parent upwards; ``places`` from the matter's place upwards.
    """
    for wanted in (category, *category_chain):
        for place in (*places, ""):
            found = next((r for r in routes if r.category == wanted and r.place == place), None)
            if found:
                return found
    return None


def climb(levels: Sequence[Level], level: str, *, by: int, clause: Clause | None = None) -> Verdict:
    """Answer whether a matter may go up (+1) or down (-1) from a level, with the level as a figure (升降级)."""
    keys = [one.key for one in levels]
    target = keys.index(level) + by
    if target >= len(keys):
        return no("已经是最高一级，没有上级可报。", clause, remedy="可以吹哨请有关部门联办。")
    if target < 0:
        return no("没有可以交回的下级。", clause)
    return yes(f"转到{levels[target].title}", clause, level=keys[target])


def level_of(levels: Sequence[Level], place_kind: str) -> Level | None:
    """Return the level that a kind of place belongs to."""
    return next((level for level in levels if place_kind in level.place_kinds), None)
