"""The plan of a grid: to look at with a pin in it, or to point at (平面图)."""

from dataclasses import dataclass

from linli.methods.plan import Outline, Sheet, fit, middle
from linli.places import queries as places
from linli.places.queries import Spot

_DRAWN_AS = {"grid_cell": "grid", "building": "building"}
_TOO_SMALL = ("entrance",)


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline, as the plan component takes it (图形)."""

    kind: str
    points: str
    label: str
    x: int
    y: int
    key: str = ""
    href: str = ""
    count: int = 0
    heat: int = 0


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
    rows = places.within(around.path).exclude(kind__in=_TOO_SMALL)
    found = [row for row in rows.values_list("key", "kind", "name", "outline") if row[3]]
    if not found:
        return None
    sheet = fit([outline for *_, outline in found])
    middles = {key: sheet.spot(middle(outline)) for key, _, _, outline in found}
    shapes = (_shape(sheet, *row, at=middles[row[0]], to_choose=to_choose) for row in found)
    return Drawing(sheet, tuple(shapes), middles)


def _shape(
    sheet: Sheet, key: str, kind: str, name: str, outline: Outline, *, at: tuple[int, int], to_choose: bool
) -> Shape:
    x, y = at
    return Shape(_DRAWN_AS.get(kind, "ground"), sheet.points(outline), name, x, y, key if to_choose else "")
