"""A village lives by its own law, until it is converted into a community (适用法律)."""

import pytest

from linli.places import queries as places
from linli.places.models import Kind


@pytest.mark.req("Y12")
@pytest.mark.parametrize(
    ("kinds", "whom"),
    [
        ((Kind.SUBDISTRICT, Kind.COMMUNITY), places.RESIDENTS),
        ((Kind.TOWNSHIP, Kind.CONVERTED_VILLAGE), places.RESIDENTS),
        ((Kind.TOWNSHIP, Kind.VILLAGE), places.VILLAGERS),
        ((Kind.TOWNSHIP, Kind.VILLAGE, Kind.BUILDING), places.VILLAGERS),
    ],
)
def test_the_law_of_a_place_follows_its_kinds(kinds: tuple[Kind, ...], whom: str) -> None:
    assert places.inhabitants(kinds) == whom
