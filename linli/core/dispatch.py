"""Who takes a case: the levels, and the route by category and place (派单与分级)."""

from collections.abc import Sequence
from dataclasses import dataclass

from linli.core.clause import Clause


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
    """Find the most particular route: a category before its parents, the nearest place first.

    ``category_chain`` runs from the category's parent upwards; ``places`` from the matter's place upwards.
    """
    for wanted in (category, *category_chain):
        for place in (*places, ""):
            found = next((r for r in routes if r.category == wanted and r.place == place), None)
            if found:
                return found
    return None


def level_of(levels: Sequence[Level], *, place_kind: str) -> Level | None:
    """Return the level that a kind of place belongs to (层级)."""
    return next((level for level in levels if place_kind in level.place_kinds), None)
