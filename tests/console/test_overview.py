"""The overview, the matters behind its numbers and the wall screen, through the pages."""

import re
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.insight.days import FRIDAY, TUESDAY, fill
from tests.world import World, spots

# What a page may ask of the database, whoever signs in and whatever happened.
MOST = 12


@pytest.fixture
def busy(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    fill(world)
    monkeypatch.setattr("django.utils.timezone.now", lambda: FRIDAY)
    return world


@pytest.fixture
def street(busy: World) -> Client:
    return browser(busy, "street_dispatcher")


def browser(world: World, who: str) -> Client:
    client = Client()
    client.force_login(make.account(world.cast[who]))
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        text(client, address)
    return len(asked)


def test_the_overview_says_its_figures_in_words_first(street: Client) -> None:
    page = text(street, "/desk/overview/")
    assert "本周新增 11 件；近 30 天按期答复 50%，其中逾期未结计入；办结的 2 件里，50% 没有出社区。" in page
    assert "逾期未结算作没有按期" in page


@pytest.mark.req("A4")
def test_every_number_on_the_overview_opens_a_list_of_that_many(street: Client) -> None:
    page = text(street, "/desk/overview/")
    links = re.findall(r'<a href="(/desk/behind/[^"]+)"><span class="away">[^<]*</span>(\d+)</a>', page)
    assert len(links) > 10
    for link, number in set(links):
        assert f"{number} 件</span></h1>" in text(street, link.replace("&amp;", "&"))


@pytest.mark.req("A4")
@pytest.mark.parametrize("address", ["/desk/overview/", "/desk/wall/"])
def test_what_a_page_asks_of_the_database_does_not_follow_the_matters(
    busy: World, street: Client, address: str
) -> None:
    few = queries(street, address)
    for _ in range(12):
        make.report(busy, at=TUESDAY)
    assert queries(street, address) == few <= MOST


def test_one_taps_down_the_tree_and_back_up(busy: World, street: Client) -> None:
    community = spots("tonghua")[-1]
    assert f'href="?within={community.path}"' in text(street, "/desk/overview/")
    page = text(street, f"/desk/overview/?within={community.path}")
    assert "铜花社区总览" in page
    assert f'href="/desk/overview/?within={spots("xinxialu")[-1].path}"' in page


@pytest.mark.parametrize(
    ("who", "place"),
    [("dispatcher", "tongdu"), ("dispatcher", "xinxialu"), ("enforcer", "xinxialu"), ("resident", "tonghua")],
    ids=["别的社区", "上一级", "部门经办人", "居民"],
)
@pytest.mark.parametrize("page", ["overview", "behind", "wall", "registers", "coverage", "grids"])
def test_a_place_one_may_not_see_is_not_there(busy: World, who: str, place: str, page: str) -> None:
    answer = browser(busy, who).get(f"/desk/{page}/?within={spots(place)[-1].path}")
    assert answer.status_code == 404


@pytest.mark.parametrize("page", ["overview", "behind", "wall", "registers", "coverage", "grids"])
def test_a_stranger_is_asked_to_sign_in(busy: World, page: str) -> None:
    assert "/accounts/login/" in Client().get(f"/desk/{page}/").headers["Location"]


def test_a_path_that_is_no_place_and_a_wrong_measure_are_not_there(street: Client) -> None:
    assert street.get("/desk/overview/?within=000100019999").status_code == 404
    assert street.get("/desk/behind/?measure=rank").status_code == 404
    assert street.get("/desk/behind/?facet=person").status_code == 404


@pytest.mark.parametrize("address", ["/desk/overview/", "/desk/wall/", "/desk/coverage/"])
def test_no_page_puts_people_in_an_order(busy: World, street: Client, address: str) -> None:
    page = text(street, address)
    others = [actor.name for name, actor in busy.cast.items() if name != "street_dispatcher"]
    assert [name for name in others if name in page] == []


def test_the_wall_fetches_only_its_own_part_again(street: Client) -> None:
    whole = text(street, "/desk/wall/")
    part = street.get("/desk/wall/", headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 30s"' in part
    assert "<html" in whole
    assert part.strip().startswith('<main class="wall-now" id="wall_now"')


def test_the_wall_shows_only_words_that_are_public(busy: World, street: Client) -> None:
    page = text(street, "/desk/wall/")
    assert make.WORDS.split("，")[0] not in page
    assert "井盖与盖板" in page


def test_the_wall_lists_at_most_ten_and_the_overdue_first(busy: World, street: Client) -> None:
    lines = re.findall(r"<li><span class=\"clock clock-(\w+)\"", text(street, "/desk/wall/"))
    assert len(lines) <= 10
    assert lines[0] == "overdue"
    assert lines == sorted(lines, key=lambda state: state != "overdue")


def test_the_time_of_the_figures_stands_on_the_page(street: Client) -> None:
    assert f"{written(FRIDAY)} 的数字" in text(street, "/desk/overview/")


def written(at: datetime) -> str:
    return f"{at.month}月{at.day}日 周五 {at:%H:%M}"
