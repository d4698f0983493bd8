"""The plan of a place, drawn from its own polygons and those within it (平面图)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from linli.frame import addresses
from linli.frame.shape import Shape
from linli.methods import plan
from linli.places import queries as places
from linli.places.path import WIDTH, is_within
from linli.portal.here import Here

BUILDING = "building"
_TOO_SMALL = ("entrance",)
_MOST_BUILDINGS = 80
_MOST_HEAT = 3
# The width of one letter of a label, in units of the sheet.
_LETTER = 34


@dataclass(frozen=True, slots=True)
class Area:
    """A place with its outline in metres (地块)."""

    key: str
    path: str
    kind: str
    name: str
    outline: tuple[plan.Point, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sheet with everything on it (图)."""

    sheet: plan.Sheet
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Ground:
    """A place and everything within it that has an outline (一块地)."""

    here: Here
    areas: tuple[Area, ...]

    @cached_property
    def parts(self) -> tuple[Area, ...]:
        """Return what a resident would name next: communities, then estates, then buildings."""
        return tuple(part for area in self._below(self.here.spot.path) for part in self._through(area))

    @cached_property
    def choices(self) -> tuple[Area, ...]:
        """Return the places one may point at: the parts, and their buildings while they are not too many."""
        parts = self.parts
        buildings = tuple(area for area in self.areas if area.kind == BUILDING and area not in parts)
        return parts + (buildings if len(buildings) <= _MOST_BUILDINGS else ())

    def words(self, area: Area) -> str:
        """Say a place within this one: 三号小区 5栋."""
        start = len(self.here.spot.path)
        around = (self._at(area.path[:end]) for end in range(start + WIDTH, len(area.path) + 1, WIDTH))
        return (
            " ".join(one.name for one in around if one and one.kind not in places.LOOKED_THROUGH) or area.name
        )

    def name_of(self, path: str) -> str:
        """Say the place at a path as seen from here; one without an outline takes the name of here."""
        area = self._at(path)
        return self.words(area) if area else self.here.spot.name

    def locate(self, point: plan.Point) -> Area | None:
        """Return the smallest place within this one around a point in metres."""
        key = plan.locate(point, outlines=[(area.key, area.outline) for area in self.areas])
        return next((area for area in self.areas if area.key == key), None)

    def _through(self, area: Area) -> tuple[Area, ...]:
        inner = self._below(area.path) if area.kind in places.LOOKED_THROUGH else ()
        return tuple(part for one in inner for part in self._through(one)) or (area,)

    def _below(self, path: str) -> tuple[Area, ...]:
        length = len(path) + WIDTH
        return tuple(one for one in self.areas if len(one.path) == length and is_within(one.path, path))

    def _at(self, path: str) -> Area | None:
        return next((area for area in self.areas if area.path == path), None)


def survey(here: Here) -> Ground:
    """Load a place with everything within it, in one query."""
    found = (
        Area(key, path, kind, name, tuple((x, y) for x, y in outline))
        for key, path, kind, name, outline in places.grounds_within(here.spot.path, but=_TOO_SMALL)
    )
    return Ground(here, tuple(area for area in found if area.outline))


def to_look_at(ground: Ground, *, busy: Iterable[str]) -> Drawing | None:
    """Draw a place with what goes on in its parts; ``busy`` holds the path of each open matter."""
    if not ground.areas:
        return None
    sheet, parts = fit(ground), ground.parts
    counts = _count(parts, busy)
    drawn = tuple(_part(sheet, area, counts) for area in parts)
    return Drawing(sheet, (*_ground(sheet, ground), *_texture(sheet, ground), *drawn))


def to_choose_from(ground: Ground) -> Drawing | None:
    """Draw a place to point at: every choice carries its key."""
    if not ground.areas:
        return None
    sheet, parts = fit(ground), ground.parts
    drawn = tuple(
        _choice(sheet, area, words=ground.words(area), is_named=area in parts) for area in ground.choices
    )
    return Drawing(sheet, (*_ground(sheet, ground), *drawn))


def fit(ground: Ground) -> plan.Sheet:
    """Fit a place that has outlines onto a sheet (图纸)."""
    return plan.fit([area.outline for area in ground.areas])


def _ground(sheet: plan.Sheet, ground: Ground) -> tuple[Shape, ...]:
    own = (area for area in ground.areas if area.path == ground.here.spot.path)
    return tuple(Shape("ground", sheet.points(area.outline)) for area in own)


def _texture(sheet: plan.Sheet, ground: Ground) -> tuple[Shape, ...]:
    """Draw the buildings under the parts, without names."""
    inner = [area for area in ground.choices if area.kind == BUILDING and area not in ground.parts]
    return tuple(Shape(BUILDING, sheet.points(area.outline)) for area in inner)


def _part(sheet: plan.Sheet, area: Area, counts: Mapping[str, int]) -> Shape:
    count = counts.get(area.path, 0)
    href = "" if area.kind == BUILDING else addresses.of("portal:home", area.key)
    x, y = sheet.spot(plan.middle(area.outline))
    return Shape(
        kind=_kind(area),
        points=sheet.points(area.outline),
        label=_label(sheet, area),
        x=x,
        y=y,
        href=href,
        count=count,
        heat=min(count, _MOST_HEAT),
    )


def _choice(sheet: plan.Sheet, area: Area, *, words: str, is_named: bool) -> Shape:
    x, y = sheet.spot(plan.middle(area.outline))
    label = _label(sheet, area) if is_named else ""
    return Shape(_kind(area), sheet.points(area.outline), label, x, y, key=area.key, words=words)


def _kind(area: Area) -> str:
    return BUILDING if area.kind == BUILDING else "grid"


def _label(sheet: plan.Sheet, area: Area) -> str:
    """Write a name on the plan, without its last word where there is no room for it."""
    xs = [sheet.spot(point)[0] for point in area.outline]
    fits = len(area.name) * _LETTER <= max(xs) - min(xs)
    return area.name if fits else area.name.removesuffix("小区").removesuffix("社区") or area.name


def _count(parts: Sequence[Area], busy: Iterable[str]) -> Mapping[str, int]:
    counted: Counter[str] = Counter()
    for path, count in Counter(busy).items():
        counted.update({area.path: count for area in parts if is_within(path, area.path)})
    return counted
