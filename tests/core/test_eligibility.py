"""Who counts in a decision, and as how many."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.clause import Clause, Mark
from linli.core.eligibility import (
    Flat,
    Kinship,
    Owner,
    Roll,
    Voter,
    is_free_of,
    is_of_age,
    may_hold,
    must_leave,
    owners_roll,
)
from linli.core.forum import Electorate, Proxies
from linli.core.funnel import Measure
from linli.core.verdict import Refused

AREAS = Clause("O-2", "建筑物区分所有权司法解释", "第八条", Mark.READ)
HEADS = Clause("O-3", "建筑物区分所有权司法解释", "第九条", Mark.READ)
RECUSAL = Clause("RC-15", "中华人民共和国城市居民委员会组织法", "第十五条", Mark.READ)
PROXIES = Proxies(3, Clause("RC-19", "中华人民共和国城市居民委员会组织法", "第十九条", Mark.READ))
CHEN, LIN, BUILDER = Owner("12", "陈大海", 12), Owner("15", "林小芳", 15), Owner("9", "铜花置业")


def flat(number: int, *owners: Owner, area: int | None = 90_0000, developer: Owner | None = None) -> Flat:
    return Flat(f"flat-{number}", f"5栋2单元{number}", area, owners, developer)


def roll_of(*flats: Flat) -> Roll:
    return owners_roll(flats, heads=HEADS, areas=AREAS)


@pytest.mark.req("X8")
@pytest.mark.parametrize(
    ("flats", "heads", "area"),
    [
        pytest.param((flat(101, CHEN),), 1, 90_0000, id="一套一人"),
        pytest.param((flat(101, CHEN), flat(102, CHEN), flat(103, CHEN)), 1, 270_0000, id="一人三套算一人"),
        pytest.param((flat(101, CHEN, LIN),), 1, 90_0000, id="两人共有一套算一人"),
        pytest.param(
            (flat(101, CHEN, LIN), flat(102, LIN, CHEN)), 1, 180_0000, id="同样的两人共有两套算一人"
        ),
        pytest.param((flat(101, CHEN), flat(102, CHEN, LIN)), 2, 180_0000, id="共有的和独有的不是同一买受人"),
        pytest.param(
            tuple(flat(number, developer=BUILDER) for number in range(40)),
            1,
            3600_0000,
            id="四十套未售算一人",
        ),
        pytest.param(
            (flat(101, CHEN, developer=BUILDER), flat(102, developer=BUILDER)),
            1,
            180_0000,
            id="已售未交付算建设单位的",
        ),
        pytest.param((flat(101, CHEN), flat(102, developer=BUILDER)), 2, 180_0000, id="业主和建设单位各一人"),
    ],
)
def test_heads_and_area_of_owners(flats: tuple[Flat, ...], heads: int, area: int) -> None:
    roll = roll_of(*flats)
    assert (roll.entitled(Measure.HEADCOUNT), roll.entitled(Measure.FLOOR_AREA)) == (heads, area)


def test_co_owners_both_may_act_for_their_one_head() -> None:
    (voter,) = roll_of(flat(101, LIN, CHEN)).voters
    assert (voter.key, voter.name, voter.person_ids) == ("owner:12+15", "陈大海、林小芳", (12, 15))


@pytest.mark.parametrize("area", [None, 0], ids=["没有登记", "登记为零"])
def test_a_flat_without_an_area_is_refused_by_name(area: int | None) -> None:
    with pytest.raises(Refused) as caught:
        roll_of(flat(101, CHEN), flat(301, LIN, area=area))
    (refusal,) = caught.value.refusals
    assert refusal.sentence == "5栋2单元301没有登记专有部分面积：不能形成业主名册。"
    assert refusal.clause == AREAS


def test_many_flats_without_an_area_are_counted_after_the_fifth() -> None:
    with pytest.raises(Refused, match="5栋2单元4等 7 套没有登记专有部分面积"):
        roll_of(*(flat(number, CHEN, area=None) for number in range(7)))


def test_a_flat_without_an_owner_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="5栋2单元301没有登记业主"):
        roll_of(flat(301))


@given(st.lists(st.tuples(st.sets(st.sampled_from((CHEN, LIN, BUILDER)), min_size=1), st.integers(1, 10**7))))
def test_no_area_is_lost_and_no_flat_counts_twice(held: list[tuple[set[Owner], int]]) -> None:
    flats = [flat(number, *owners, area=area) for number, (owners, area) in enumerate(held)]
    roll = roll_of(*flats)
    assert roll.entitled(Measure.FLOOR_AREA) == sum(area for _, area in held)
    assert roll.entitled(Measure.HEADCOUNT) == len({frozenset(owners) for owners, _ in held})


def test_a_roll_names_nobody_twice() -> None:
    with pytest.raises(ValueError, match="出现了两次"):
        Roll(Electorate.ADULTS, (Voter("person:1", "甲", (1,)), Voter("person:1", "甲", (1,))))


def test_a_household_counts_once_and_a_measure_that_is_not_known_counts_nothing() -> None:
    voters = (Voter("1", "甲", (1,), "h1"), Voter("2", "乙", (2,), "h1"), Voter("3", "丙", (3,), "h2"))
    roll = Roll(Electorate.ADULTS, voters)
    counted = {measure: roll.entitled(measure) for measure in Measure}
    assert counted == {
        Measure.HEADCOUNT: 3,
        Measure.HOUSEHOLD: 2,
        Measure.FLOOR_AREA: 0,
        Measure.DELEGATE: 0,
    }


@pytest.mark.parametrize(
    ("born", "on", "of_age"),
    [
        pytest.param(date(2008, 11, 22), date(2026, 11, 22), True, id="生日当天"),
        pytest.param(date(2008, 11, 23), date(2026, 11, 22), False, id="差一天"),
        pytest.param(date(2008, 2, 29), date(2026, 2, 28), True, id="闰日出生，平年二月底"),
        pytest.param(date(2008, 2, 29), date(2026, 2, 27), False, id="闰日出生，差一天"),
        pytest.param(2007, date(2026, 1, 1), True, id="只有年份，已经够了"),
        pytest.param(2008, date(2026, 12, 31), False, id="只有年份，说不准"),
        pytest.param(2009, date(2026, 12, 31), False, id="只有年份，一定不够"),
    ],
)
def test_eighteen_years_of_age(born: date | int, on: date, of_age: bool) -> None:
    assert bool(is_of_age(born, on=on, age=18)) is of_age


def test_a_mere_year_asks_for_the_date() -> None:
    (refusal,) = is_of_age(2008, on=date(2026, 11, 22), age=18).refusals
    assert refusal.remedy == "请补登出生日期。"


@pytest.mark.parametrize(
    ("held", "is_candidate", "may"),
    [
        pytest.param(2, False, True, id="第三个"),
        pytest.param(3, False, False, id="第四个"),
        pytest.param(0, True, False, id="候选人"),
    ],
)
def test_at_most_three_proxies_and_none_for_a_candidate(held: int, is_candidate: bool, may: bool) -> None:
    verdict = may_hold(PROXIES, held=held, is_candidate=is_candidate)
    assert bool(verdict) is may
    assert verdict.clause == PROXIES.clause


@pytest.mark.parametrize("proxies", [None, Proxies(0, PROXIES.clause)], ids=["没有规定", "代表会议"])
def test_where_the_rules_know_no_proxy_there_is_none(proxies: Proxies | None) -> None:
    assert not may_hold(proxies, held=0, is_candidate=False)


def test_whoever_is_concerned_or_near_kin_withdraws() -> None:
    kin = Kinship(frozenset((frozenset((1, 2)),)))
    free = [
        bool(is_free_of(Voter(f"person:{one}", "某", (one,)), concerned=(1,), kin=kin, clause=RECUSAL))
        for one in (1, 2, 3)
    ]
    assert free == [False, False, True]


def test_election_committee_members_who_stand_or_whose_kin_stand_must_leave() -> None:
    kin = Kinship(frozenset((frozenset((5, 7)),)))
    assert must_leave((5, 6, 8), candidates=(7, 8), kin=kin) == {5, 8}


def test_those_who_withdraw_are_no_longer_on_the_roll() -> None:
    roll = Roll(Electorate.ADULTS, (Voter("a", "甲", (1,)), Voter("b", "乙", (2,))))
    assert roll.without(("a",)).of_person(1) == ()
    assert roll.without(("a",)).of_person(2)
