"""Who lives in a flat, who speaks for it, who owns it, who is near kin of whom."""

import pytest

from linli.core.verdict import Refused
from linli.handoffs import person_data
from linli.people import actions, households
from linli.people import queries as people
from tests import flats, make
from tests.world import World, spots


def names(dwelling: int) -> list[tuple[str, bool]]:
    return [(one.person.name, one.is_delegate) for one in households.members(dwelling)]


def test_a_household_has_its_members_and_one_who_speaks_for_it(world: World) -> None:
    wife, husband = flats.dweller("甲"), flats.dweller("乙")
    home = flats.lived_in("101", wife, husband, wife, delegate=husband)
    assert names(home) == [("乙", True), ("甲", False)]
    households.house(home, (wife, husband), delegate=wife)
    assert names(home) == [("甲", True), ("乙", False)]


def test_whoever_does_not_live_there_cannot_speak_for_the_household(world: World) -> None:
    one, stranger = flats.dweller("甲"), flats.dweller("丙")
    home = flats.lived_in("101", one, delegate=one)
    with pytest.raises(Refused) as refused:
        households.house(home, (one,), delegate=stranger)
    assert refused.value.refusals[0].sentence == "户代表要是这一户的人。"
    assert names(home) == [("甲", True)]


def test_whoever_moves_leaves_the_household_before(world: World) -> None:
    one, other = flats.dweller("甲"), flats.dweller("乙")
    before = flats.lived_in("101", one, other, delegate=one)
    after = flats.lived_in("102", one)
    assert names(before) == [("乙", False)]
    assert names(after) == [("甲", False)]
    moved = households.of_person(one)
    assert moved is not None
    assert moved.dwelling_id == after
    assert households.of_person(None) is None


def test_a_flat_that_is_not_there_houses_nobody(world: World) -> None:
    with pytest.raises(Refused):
        households.house(0, (flats.dweller("甲"),))


def test_owners_are_written_down_anew_each_once(world: World) -> None:
    one, other = flats.dweller("甲"), flats.dweller("乙")
    home = flats.owned("101", one, one)
    assert [row.person_id for row in households.owners(home)] == [one]
    households.own(home, (other, one))
    assert {row.person_id for row in households.owners(home)} == {one, other}


def test_residents_and_flats_are_read_within_a_place_only(world: World) -> None:
    one = flats.dweller("甲")
    home = flats.lived_in("101", one, delegate=one)
    households.own(home, (one,))
    flats.lived_in("101", flats.dweller("乙"), at="tongdu_e1_b1")
    here = spots("tonghua")[-1].path
    assert [(row.name, row.label, row.is_delegate) for row in households.residents(here)] == [
        ("甲", "101", True)
    ]
    (told,) = households.flats(here)
    assert told.address == "1栋101"
    assert [owner.person_id for owner in told.owners] == [one]


def test_kin_is_one_pair_whoever_is_named_first(world: World) -> None:
    one, other, third = make.person("甲"), make.person("乙"), make.person("丙")
    households.relate(one, other, relation="配偶")
    households.relate(other, one, relation="夫妻")
    assert [pair.relation for pair in households.kin_of(one.pk)] == ["夫妻"]
    kin = households.kinship((one.pk,))
    assert kin.are_kin(other.pk, one.pk)
    assert not kin.are_kin(one.pk, third.pk)
    assert kin.concerned((one.pk,), among=(other.pk, third.pk)) == {other.pk}
    assert households.unrelate(other.pk, one.pk)
    assert not households.unrelate(other.pk, one.pk)
    assert households.kin_of(one.pk, other.pk) == []


def test_nobody_is_kin_of_oneself(world: World) -> None:
    one = make.person("甲")
    with pytest.raises(Refused):
        households.relate(one, one, relation="本人")


def test_an_identity_number_tells_the_birthday(world: World) -> None:
    known = make.person("甲", id_number="11010519491231002X").pk
    unknown = make.person("乙", born_in=1950).pk
    assert {number: str(day) for number, day in people.birthdays((known, unknown)).items()} == {
        known: "1949-12-31"
    }


@pytest.mark.req("N5")
def test_somebody_is_told_what_is_kept_of_their_flats_and_kin_without_the_names_of_others(
    world: World,
) -> None:
    one, other = make.person("甲"), make.person("乙")
    home = flats.lived_in("101", one.pk, other.pk, delegate=one.pk)
    households.own(home, (one.pk,))
    households.relate(one, other, relation="配偶")
    assert households.told_of(one.pk) == [
        (("房屋", "1栋101"), ("身份", "业主")),
        (("房屋", "1栋101"), ("身份", "户代表")),
        (("近亲属", "配偶"),),
    ]
    chapters = {one.title: one.entries for one in person_data.of_person(one)}
    assert len(chapters["房屋和家庭"]) == 3
    assert "乙" not in str(chapters["房屋和家庭"])


@pytest.mark.req("N5")
def test_whoever_is_forgotten_leaves_household_and_kin_and_still_owns(world: World) -> None:
    one, other = make.person("甲"), make.person("乙")
    home = flats.lived_in("101", one.pk, other.pk, delegate=one.pk)
    households.own(home, (one.pk,))
    households.relate(one, other, relation="配偶")
    actions.forget(one, keep_name=False)
    assert names(home) == [("乙", False)]
    assert households.kin_of(other.pk) == []
    assert [row.person_id for row in households.owners(home)] == [one.pk]
