"""The flats of a place, with their floor areas (房屋)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.places.models import AreaSource, Dwelling, Kind, Place
from linli.places.path import inside

SOURCES = tuple(AreaSource.choices)


# Where people have a door: a flat is written down at one of these, not at a whole community.
HOLDING = (
    Kind.GRID_CELL, Kind.ESTATE, Kind.LANE, Kind.COURTYARD, Kind.HAMLET, Kind.BUILDING, Kind.ENTRANCE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Described:
    """A flat as somebody describes it; the area in square centimetres (房屋要素)."""

    label: str
    area: int | None = None
    area_source: str = ""
    developer: str = ""


class Listed(NamedTuple):
    """A flat as a list describes it, its area in square centimetres (名单上的房屋)."""

    place_id: int
    place_path: str
    label: str
    area: int | None = None
    area_source: str = ""
    developer: str = ""

    @property
    def key(self) -> tuple[int, str]:
        """Return what tells it from every other flat."""
        return self.place_id, self.label


class Known(NamedTuple):
    """A flat that is on the roll (已有房屋)."""

    id: int
    listed: Listed

    @property
    def area(self) -> int | None:
        """Return its area."""
        return self.listed.area

    @property
    def area_source(self) -> str:
        """Return where the area was read."""
        return self.listed.area_source

    @property
    def developer(self) -> str:
        """Return who built it, while it is unsold."""
        return self.listed.developer


def known(places: Collection[int]) -> dict[tuple[int, str], Known]:
    """Return every flat at some places."""
    rows = Dwelling.objects.filter(place_id__in=places).order_by("pk")
    found = ((number, Listed(*told)) for number, *told in rows.values_list("pk", *Listed._fields))
    return {listed.key: Known(number, listed) for number, listed in found}


def is_weaker(source: str, *, than: str) -> bool:
    """Tell whether an area read at one source may not stand for one read at another (O-2)."""
    order = list(AreaSource.values)
    return bool(source and than) and order.index(source) > order.index(than)


def write(listed: Sequence[Listed]) -> dict[tuple[int, str], int]:
    """Write flats down as a list has them, each once; return their numbers (批量登记)."""
    Dwelling.objects.bulk_create(
        (Dwelling(**one._asdict()) for one in listed),
        update_conflicts=True,
        unique_fields=["place", "label"],
        update_fields=["area", "area_source", "developer", "place_path"],
    )
    places = {one.place_id for one in listed}
    return {key: one.id for key, one in known(places).items()}


def within(path: str) -> QuerySet[Dwelling]:
    """Return the flats within a place, in the order of their addresses."""
    rows = Dwelling.objects.filter(inside(path, column="place_path"))
    return rows.select_related("place").order_by("place_path", "label", "pk")


def of_id(number: int) -> Dwelling | None:
    """Find a flat by number."""
    return Dwelling.objects.select_related("place").filter(pk=number).first()


def to_act_on(number: int) -> Dwelling | None:
    """Load a flat for an act and hold its row until the act is done; call it inside a transaction."""
    rows = Dwelling.objects.select_for_update(of=("self",)).select_related("place")
    return rows.filter(pk=number).first()


def of_label(place: int, label: str) -> Dwelling | None:
    """Find a flat by its label at a place."""
    return Dwelling.objects.filter(place_id=place, label=label.strip()).first()


def counts(path: str) -> dict[str, int]:
    """Count the flats of each building within a place, by the building's path (套数)."""
    rows = Dwelling.objects.filter(inside(path, column="place_path")).order_by()
    return dict(rows.values_list("place_path").annotate(flats=Count("pk")))


def whole_area(path: str) -> int:
    """Add up the floor area within a place, in square centimetres (专有部分面积合计)."""
    total: int | None = within(path).aggregate(total=Sum("area"))["total"]
    return total or 0


def enter(place: Place, described: Sequence[Described]) -> list[Dwelling]:
    """Write down the flats of a building; one that is known is brought up to date (登记房屋).

    Of a flat described twice the last word counts. Raises ``Refused`` for a flat without a label, and for
    an area of which nobody says where it was read.
    """
    rows = {one.label.strip(): _row(place, one) for one in described}
    Dwelling.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["place", "label"],
        update_fields=["area", "area_source", "developer", "place_path"],
    )
    return list(Dwelling.objects.filter(place=place, label__in=rows).order_by("label"))


def _row(place: Place, one: Described) -> Dwelling:
    label = one.label.strip()
    if not label:
        raise Refused(Refusal("没有写门牌。", remedy="例如：1单元302。", asked="登记房屋"))
    if one.area and one.area_source not in AreaSource:
        raise Refused(
            Refusal(
                f"{label}的面积没有写依据。", remedy="请选不动产登记簿、实测或者买卖合同。", asked="登记房屋"
            )
        )
    return Dwelling(
        place=place,
        place_path=place.path,
        label=label,
        area=one.area or None,
        area_source=one.area_source if one.area else "",
        developer=one.developer.strip(),
    )
