"""A place with all that lies above it, however deep the tree (地点链)."""

import pytest

from linli.places import queries as places
from linli.places.models import Kind, Place
from linli.places.path import child_path

pytestmark = pytest.mark.django_db


def grow(depth: int) -> Place:
    """Plant places one below the other, and return the lowest."""
    place, path = None, ""
    for level in range(depth):
        path = child_path(path, 0)
        place = Place.objects.create(
            key=f"here.{level}",
            parent=place,
            path=path,
            kind=Kind.GRID_CELL,
            name=f"第{level}层",
            pack="here",
        )
    assert place
    return place


@pytest.mark.parametrize("depth", [1, 3, 8, 9, 12])
def test_the_chain_runs_from_the_root_to_the_place(depth: int) -> None:
    place = grow(depth)
    chain = places.chain_of(place.key)
    assert [spot.key for spot in chain] == [f"here.{level}" for level in range(depth)]
    assert chain == places.chain(place.path)


def test_a_place_that_is_not_there_has_no_chain() -> None:
    assert places.chain_of("here.0") == ()
