"""The page of cross-seats: estates, gaps, goal, and the way to the appointment."""

import re
from html import unescape

import pytest
from pytest_django import DjangoAssertNumQueries

from linli.people import actions as people
from tests import crossing, make
from tests.console.desks import browser, see, text
from tests.crossing import Community, hold, place
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("L21", "C3")]
MOST_QUERIES = 12
HERE = "cross-seats/"


@pytest.fixture(autouse=True)
def at_ten_on_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock of the pages where the stories begin."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY)


@pytest.fixture
def community() -> Community:
    return crossing.build()


def test_the_page_counts_the_estates_against_the_goal_and_names_the_gaps(community: Community) -> None:
    page = text(see(HERE, by=community.secretary))
    assert "3 个小区，0 个有人两边任职；目标 3 个（全体），还差 3 个。" in page
    assert "业主委员会、物业服务企业没有登记" in page
    hold(community.head, "part_time_party_member", body="yanchi_party")
    page = text(see(HERE, by=community.secretary))
    assert "3 个小区，1 个有人两边任职" in page
    assert "<b>钮奔</b>：砚池社区党委 党组织兼职委员，砚池花园业主委员会 业委会主任" in page


def test_a_reached_goal_is_said_and_no_gap_is_left(community: Community) -> None:
    hold(community.head, "part_time_party_member", body="yanchi_party")
    page = text(see(HERE, by=community.secretary, within=place("yanchi_e3").path))
    assert "已经达到" in page
    assert "还缺的小区" not in page


def test_a_gap_is_closed_by_the_appointment_it_leads_to(community: Community) -> None:
    page = text(see(HERE, by=community.secretary))
    address = unescape(re.findall(r'href="(/desk/people/new/[^"]+)"[^>]*>请钮奔', page)[0])
    client = browser(community.secretary)
    form = text(client.get(address))
    told = {
        "person": str(community.head.pk),
        "office": _chosen(form, "office"),
        "body": _chosen(form, "body"),
        "since": "2026-11-24",
    }
    assert client.post(address, told).status_code == 302
    assert "1 个有人两边任职" in text(client.get(f"/desk/{HERE}"))


def _chosen(page: str, name: str) -> str:
    """Return what a list has chosen already."""
    choices = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.DOTALL)
    assert choices is not None
    (value,) = re.findall(r'value="([^"]*)"\s+selected', choices[0])
    return value


def test_only_whoever_works_there_sees_it(community: Community) -> None:
    path = place("yanchi").path
    member = make.actor(community.head)
    people.open_account(community.head, username="niu.ben")
    assert see(HERE, by=community.other_secretary, within=path).status_code == 404
    assert see(HERE, by=member, within=path).status_code == 404
    assert see(HERE, by=None, within=path).status_code == 302


def test_whoever_may_not_appoint_is_told_who_may(community: Community) -> None:
    worker = make.person("巷里的网格员")
    people.open_account(worker, username="grid")
    walker = make.office(worker, office="grid_worker", at="yanchi_g3", pack=crossing.PACK)
    page = text(see(HERE, by=walker))
    assert "由管那里的书记或调度员任命" in page
    assert "/desk/people/new/" not in page


def test_a_pack_without_cross_seats_says_what_to_do(world: World) -> None:
    page = text(see(HERE, by=world.secretary))
    assert "本地的规定没有要求交叉任职" in page
    assert ">交叉任职</a>" not in page


def test_the_page_costs_the_same_however_many_estates_there_are(
    community: Community, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser(community.secretary)
    client.get(f"/desk/{HERE}")
    for within in ("yanchi_e3", "yanchi"):
        path = place(within).path
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(f"/desk/{HERE}?within={path}")
