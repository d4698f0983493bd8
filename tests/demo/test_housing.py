"""The flats of each demo are whole enough to try every roll at once (演示房屋)."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from linli.bodies import electorates
from linli.core.forum import Electorate
from linli.core.funnel import Measure
from linli.demo.cast import Cast
from linli.demo.housing import Housing
from linli.demo.script import HouseholdsPart, read_households, read_people
from linli.people import households
from linli.places import queries as places
from linli.rulebook import actions, queries
from tests.world import TUESDAY

DAY = date(2026, 11, 24)
PACKS = sorted(path.parent.parent.name for path in Path(settings.PACKS).glob("*/demo/households.toml"))
FEWEST = {
    Electorate.OWNERS: 15,
    Electorate.HOUSEHOLDS: 20,
    Electorate.ADULTS: 40,
    Electorate.DELEGATES: 6,
    Electorate.PARTY_MEMBERS: 6,
}


@pytest.fixture(params=PACKS)
def told(request: pytest.FixtureRequest, db: None) -> tuple[str, HouseholdsPart]:
    """Enrol the cast of one demo and settle its flats."""
    pack = request.param
    actions.install(queries.current(pack), at=TUESDAY)
    folder = Path(settings.PACKS) / pack / "demo"
    cast = Cast(queries.current(pack), on=DAY)
    cast.enrol(read_people(folder))
    said = read_households(folder)
    Housing(cast).settle(said)
    return pack, said


def test_every_pack_with_a_demo_has_flats() -> None:
    assert sorted(one.parent.parent.name for one in Path(settings.PACKS).glob("*/demo/people.toml")) == PACKS


@pytest.mark.req("N1")
def test_every_roll_of_the_neighbourhood_is_whole(told: tuple[str, HouseholdsPart]) -> None:
    pack, said = told
    place = places.of_key(f"{pack}.{said.seat[0].place}")
    assert place is not None
    for electorate, fewest in FEWEST.items():
        standing = electorates.standing(electorate, within=place.path, on=DAY, law=queries.law())
        assert standing.roll is not None, standing.refusals
        assert standing.roll.entitled(Measure.HEADCOUNT) >= fewest, electorate


def test_one_owner_has_three_flats_some_own_together_and_a_developer_has_stock(
    told: tuple[str, HouseholdsPart],
) -> None:
    pack, said = told
    flats = [flat for building in said.building for flat in building.flats]
    assert max(Counter(name for flat in flats for name in flat.owners).values()) == 3
    assert any(len(flat.owners) > 1 for flat in flats)
    stock = [flat for flat in flats if flat.developer]
    assert len(stock) >= 2
    place = places.of_key(f"{pack}.{said.building[0].place}")
    assert place is not None
    roll = electorates.roll(Electorate.OWNERS, within=place.path[:-4], on=DAY, law=queries.law())
    assert [voter.name for voter in roll.voters if not voter.person_ids] == [stock[0].developer]


def test_some_are_near_kin_of_each_other(told: tuple[str, HouseholdsPart]) -> None:
    _, said = told
    assert len(said.kin) == 2
    known = {person.name: person.pk for person in households.within("0")}
    for pair in said.kin:
        numbers = [known[name.split()[0]] for name in (pair.one, pair.other) if " " in name]
        assert households.kin_of(*numbers)
