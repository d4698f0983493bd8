"""A plan drawn from outlines: fitted to a sheet, labelled inside, and asked what lies at a point (平面图)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from shapely import Point as Spot
from shapely import Polygon, make_valid
from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]
Outline = Sequence[Point]

WIDTH = 1000
_MARGIN = 24
_LEAST_HEIGHT = 320
_CORNERS_OF_AN_AREA = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """How metres lie on a sheet: left and top edge in metres, units a metre, height in units (图纸)."""

    left: float
    top: float
    scale: float
    height: int

    def spot(self, point: Point) -> tuple[int, int]:
        """Put a point in metres on the sheet."""
        x, y = point
        return round((x - self.left) * self.scale), round((y - self.top) * self.scale)

    def metres(self, point: Point) -> tuple[int, int]:
        """Take a point on the sheet back to metres."""
        x, y = point
        return round(self.left + x / self.scale), round(self.top + y / self.scale)

    def points(self, outline: Outline) -> str:
        """Write an outline as the points of an SVG polygon."""
        return " ".join(f"{x},{y}" for x, y in map(self.spot, outline))


def fit(outlines: Sequence[Outline]) -> Sheet:
    """Lay outlines on a sheet of fixed width with a margin; raises ValueError when there is no point."""
    xs = [x for outline in outlines for x, _ in outline]
    ys = [y for outline in outlines for _, y in outline]
    if not xs:
        raise ValueError("没有轮廓，画不出平面图")
    inside = WIDTH - 2 * _MARGIN
    scale = inside / max(max(xs) - min(xs), max(ys) - min(ys), 1)
    across, down = (max(xs) - min(xs)) * scale, (max(ys) - min(ys)) * scale
    height = max(round(down + 2 * _MARGIN), _LEAST_HEIGHT)
    return Sheet(
        left=min(xs) - (WIDTH - across) / 2 / scale,
        top=min(ys) - (height - down) / 2 / scale,
        scale=scale,
        height=height,
    )


def middle(outline: Outline) -> Point:
    """Return a point well inside an outline, where its label stands."""
    return _middle(tuple((x, y) for x, y in outline))


@lru_cache(maxsize=4096)
def _middle(outline: tuple[Point, ...]) -> Point:
    if len(outline) < _CORNERS_OF_AN_AREA:
        return outline[0]
    inner = _area(outline).representative_point()
    return inner.x, inner.y


def locate(point: Point, *, outlines: Sequence[tuple[str, Outline]]) -> str | None:
    """Return the key of the smallest outline that holds a point, edges included, or none (定位)."""
    spot = Spot(*point)
    areas = ((key, _area(outline)) for key, outline in outlines if len(outline) >= _CORNERS_OF_AN_AREA)
    holding = [(area.area, key) for key, area in areas if area.covers(spot)]
    return min(holding)[1] if holding else None


def _area(outline: Outline) -> BaseGeometry:
    # An outline drawn by hand may cross itself.
    return make_valid(Polygon(outline))
