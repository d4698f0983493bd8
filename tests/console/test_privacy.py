"""Whoever leads a place answers claims about data, and sees who looks unusually often."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.cases import queries as cases
from linli.frame.clock import now
from linli.matters.models import Matter
from linli.people import actions as people
from linli.privacy import actions as privacy
from linli.privacy.actions import Subject
from linli.privacy.kinds import Item, Wish
from linli.privacy.models import Claim
from linli.record import queries as record
from tests import make
from tests.console import desks
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]
MOST_QUERIES = 16
HERE = "/desk/privacy/"


@pytest.fixture
def matter(world: World) -> Matter:
    return make.closed(
        world, at=now() - timedelta(days=1), contact_name="周美兰", contact_phone="13800001234"
    )


@pytest.fixture
def claim(matter: Matter) -> Claim:
    where = Subject(matter.place_path, matter=matter.pk, number=matter.number)
    return privacy.ask(where, wish=Wish.ERASE, words="请删掉", at=now())


@pytest.fixture
def keeper(world: World) -> Client:
    account = people.open_account(
        people.enrol(name="站长"), username="keeper", password="right-words-7", runs_site=True
    )
    client = Client()
    client.force_login(account)
    return client


def text(client: Client, address: str = HERE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def look(world: World, matter: Matter, *, times: int) -> None:
    start = (now() - timedelta(hours=2)).replace(minute=0)
    for count in range(times):
        privacy.look(
            Subject(matter.place_path, matter.raised_by_id, matter.pk, matter.number),
            item=Item.CONTACT, reason="visit", words="",
            by=world.grid_worker, office="铜花网格 网格员", at=start + timedelta(seconds=30 * count),
        )  # fmt: skip


@pytest.mark.parametrize("part", ["resident", "grid_worker", "enforcer"])
def test_for_whoever_keeps_no_place_the_pages_do_not_exist(world: World, claim: Claim, part: str) -> None:
    client = desks.browser(world.cast[part])
    assert client.get(HERE).status_code == 404
    assert client.get(f"{HERE}{claim.pk}/").status_code == 404
    assert client.post(f"{HERE}{claim.pk}/", {"ruling": "granted", "words": "好"}).status_code == 404


def test_a_claim_waits_with_its_day_for_those_who_lead_the_place(world: World, claim: Claim) -> None:
    said = text(desks.browser(world.dispatcher))
    assert f"{claim.number} 的反映人申请删除" in said
    assert "前答复" in said


def test_a_claim_of_another_place_is_not_seen(world: World, claim: Claim) -> None:
    Claim.objects.update(place_path="9999")
    client = desks.browser(world.dispatcher)
    assert "没有等待答复的申请" in text(client)
    assert client.get(f"{HERE}{claim.pk}/").status_code == 404


def test_before_it_is_granted_the_page_says_what_must_stay(world: World, claim: Claim) -> None:
    said = text(desks.browser(world.dispatcher), f"{HERE}{claim.pk}/")
    assert "这些要保留" in said
    assert "只留编号不留姓名" in said


def test_a_granted_claim_is_carried_out_and_the_answer_stands_there(
    world: World, matter: Matter, claim: Claim
) -> None:
    client = desks.browser(world.dispatcher)
    answer = client.post(
        f"{HERE}{claim.pk}/", {"ruling": "granted", "words": "已核实，已删除。"}, follow=True
    )
    assert "已照办" in answer.content.decode()
    assert cases.of_matter(matter.pk).contact_phone == ""
    assert "没有等待答复的申请" in text(client)


@pytest.mark.parametrize(
    ("sent", "told"), [({"words": "好"}, "选一项答复"), ({"ruling": "refused", "words": " "}, "还没有写理由")]
)
def test_an_answer_needs_a_ruling_and_a_reason(
    world: World, claim: Claim, sent: dict[str, str], told: str
) -> None:
    answer = desks.browser(world.dispatcher).post(f"{HERE}{claim.pk}/", sent)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Claim.objects.get().ruling


def test_an_answer_given_twice_is_refused(world: World, claim: Claim) -> None:
    client, sent = desks.browser(world.dispatcher), {"ruling": "refused", "words": "理由。"}
    client.post(f"{HERE}{claim.pk}/", sent)
    answer = client.post(f"{HERE}{claim.pk}/", sent)
    assert answer.status_code == 422
    assert "已经答复过了" in answer.content.decode()


@pytest.mark.parametrize(("times", "is_shown"), [(30, False), (31, True)])
def test_many_looks_in_an_hour_are_put_in_front_of_whoever_leads(
    world: World, matter: Matter, times: int, is_shown: bool
) -> None:
    look(world, matter, times=times)
    said = text(desks.browser(world.dispatcher))
    assert ("一小时里看了很多次" in said) is is_shown
    assert world.grid_worker.name in said
    assert "约上门时间" in said


def test_the_list_costs_the_same_however_many_looked(
    world: World, matter: Matter, claim: Claim, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    look(world, matter, times=29)
    client = desks.browser(world.dispatcher)
    with django_assert_max_num_queries(MOST_QUERIES):
        text(client)


def test_the_keeper_of_the_site_sees_what_is_due_and_clears_it(world: World, keeper: Client) -> None:
    make.closed(world, at=TUESDAY.replace(year=TUESDAY.year - 3), contact_phone="13800001234")
    assert "现在清理" in text(keeper)
    answer = keeper.post(f"{HERE}clear/", follow=True)
    assert "事项的联系方式 1" in answer.content.decode()
    assert "现在没有到期的" in text(keeper)
    assert record.timeline("clearing")[0].office == "系统管理员"


def test_nobody_else_clears(world: World) -> None:
    client = desks.browser(world.dispatcher)
    assert client.post(f"{HERE}clear/").status_code == 404
    assert "现在清理" not in text(client)
