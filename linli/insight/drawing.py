"""Places on a plan, darker where more is open (分布图)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from linli.frame.shape import Shape
from linli.insight.heat import Scale
from linli.methods.plan import Sheet, fit, middle

if TYPE_CHECKING:
    from linli.places.models import Place

_POINTED_OUT = 2
_LIGHTEST = 1
_KINDS = {"grid_cell": "grid", "building": "building"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plan with its legend (分布图)."""

    shapes: tuple[Shape, ...]
    height: int
    legend: tuple[tuple[int, str], ...]


def draw(
    places: Sequence["Place"],
    *,
    ground: "Place | None",
    counts: Mapping[str, int],
    links: Mapping[str, str],
    unsaid: Collection[str] = (),
) -> Drawing | None:
    """Draw places on their ground, by path their count and where they lead; none without an outline.

    The counts of ``unsaid`` are not written, and drawn as light as the least.
    """
    drawn = [place for place in places if place.outline]
    under = [ground] if ground and ground.outline else []
    if not drawn and not under:
        return None
    sheet = fit([place.outline for place in (*under, *drawn)])
    said = {path: number for path, number in counts.items() if path not in unsaid}
    scale = Scale(max((said.get(place.path, 0) for place in drawn), default=0))
    base = [_shape(place, sheet, kind="ground") for place in under]
    tops = [
        _shape(
            place,
            sheet,
            kind=_KINDS.get(place.kind, "ground"),
            label=place.name,
            href=links.get(place.path, ""),
            count=said.get(place.path, 0),
            heat=_LIGHTEST if place.path in unsaid else scale.of(said.get(place.path, 0)),
        )
        for place in drawn
    ]
    return Drawing((*base, *tops), sheet.height, scale.legend)


def point_out(plan: Drawing, key: str) -> Drawing:
    """Return a plan on which one place stands out (本网格)."""
    shapes = tuple(replace(shape, heat=_POINTED_OUT) if shape.key == key else shape for shape in plan.shapes)
    return replace(plan, shapes=shapes, legend=())


def _shape(
    place: "Place", sheet: Sheet, *, kind: str, label: str = "", href: str = "", count: int = 0, heat: int = 0
) -> Shape:
    x, y = sheet.spot(middle(place.outline))
    points = sheet.points(place.outline)
    return Shape(kind, points, label, x, y, key=place.key, href=href, count=count, heat=heat)
