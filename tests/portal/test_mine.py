"""My matters and letters, with an account and without one."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from linli.bodies.actor import Actor
from linli.matters.models import Matter
from tests import make
from tests.portal.conftest import text_of
from tests.world import World

NOT_FOUND = "没有查到。请核对编号和留下的电话后四位，或者核对查询码。"


@pytest.fixture(autouse=True)
def fresh_throttle(db: None) -> None:
    cache.clear()


def told(world: World) -> Matter:
    return make.report(world, by=world.neighbour, raised_by=None, contact_phone="13812345678")


@pytest.mark.req("X13")
def test_a_matter_is_found_by_number_and_the_end_of_the_telephone(world: World, client: Client) -> None:
    matter = told(world)
    answer = client.post("/mine/", {"number": matter.number.lower(), "last_four": "5678"})
    assert answer.headers["Location"] == f"/s/{matter.token}/"


@pytest.mark.parametrize("around", ["{}", " {} ", "http://127.0.0.1:8000/s/{}/", "{}?sent=1"])
def test_a_matter_is_found_by_its_code_or_the_whole_address(
    world: World, client: Client, around: str
) -> None:
    matter = told(world)
    answer = client.post("/mine/", {"code": around.format(matter.token)})
    assert answer.headers["Location"] == f"/s/{matter.token}/"


def test_a_wrong_telephone_and_a_wrong_number_get_the_same_answer(world: World, client: Client) -> None:
    silent = make.report(world, raised_by=None)
    tries = (
        {"number": told(world).number, "last_four": "0000"},
        {"number": "XXL-2026-999999", "last_four": "5678"},
        {"number": silent.number, "last_four": "0000"},
        {"code": "aaaaaaaaaaaa"},
    )
    for one in tries:
        answer = client.post("/mine/", one)
        assert answer.status_code == 422
        assert NOT_FOUND in text_of(answer)


def test_guessing_is_braked(world: World, client: Client) -> None:
    matter = told(world)
    for one in range(10):
        client.post("/mine/", {"number": matter.number, "last_four": f"{one:04}"})
    answer = client.post("/mine/", {"number": matter.number, "last_four": "5678"})
    assert "查得太频繁了" in text_of(answer)


def test_an_empty_question_says_what_to_fill_in(world: World, client: Client) -> None:
    assert "请填编号和电话后四位，或者填查询码。" in text_of(client.post("/mine/", {}))


def test_who_signed_in_sees_only_their_own(world: World, enter: Callable[[Actor], Client]) -> None:
    own, other = make.report(world), make.report(world, by=world.neighbour)
    page = text_of(enter(world.resident).get("/mine/"))
    assert own.number in page
    assert other.number not in page
    assert "工作台" not in page


def test_somebody_in_office_finds_the_desk(world: World, enter: Callable[[Actor], Client]) -> None:
    assert "去工作台" in text_of(enter(world.dispatcher).get("/mine/"))


def test_letters_are_mine_and_new_until_seen(world: World, enter: Callable[[Actor], Client]) -> None:
    matter = make.report(world)
    make.report(world, by=world.neighbour, words="邻居的事。")
    client = enter(world.resident)
    first, second = text_of(client.get("/letters/")), text_of(client.get("/letters/"))
    assert "已收到" in first
    assert f'href="/s/{matter.token}/"' in first
    assert "邻居的事" not in first
    assert '#icon-bell"/></svg>新' in first
    assert '#icon-bell"/></svg>新' not in second


def test_letters_ask_a_stranger_to_sign_in(world: World, client: Client) -> None:
    assert client.get("/letters/").headers["Location"].startswith("/accounts/login/")
