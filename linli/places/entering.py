"""Places of a list come into the tree, many at once (批量登记地点)."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from linli.frame import bulk
from linli.frame.finding import tokens_of_name
from linli.places.models import Place

_COLUMNS = (
    "key",
    "parent_id",
    "path",
    "kind",
    "name",
    "pack",
    "households",
    "people",
    "estate_kind",
    "outline",
    "tokens",
)
_FACTS = ("kind", "name", "households", "people")


class Known(NamedTuple):
    """A place that is there already: its number and what may change (已有地点)."""

    id: int
    path: str
    kind: str
    name: str
    households: int
    people: int


class NewPlace(NamedTuple):
    """A place to be put into the tree at a path worked out beforehand (新地点)."""

    key: str
    parent_path: str
    path: str
    kind: str
    name: str
    pack: str
    households: int
    people: int


class ChangedPlace(NamedTuple):
    """What is written anew of a place that is there (改动)."""

    id: int
    kind: str
    name: str
    households: int
    people: int


def known(keys: Sequence[str]) -> dict[str, Known]:
    """Find places by key, with what a list may change."""
    rows = Place.objects.filter(key__in=keys)
    return {row[0]: Known(*row[1:]) for row in rows.values_list("key", "id", "path", *_FACTS)}


def last_positions(parent_paths: Sequence[str]) -> dict[str, int]:
    """Return the position of the last place directly below some places; none is left out."""
    found: dict[str, int] = defaultdict(int)
    for parent, path in Place.objects.filter(parent__path__in=parent_paths).values_list(
        "parent__path", "path"
    ):
        found[parent] = max(found[parent], int(path[-4:]))
    return found


@transaction.atomic
def enter(new: Sequence[NewPlace], changed: Sequence[ChangedPlace]) -> None:
    """Put new places into the tree, level by level, and write changed ones anew (登记)."""
    levels: dict[int, list[NewPlace]] = defaultdict(list)
    for place in new:
        levels[len(place.path)].append(place)
    for _, places in sorted(levels.items()):
        parents = dict(
            Place.objects.filter(path__in={place.parent_path for place in places}).values_list("path", "id")
        )
        rows = (
            (one.key, parents[one.parent_path], one.path, one.kind, one.name, one.pack, one.households,
             one.people, "", "[]", tokens_of_name(one.name))
            for one in places
        )  # fmt: skip
        bulk.insert(Place, columns=_COLUMNS, rows=rows)
    if changed:
        anew = ((*one, tokens_of_name(one.name)) for one in changed)
        bulk.update(Place, columns=(*_FACTS, "tokens"), rows=anew)
