"""The roll of offices through its pages."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from linli.bodies import queries as bodies
from linli.bodies import roster
from linli.bodies.actor import Actor
from linli.frame.clock import today
from linli.people import actions as people
from linli.people import queries as register
from tests import make
from tests.world import World, spots

PEOPLE = "/desk/people/"


@pytest.fixture
def client_of():
    def enter(actor: Actor) -> Client:
        client = Client()
        client.force_login(make.account(actor))
        return client

    return enter


@pytest.fixture
def keeper(world: World) -> Client:
    account = people.open_account(
        people.enrol(name="站长"), username="keeper", password="right-words-7", runs_site=True
    )
    client = Client()
    client.force_login(account)
    return client


def path(key: str) -> str:
    return spots(key)[-1].path


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def fill(client: Client, *, at: str = "tonghua", **typed: str):
    form = {
        "person": "new",
        "name": "高远",
        "phone": "138 0000 0000",
        "office": "mediator",
        "since": f"{today()}",
    }
    return client.post(f"{PEOPLE}new/?place={path(at)}", form | typed)


@pytest.mark.parametrize("actor", ["resident", "grid_worker", "enforcer"], ids=["居民", "网格员", "经办人"])
@pytest.mark.parametrize("page", ["people", "holidays", "packs"])
def test_for_whoever_keeps_no_place_the_pages_do_not_exist(
    world: World, client_of, actor: str, page: str
) -> None:
    client = client_of(world.cast[actor])
    assert client.get(reverse(f"console:{page}")).status_code == 404
    assert PEOPLE not in client.get("/desk/more/").content.decode()


def test_a_stranger_is_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get(PEOPLE).headers["Location"].startswith("/accounts/login/")


def test_the_roll_names_who_is_in_office_within_my_reach_only(world: World, client_of) -> None:
    page = text(client_of(world.secretary), PEOPLE)
    assert "马玉兰" in page
    assert "孙桂芳" in page
    assert "郑爱民" not in page


@pytest.mark.parametrize("place", ["tongdu", "xinxialu"], ids=["旁边的社区", "上面的街道"])
def test_a_place_beyond_my_reach_does_not_exist(world: World, client_of, place: str) -> None:
    client = client_of(world.secretary)
    assert client.get(f"{PEOPLE}?within={path(place)}").status_code == 404
    assert client.get(f"{PEOPLE}new/?place={path(place)}").status_code == 404
    assert fill(client, at=place).status_code == 404


def test_a_grid_without_a_worker_is_shown_until_somebody_is_appointed(world: World, client_of) -> None:
    client = client_of(world.street_dispatcher)
    assert "1 个网格还没有专职网格员" in text(client, PEOPLE)
    fill(client, at="tongdu_g1", office="grid_worker")
    assert "还没有专职网格员" not in text(client, PEOPLE)


def test_a_new_person_is_entered_and_appointed_at_once(world: World, client_of) -> None:
    answer = fill(client_of(world.secretary))
    number = int(answer.headers["Location"].strip("/").split("/")[-1])
    held = roster.of_id(number)
    assert held is not None
    assert (held.person.name, held.person.phone, held.title) == ("高远", "13800000000", "调解员")


def test_somebody_known_is_found_by_name_and_appointed(world: World, client_of) -> None:
    client = client_of(world.secretary)
    page = text(client, f"{PEOPLE}new/?place={path('tonghua')}&q=周美")
    assert "周美兰" in page
    fill(client, person=str(world.resident.person_id), name="", phone="")
    actor = bodies.actor(person_id=world.resident.person_id or 0, name="", on=today())
    assert [one.office for one in actor.offices] == ["mediator"]


def test_people_beyond_my_reach_are_not_found(world: World, client_of) -> None:
    client = client_of(world.secretary)
    assert "何远" not in text(client, f"{PEOPLE}new/?place={path('tonghua')}&q=何")
    answer = fill(client, person=str(world.stranger.person_id))
    assert answer.status_code == 422
    assert "找不到这个人" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "登记新的人要写姓名。"),
        ({"phone": "打我电话"}, "电话只写数字"),
        ({"office": "secretary"}, "这个职务不能由您任免。"),
        ({"office": "handler"}, "这个职务要选所在的组织。"),
        ({"since": "2206-01-01"}, "日期离今天太远"),
        ({"since": "明天"}, "这不是一个日期"),
    ],
    ids=["没写姓名", "电话不是数字", "平级职务", "没选组织", "年份写错", "不是日期"],
)
def test_a_slip_is_said_and_nothing_is_kept(
    world: World, client_of, typed: dict[str, str], said: str
) -> None:
    answer = fill(client_of(world.secretary), **{"name": "高远一号"} | typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not register.everybody().filter(name="高远一号").exists()


def test_a_handler_sits_in_the_body_that_was_chosen(world: World, client_of) -> None:
    committee = bodies.of_key("xinxialu.tonghua_committee")
    assert committee is not None
    fill(client_of(world.secretary), office="handler", body=str(committee.pk))
    assert len(bodies.members(committee.pk, on=today())) == 1


def test_an_office_is_ended_on_its_page(world: World, client_of) -> None:
    client = client_of(world.secretary)
    held = roster.held_by(world.grid_worker.person_id or 0, on=today())[0]
    client.post(f"{PEOPLE}{held.pk}/relieve/", {"until": f"{today()}"})
    tomorrow = today() + timedelta(days=1)
    assert not bodies.actor(person_id=held.person_id, name="", on=tomorrow).is_staff
    assert "任职到" in text(client, f"{PEOPLE}{held.pk}/")


def test_an_office_of_my_own_rank_is_shown_closed_with_the_reason(world: World, client_of) -> None:
    client = client_of(world.dispatcher)
    held = roster.held_by(world.secretary.person_id or 0, on=today())[0]
    assert "要由上一级任免" in text(client, f"{PEOPLE}{held.pk}/")
    answer = client.post(f"{PEOPLE}{held.pk}/relieve/", {"until": f"{today()}"})
    assert answer.status_code == 422
    assert "要由上一级任免" in answer.content.decode()


def test_an_office_beyond_my_reach_does_not_exist(world: World, client_of) -> None:
    client = client_of(world.secretary)
    held = roster.held_by(world.other_dispatcher.person_id or 0, on=today())[0]
    assert client.get(f"{PEOPLE}{held.pk}/").status_code == 404
    for act in ("relieve/", "account/", "account/again/"):
        assert client.post(f"{PEOPLE}{held.pk}/{act}").status_code == 404


def test_the_starting_password_is_shown_once_and_lets_its_bearer_only_change_it(
    world: World, client_of
) -> None:
    client = client_of(world.secretary)
    office = fill(client).headers["Location"]
    page = client.post(f"{office}account/", {"username": "gao"}).content.decode()
    password = page.split('<dt>起始密码</dt><dd class="number">')[1].split("<")[0]
    assert password not in text(client, office)
    newcomer = Client()
    answer = newcomer.post("/accounts/login/", {"login": "gao", "password": password})
    assert answer.headers["Location"] == reverse("account_change_password")
    assert newcomer.get("/desk/").status_code == 302


@pytest.mark.parametrize("username", ["", "高远", "a b", "x"], ids=["空白", "汉字", "有空格", "太短"])
def test_a_username_that_cannot_be_typed_is_refused(world: World, client_of, username: str) -> None:
    client = client_of(world.secretary)
    office = fill(client).headers["Location"]
    answer = client.post(f"{office}account/", {"username": username})
    assert answer.status_code == 422
    assert "用户名" in answer.content.decode()


def test_the_sites_keeper_reaches_every_place_without_an_office(world: World, keeper: Client) -> None:
    assert "郑爱民" in text(keeper, PEOPLE)
    assert fill(keeper, at="xialu", office="secretary").status_code == 302


def test_the_sites_keeper_is_offered_only_doors_that_open(world: World, keeper: Client) -> None:
    addresses = set(re.findall(r'<a[^>]* href="(/[^"]*)"', text(keeper, PEOPLE)))
    assert PEOPLE in addresses
    assert {address: keeper.get(address, follow=True).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )
