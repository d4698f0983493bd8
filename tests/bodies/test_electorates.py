"""Who is entitled where: every rule of the rolls, at its boundary (名册)."""

from datetime import date

import pytest

from linli.bodies import electorates
from linli.core import id_number
from linli.core.eligibility import Roll
from linli.core.forum import Electorate
from linli.core.funnel import Measure
from linli.core.verdict import Refused
from linli.people import actions as people
from linli.people import households
from linli.places import dwellings
from linli.rulebook import queries as rulebook
from tests import flats, make
from tests.world import TUESDAY, World, spots

pytestmark = pytest.mark.req("N1")
DAY = TUESDAY.date()
METRE = flats.SQUARE_METRE


def here(key: str = "tonghua") -> str:
    return spots(key)[-1].path


def roll(electorate: Electorate, *, within: str = "tonghua", body: int | None = None, on: date = DAY) -> Roll:
    return electorates.roll(electorate, within=here(within), on=on, law=rulebook.law(), body=body)


def gaps(electorate: Electorate) -> tuple[str, ...]:
    return electorates.gaps(electorate, within=here(), on=DAY, law=rulebook.law())


def heads_and_area(found: Roll) -> tuple[int, int]:
    return found.entitled(Measure.HEADCOUNT), found.entitled(Measure.FLOOR_AREA) // METRE


# ——— O-2, O-3 ———


def test_one_flat_is_one_head(world: World) -> None:
    for label in ("101", "102"):
        flats.owned(label, flats.dweller(f"业主{label}"))
    assert heads_and_area(roll(Electorate.OWNERS)) == (2, 160)


def test_one_buyer_of_three_flats_is_one_head_with_all_their_area(world: World) -> None:
    buyer = flats.dweller("甲")
    for label, area in (("101", 80), ("102", 90), ("103", 100)):
        flats.owned(label, buyer, area=area)
    found = roll(Electorate.OWNERS)
    assert heads_and_area(found) == (1, 270)
    assert found.voters[0].person_ids == (buyer,)


def test_co_owners_are_one_head_and_any_of_them_may_act(world: World) -> None:
    one, other = flats.dweller("甲"), flats.dweller("乙")
    flats.owned("101", one, other)
    flats.owned("102", other, one)
    found = roll(Electorate.OWNERS)
    assert heads_and_area(found) == (1, 160)
    assert set(found.voters[0].person_ids) == {one, other}


def test_whoever_owns_one_flat_alone_and_one_with_another_counts_for_each(world: World) -> None:
    one, other = flats.dweller("甲"), flats.dweller("乙")
    flats.owned("101", one)
    flats.owned("102", one, other)
    assert heads_and_area(roll(Electorate.OWNERS)) == (2, 160)


def test_the_forty_flats_a_developer_has_not_sold_are_one_head(world: World) -> None:
    for number in range(40):
        flats.owned(f"{number:03}", area=50, developer="宏远置业")
    flats.owned("901", flats.dweller("甲"))
    found = roll(Electorate.OWNERS)
    assert heads_and_area(found) == (2, 2_080)
    assert [voter.name for voter in found.voters if not voter.person_ids] == ["宏远置业"]


def test_a_flat_sold_but_not_handed_over_still_counts_for_the_developer(world: World) -> None:
    flats.owned("101", flats.dweller("甲"), developer="宏远置业")
    assert [voter.name for voter in roll(Electorate.OWNERS).voters] == ["宏远置业"]


@pytest.mark.parametrize(
    ("area", "has_owner", "rule", "named"),
    [
        (None, True, "O-2", "1栋102没有登记专有部分面积"),
        (80, False, "O-3", "1栋102没有登记业主"),
    ],
    ids=["没有面积", "没有业主"],
)
def test_a_roll_with_a_flat_that_lacks_something_is_refused_by_name(
    world: World, area: int | None, has_owner: bool, rule: str, named: str
) -> None:
    owner = flats.dweller("甲")
    flats.owned("101", owner)
    flats.owned("102", *((owner,) if has_owner else ()), area=area)
    with pytest.raises(Refused) as refused:
        roll(Electorate.OWNERS)
    refusal = refused.value.refusals[0]
    assert named in refusal.sentence
    assert refusal.clause is not None
    assert refusal.clause.rule == rule
    standing = electorates.standing(Electorate.OWNERS, within=here(), on=DAY, law=rulebook.law())
    assert standing.roll is None
    assert standing.refusals == refused.value.refusals


def test_owners_of_one_name_are_pointed_out(world: World) -> None:
    flats.owned("101", flats.dweller("王芳"))
    flats.owned("102", flats.dweller("王芳"))
    assert heads_and_area(roll(Electorate.OWNERS)) == (2, 160)
    assert gaps(Electorate.OWNERS)[0].startswith("王芳同名")


# ——— RC-16 ———


@pytest.mark.parametrize(
    ("birthday", "counts"),
    [
        (date(2008, 11, 24), True),
        (date(2008, 11, 25), False),
        (date(2007, 12, 31), True),
        (date(2009, 1, 1), False),
    ],
    ids=["当天满十八", "差一天", "去年满", "明年满"],
)
def test_the_birthday_of_an_identity_number_decides(world: World, birthday: date, counts: bool) -> None:
    digits = f"110105{birthday:%Y%m%d}002"
    known = flats.dweller("甲", born=birthday.year, id_number=digits + id_number.check_digit(digits))
    flats.lived_in("101", known)
    assert bool(roll(Electorate.ADULTS).voters) is counts


@pytest.mark.parametrize(
    ("born", "counts", "said"),
    [(2007, True, ""), (2008, False, "今年满年龄"), (2009, False, ""), (None, False, "没有登记出生年份")],
    ids=["已满", "今年满", "未满", "不知道"],
)
def test_of_a_mere_year_only_what_is_certain_counts(
    world: World, born: int | None, counts: bool, said: str
) -> None:
    flats.lived_in("101", flats.dweller("甲", born=born))
    assert bool(roll(Electorate.ADULTS).voters) is counts
    assert [said in one for one in gaps(Electorate.ADULTS)] == ([True] if said else [])


# ——— households ———


def test_one_delegate_speaks_for_a_household(world: World) -> None:
    one, other = flats.dweller("甲"), flats.dweller("乙")
    flats.lived_in("101", one, other, delegate=other)
    (voter,) = roll(Electorate.HOUSEHOLDS).voters
    assert (voter.name, voter.person_ids) == ("101 乙", (other,))
    assert gaps(Electorate.HOUSEHOLDS) == ()


def test_without_a_delegate_any_adult_speaks_and_that_is_said(world: World) -> None:
    one, other, child = flats.dweller("甲"), flats.dweller("乙"), flats.dweller("丙", born=2015)
    flats.lived_in("101", one, other, child)
    (voter,) = roll(Electorate.HOUSEHOLDS).voters
    assert voter.person_ids == (one, other)
    assert gaps(Electorate.HOUSEHOLDS) == ("1 户没有登记成年的户代表，暂由其中任何一位成年人代表。",)


def test_a_child_does_not_speak_for_a_household(world: World) -> None:
    one, child = flats.dweller("甲"), flats.dweller("丙", born=2015)
    flats.lived_in("101", one, child, delegate=child)
    (voter,) = roll(Electorate.HOUSEHOLDS).voters
    assert voter.person_ids == (one,)
    assert gaps(Electorate.HOUSEHOLDS)[0].startswith("1 户没有")


def test_adults_keep_their_household_so_that_both_can_be_counted(world: World) -> None:
    flats.lived_in("101", flats.dweller("甲"), flats.dweller("乙"))
    flats.lived_in("102", flats.dweller("丙"))
    flats.lived_in("101", flats.dweller("丁"), at="tongdu_e1_b1")
    found = roll(Electorate.ADULTS)
    assert (found.entitled(Measure.HEADCOUNT), found.entitled(Measure.HOUSEHOLD)) == (3, 2)


# ——— offices and bodies ———


@pytest.mark.parametrize(
    ("electorate", "office"),
    [(Electorate.DELEGATES, "delegate"), (Electorate.PARTY_MEMBERS, "party_member")],
    ids=["居民代表", "党员"],
)
def test_delegates_and_party_members_are_those_in_office_within_the_place_once_each(
    world: World, electorate: Electorate, office: str
) -> None:
    delegate = make.person("甲")
    make.office(delegate, office=office)
    make.office(delegate, office=office, at="tonghua_e1_b1")
    make.office(make.person("乙"), office=office, at="tongdu")
    found = roll(electorate)
    assert [voter.name for voter in found.voters] == ["甲"]
    assert roll(electorate, on=date(2024, 12, 31)).voters == ()


def test_members_are_those_who_hold_an_office_in_the_body(world: World) -> None:
    make.office(make.person("甲"), office="handler", at="xinxialu", body=world.water)
    assert [voter.name for voter in roll(Electorate.MEMBERS, body=world.water).voters] == ["甲"]
    assert roll(Electorate.MEMBERS).voters == ()


def test_whoever_is_invited_stands_on_no_roll(world: World) -> None:
    assert roll(Electorate.INVITED).voters == ()


# ——— cost ———


@pytest.mark.parametrize(
    ("electorate", "queries"),
    [
        (Electorate.OWNERS, 2),
        (Electorate.HOUSEHOLDS, 1),
        (Electorate.ADULTS, 1),
        (Electorate.DELEGATES, 1),
        (Electorate.PARTY_MEMBERS, 1),
    ],
    ids=str,
)
def test_a_roll_of_1500_households_takes_as_many_queries_as_one_of_three(
    world: World, django_assert_num_queries, electorate: Electorate, queries: int
) -> None:
    law, within = rulebook.law(), here()
    flats.neighbourhood(1_500)
    with django_assert_num_queries(queries):
        found = electorates.standing(electorate, within=within, on=DAY, law=law).roll
    assert found is not None
    expected = {Electorate.OWNERS: 1_500, Electorate.HOUSEHOLDS: 1_500, Electorate.ADULTS: 3_000}
    assert found.entitled(Measure.HEADCOUNT) == expected.get(electorate, 0)


def test_adults_in_the_year_of_their_birthday_cost_one_query_more(
    world: World, django_assert_num_queries
) -> None:
    law, within = rulebook.law(), here()
    for number in range(30):
        flats.lived_in(f"{number}", flats.dweller(f"学{number}", born=2008))
    with django_assert_num_queries(2):
        assert electorates.roll(Electorate.ADULTS, within=within, on=DAY, law=law).voters == ()


def test_a_roll_is_frozen_and_does_not_follow_the_registers(world: World) -> None:
    owner = people.enrol(name="甲").pk
    home = flats.owned("101", owner)
    found = roll(Electorate.OWNERS)
    households.own(home, (flats.dweller("乙"),))
    assert [voter.name for voter in found.voters] == ["甲"]
    assert [voter.name for voter in roll(Electorate.OWNERS).voters] == ["乙"]
    assert dwellings.whole_area(here()) == 80 * METRE
