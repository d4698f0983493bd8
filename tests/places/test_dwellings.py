"""Flats are written down with the area and where it was read, each once at its place."""

import pytest

from linli.core.verdict import Refused
from linli.places import dwellings
from linli.places import queries as places
from linli.places.dwellings import Described
from linli.places.models import Place
from tests import flats
from tests.world import World, spots

PLACE = "tonghua_e1_b1"


@pytest.fixture
def building(world: World) -> Place:
    place = places.of_key(spots(PLACE)[-1].key)
    assert place is not None
    return place


def test_a_flat_described_again_is_brought_up_to_date(building: Place) -> None:
    first = dwellings.enter(building, (Described("101", developer="宏远置业"),))
    again = dwellings.enter(building, (Described(" 101 ", 800_000, "register"),))
    assert [one.pk for one in first] == [one.pk for one in again]
    assert (again[0].area, again[0].area_source, again[0].developer) == (800_000, "register", "")


def test_of_a_flat_described_twice_at_once_the_last_word_counts(building: Place) -> None:
    told = (Described("101", 700_000, "contract"), Described("101 ", 800_000, "register"))
    assert [one.area for one in dwellings.enter(building, told)] == [800_000]


@pytest.mark.parametrize(
    ("described", "sentence"),
    [
        (Described("  "), "没有写门牌。"),
        (Described("101", 800_000), "101的面积没有写依据。"),
        (Described("101", 800_000, "guess"), "101的面积没有写依据。"),
    ],
    ids=["没有门牌", "没有依据", "依据不认识"],
)
def test_a_flat_that_says_too_little_is_refused_and_nothing_is_written(
    building: Place, described: Described, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        dwellings.enter(building, (Described("102"), described))
    assert refused.value.refusals[0].sentence == sentence
    assert not dwellings.within(building.path).exists()


def test_a_source_without_an_area_is_left_out(building: Place) -> None:
    assert dwellings.enter(building, (Described("101", None, "register"),))[0].area_source == ""


def test_flats_are_found_counted_and_added_up_within_a_place_only(world: World) -> None:
    here = flats.flat("101", area=80)
    flats.flat("102", area=None)
    flats.flat("101", at="tongdu_e1_b1", area=90)
    estate = spots("tonghua_e1")[-1].path
    assert [one.label for one in dwellings.within(estate)] == ["101", "102"]
    assert dwellings.whole_area(estate) == 80 * flats.SQUARE_METRE
    assert dwellings.counts(estate) == {spots(PLACE)[-1].path: 2}
    found = dwellings.of_label(spots(PLACE)[-1].id, " 101 ")
    assert found is not None
    assert found.pk == here
    assert dwellings.of_id(here) == found
    assert dwellings.of_id(0) is None
    assert dwellings.of_label(spots(PLACE)[-1].id, "999") is None
