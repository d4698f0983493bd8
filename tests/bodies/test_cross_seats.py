"""Who serves in a community's body and in an estate's at once, and which of it is refused."""

from dataclasses import replace
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from linli.bodies import appointing, cross_seats, queries, roster
from linli.bodies.appointing import Post
from linli.core.verdict import Refused
from linli.people.models import Person
from linli.record import queries as record
from tests import crossing, make
from tests.crossing import PACK, Community, hold, place
from tests.world import TUESDAY

pytestmark = [pytest.mark.django_db, pytest.mark.req("L21")]
TODAY = TUESDAY.date()


@pytest.fixture
def community() -> Community:
    return crossing.build()


def read(community: Community, *, within: str = "yanchi", on: date = TODAY) -> cross_seats.Crossed:
    return cross_seats.read(community.rule, within=place(within).path, on=on)


def estate(found: cross_seats.Crossed, name: str) -> cross_seats.Estate:
    return next(one for one in found.estates if one.spot.name == name)


def post(community: Community, office: str, *, at: str, body: str = "") -> Post:
    spot, group = place(at), queries.of_key(f"{PACK}.{body}") if body else None
    title = community.edition.offices[office].title
    return Post(
        office, title, spot.id, spot.path, group.name if group else spot.name, group.pk if group else None
    )


def appoint(community: Community, person: Person, wanted: Post):
    known = community.edition.incompatible
    by = community.secretary
    return appointing.appoint(person.pk, post=wanted, since=TODAY, by=by, at=TUESDAY, incompatible=known)


def test_every_estate_says_what_stands_there_and_that_nobody_crosses(community: Community) -> None:
    found = read(community)
    assert [(one.spot.name, [name for _, name in one.bodies]) for one in found.estates] == [
        ("东门里小区", ["", ""]),
        ("西门路商住楼", ["", "西门物业服务公司"]),
        ("砚池花园", ["砚池花园业主委员会", "砚池物业服务公司"]),
    ]
    assert (found.covered, found.wanted, found.is_reached) == (0, 3, False)
    assert [one.has_body for one in found.gaps] == [False, True, True]


def test_a_head_of_an_owners_committee_who_enters_the_party_committee_crosses(community: Community) -> None:
    appoint(
        community, community.head, post(community, "part_time_party_member", at="yanchi", body="yanchi_party")
    )
    (seat,) = estate(read(community), "砚池花园").crossings
    assert (seat.person, seat.community, seat.estate, seat.since) == (
        "钮奔", "砚池社区党委 党组织兼职委员", "砚池花园业主委员会 业委会主任", TODAY,
    )  # fmt: skip
    assert [one.spot.name for one in read(community).gaps] == ["东门里小区", "西门路商住楼"]


def test_a_party_committee_member_who_enters_an_owners_committee_crosses(community: Community) -> None:
    member = make.person("单敏")
    hold(member, "party_committee_member", body="yanchi_party", since=date(2025, 3, 1))
    hold(member, "owners_member", body="yanchi_e3_owners", since=date(2026, 5, 1))
    (seat,) = estate(read(community), "砚池花园").crossings
    assert (seat.person, seat.since) == ("单敏", date(2026, 5, 1))


def test_a_seat_counts_from_its_first_day_to_its_last(community: Community) -> None:
    office = appoint(
        community, community.head, post(community, "part_time_party_member", at="yanchi", body="yanchi_party")
    )
    assert read(community, on=date(2026, 11, 23)).covered == 0
    assert read(community).covered == 1
    appointing.relieve(office.pk, until=TODAY, by=community.secretary, at=TUESDAY)
    assert read(community).covered == 1
    assert read(community, on=date(2026, 11, 25)).covered == 0


def test_the_party_committee_of_another_community_does_not_count(community: Community) -> None:
    hold(community.head, "part_time_party_member", body="wenchang_party")
    assert read(community).covered == 0


def test_whoever_takes_orders_for_a_firm_does_not_cross(community: Community) -> None:
    clerk = make.person("舒燕")
    hold(clerk, "handler", body="yanchi_e2_property")
    hold(clerk, "part_time_party_member", body="yanchi_party")
    assert estate(read(community), "西门路商住楼").crossings == ()


def test_the_committee_above_counts_when_only_the_estate_is_looked_at(community: Community) -> None:
    hold(community.head, "part_time_party_member", body="yanchi_party")
    found = read(community, within="yanchi_e3")
    assert (found.covered, found.wanted, found.is_reached) == (1, 1, True)


def test_a_gap_names_the_appointments_that_close_it(community: Community) -> None:
    inward, first, outward = estate(read(community), "砚池花园").ways
    assert (inward.person, inward.body, inward.office) == ("钮奔", "砚池社区党委", "part_time_party_member")
    assert (outward.person, outward.body, outward.office) == ("", "砚池花园业主委员会", "owners_member")
    assert (first.body, first.office, first.is_first) == ("砚池物业服务公司", "property_manager", True)
    assert estate(read(community), "东门里小区").ways == ()
    assert [one.is_first for one in estate(read(community), "西门路商住楼").ways] == [True]


def test_without_a_goal_nothing_is_missing_from_it(community: Community) -> None:
    found = cross_seats.read(replace(community.rule, goal=None), within=place("yanchi").path, on=TODAY)
    assert (found.covered, found.wanted, found.is_reached, len(found.gaps)) == (0, 0, True, 3)


def test_a_street_costs_as_many_queries_as_an_estate(
    community: Community, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for within in ("yanchi_e3", "yanchi", "haizhou"):
        path = place(within).path
        with django_assert_num_queries(3):
            cross_seats.read(community.rule, within=path, on=TODAY)


REFUSED = {
    "物业经理监督自己": (
        "property_manager", "yanchi_e3_property", "oversight_head", "yanchi", "yanchi_oversight", "LYG-2",
    ),
    "监委会主任管物业": (
        "oversight_head", "yanchi_oversight", "property_manager", "yanchi_e3", "yanchi_e3_property", "LYG-2",
    ),
    "业委会主任当居委会主任": (
        "owners_head", "yanchi_e3_owners", "committee_director", "yanchi", "", "O-13",
    ),
    "物业经理当居委会主任": (
        "property_manager", "yanchi_e2_property", "committee_director", "yanchi", "", "O-13",
    ),
}  # fmt: skip


@pytest.mark.parametrize("row", REFUSED.values(), ids=REFUSED)
def test_a_cross_seat_by_which_one_would_act_for_another_body_is_refused(
    community: Community, row: tuple[str, str, str, str, str, str]
) -> None:
    held, held_in, wanted, at, body, rule = row
    person = make.person("路遥")
    hold(person, held, body=held_in)
    before = [one.pk for one in roster.held_by(person.pk, on=TODAY)]
    with pytest.raises(Refused) as refused:
        appoint(community, person, post(community, wanted, at=at, body=body))
    (refusal,) = refused.value.refusals
    found = queries.of_key(f"{PACK}.{held_in}")
    assert found is not None
    assert refusal.clause == community.edition.rules[rule].clause
    assert found.name in refusal.sentence
    assert [one.pk for one in roster.held_by(person.pk, on=TODAY)] == before


def test_the_same_offices_in_two_communities_stand_in_nobodys_way(community: Community) -> None:
    person = make.person("路遥")
    hold(person, "owners_head", body="wenchang_e1_owners")
    office = appoint(community, person, post(community, "committee_director", at="yanchi"))
    assert [one.act for one in record.timeline(f"office-{office.pk}")] == ["appoint"]


def test_an_overseer_may_not_lead_the_party_committee_too(community: Community) -> None:
    person = make.person("尹铮")
    hold(person, "oversight_head", body="yanchi_oversight")
    verdict = appointing.may_hold_both(
        roster.held_by(person.pk, on=TODAY),
        post=post(community, "secretary", at="yanchi"),
        incompatible=community.edition.incompatible,
    )
    (refusal,) = verdict.refusals
    assert refusal.sentence == "已经在任砚池社区监督委员会监委会主任，不能兼任书记。"
    assert refusal.clause == community.edition.rules["LYG-2"].clause
