"""What is done to places (动作)."""

from collections.abc import Sequence

from django.db import transaction

from linli.frame.finding import tokens_of_name
from linli.pack.edition import PlaceData
from linli.places.models import Place
from linli.places.path import child_path


@transaction.atomic
def install(places: Sequence[PlaceData], *, pack: str) -> None:
    """Put the places of a pack into the tree; those already there keep their path (安装地点)."""
    known = {place.key: place for place in Place.objects.filter(pack=pack)}
    for data in places:
        parent = known[_key(pack, data.parent)] if data.parent else None
        known[_key(pack, data.key)] = _install_one(data, pack=pack, parent=parent, known=known)


def _install_one(data: PlaceData, *, pack: str, parent: Place | None, known: dict[str, Place]) -> Place:
    facts = {
        "kind": data.kind,
        "name": data.name,
        "households": data.households,
        "people": data.people,
        "estate_kind": data.estate_kind,
        "outline": [list(point) for point in data.outline],
    }
    place = known.get(_key(pack, data.key))
    if place:
        Place.objects.filter(pk=place.pk).update(**facts, tokens=tokens_of_name(data.name))
        return place
    return Place.objects.create(
        key=_key(pack, data.key), pack=pack, parent=parent, path=_free_path(parent), **facts
    )


def _key(pack: str, key: str) -> str:
    return f"{pack}.{key}"


def _free_path(parent: Place | None) -> str:
    last = Place.objects.filter(parent=parent).order_by("-path").values_list("path", flat=True).first()
    position = int(last[-4:]) + 1 if last else 1
    return child_path(parent.path if parent else "", position)
