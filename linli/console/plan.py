"""The plan of a grid: to look at with a pin in it, or to point at (平面图)."""

import json
from dataclasses import dataclass, replace
from functools import lru_cache

from linli.frame.shape import Shape
from linli.methods.plan import Outline, Sheet, fit, middle
from linli.places import queries as places
from linli.places.queries import Spot

_DRAWN_AS = {"grid_cell": "grid", "building": "building"}
_TOO_SMALL = ("entrance",)
_SMALL = ("building",)
_BELOW_THE_EDGE = 52


@dataclass(frozen=True, slots=True)
class Pin:
    """A point on the plan (位置)."""

    x: int
    y: int
    label: str
    tone: str = "cinnabar"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sheet with the places on it (图)."""

    sheet: Sheet
    shapes: tuple[Shape, ...]
    middles: dict[str, tuple[int, int]]

    def pin(self, spot: Spot, *, metres: tuple[int, int] | None) -> tuple[Pin, ...]:
        """Put a pin where something is: at the point that was tapped, else in the middle of its place."""
        point = self.sheet.spot(metres) if metres else self.middles.get(spot.key)
        return (Pin(*point, label=spot.name),) if point else ()


def draw(around: Spot, *, to_choose: bool = False) -> Drawing | None:
    """Draw a place and everything within it, in one query; none without an outline."""
    return _drawn(tuple(places.outlines_within(around.path, but=_TOO_SMALL)), to_choose)


@lru_cache(maxsize=256)
def _drawn(rows: tuple[tuple[str, str, str, str, str], ...], to_choose: bool) -> Drawing | None:
    """Draw what was read; the same outlines give the same plan, which is drawn once."""
    read = [(key, kind, name, json.loads(outline), around) for key, kind, name, outline, around in rows]
    found = [row for row in read if row[3]]
    if not found:
        return None
    sheet = fit([outline for _, _, _, outline, _ in found])
    middles = {key: sheet.spot(middle(outline)) for key, _, _, outline, _ in found}
    shapes = [_shape(sheet, *row, to_choose=to_choose) for row in found]
    shapes[0] = replace(shapes[0], label=shapes[0].label if to_choose else "")
    return Drawing(sheet, tuple(shapes), middles)


def _shape(
    sheet: Sheet, key: str, kind: str, name: str, outline: Outline, around: str, *, to_choose: bool
) -> Shape:
    drawn, points = _DRAWN_AS.get(kind, "ground"), sheet.points(outline)
    if to_choose:
        words = f"{around} {name}" if kind in _SMALL else name
        return Shape(drawn, points, name, *sheet.spot(middle(outline)), key, words)
    return Shape(drawn, points, name, *_label_at(sheet, kind, outline))


def _label_at(sheet: Sheet, kind: str, outline: Outline) -> tuple[int, int]:
    """Write the name of an estate below its upper edge, above the names of its buildings."""
    if kind in _SMALL:
        return sheet.spot(middle(outline))
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    x, y = sheet.spot(((min(xs) + max(xs)) / 2, min(ys)))
    return x, y + _BELOW_THE_EDGE
