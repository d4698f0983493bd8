"""The flats of a place, with their floor areas (房屋)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from linli.places.models import AreaSource, Dwelling, Place
from linli.places.path import inside

SOURCES = tuple(AreaSource.choices)


@dataclass(frozen=True, slots=True)
class Described:
    """A flat as somebody describes it; the area in square centimetres (房屋要素)."""

    label: str
    area: int | None = None
    area_source: str = ""
    developer: str = ""


def within(path: str) -> QuerySet[Dwelling]:
    """Return the flats within a place, in the order of their addresses."""
    rows = Dwelling.objects.filter(inside(path, column="place_path"))
    return rows.select_related("place").order_by("place_path", "label", "pk")


def of_id(number: int) -> Dwelling | None:
    """Find a flat by number."""
    return Dwelling.objects.select_related("place").filter(pk=number).first()


def of_label(place: int, label: str) -> Dwelling | None:
    """Find a flat by its label at a place."""
    return Dwelling.objects.filter(place_id=place, label=label.strip()).first()


def whole_area(path: str) -> int:
    """Add up the floor area within a place, in square centimetres (专有部分面积合计)."""
    total: int | None = within(path).aggregate(total=Sum("area"))["total"]
    return total or 0


def enter(place: Place, described: Sequence[Described]) -> list[Dwelling]:
    """Write down the flats of a building; one that is known is brought up to date (登记房屋)."""
    rows = [
        Dwelling(
            place=place,
            place_path=place.path,
            label=one.label.strip(),
            area=one.area,
            area_source=one.area_source if one.area else "",
            developer=one.developer.strip(),
        )
        for one in described
    ]
    Dwelling.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["place", "label"],
        update_fields=["area", "area_source", "developer", "place_path"],
    )
    labels = [one.label for one in rows]
    return list(Dwelling.objects.filter(place=place, label__in=labels).order_by("label"))
