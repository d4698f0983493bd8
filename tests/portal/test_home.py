"""The home of a place: plan, doors, what goes on, whom to call."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.bodies.actor import Actor
from tests import make
from tests.portal.conftest import HOME, text_of
from tests.world import PACK, World


@pytest.mark.req("X13", "X24")
def test_a_stranger_sees_the_place_and_three_doors_that_open(world: World, client: Client) -> None:
    page = text_of(client.get(f"/p/{HOME}/"))
    assert "<h1>铜花一号小区</h1>" in page
    for door in (f"/p/{HOME}/report/", f"/p/{HOME}/matters/", "/mine/"):
        assert f'href="{door}"' in page
        assert client.get(door).status_code == 200
    assert "plan-building" in page


@pytest.mark.req("C12")
def test_the_grid_is_posted_with_its_worker_duties_and_supervision(world: World, client: Client) -> None:
    page = text_of(client.get(f"/p/{HOME}/"))
    assert "马*兰" in page
    assert "马玉兰" not in page
    assert world.edition.grid.supervision in page
    assert world.edition.grid.duties[0] in page


def test_a_community_is_larger_than_a_grid_and_has_no_grid_card(world: World, client: Client) -> None:
    assert "监督电话" not in text_of(client.get(f"/p/{PACK}.tonghua/"))


def test_public_matters_are_listed_masked_with_their_next_date(world: World, client: Client) -> None:
    make.dispatched(world, is_public=True, words="张伟先生把车停在1栋门口。电话13812345678。")
    page = text_of(client.get(f"/p/{HOME}/"))
    assert "张*先生" in page
    assert "张伟" not in page
    assert "13812345678" not in page
    assert "街道综合执法中心应在" in page


def test_a_matter_that_is_not_public_is_nowhere_on_the_page(world: World, client: Client) -> None:
    matter = make.report(world, is_public=False)
    for address in (f"/p/{HOME}/", f"/p/{HOME}/matters/"):
        assert matter.number not in text_of(client.get(address))


def test_a_neighbouring_community_does_not_list_it(world: World, client: Client) -> None:
    matter = make.report(world, is_public=True)
    assert matter.number in text_of(client.get(f"/p/{PACK}.tonghua/"))
    assert matter.number not in text_of(client.get(f"/p/{PACK}.tongdu/"))


def test_the_list_is_filtered_and_paged_by_key(world: World, client: Client) -> None:
    done = make.closed(world, is_public=True)
    going_on = [make.report(world, is_public=True).number for _ in range(26)]
    first = text_of(client.get(f"/p/{HOME}/matters/"))
    assert done.number not in first
    older = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = text_of(client.get(f"/p/{HOME}/matters/{older}"))
    assert sorted(one for one in going_on if (one in first) != (one in second)) == sorted(going_on)
    assert done.number in text_of(client.get(f"/p/{HOME}/matters/", {"state": "done"}))


@pytest.mark.req("X24", "N6")
def test_elders_see_the_doors_their_matters_and_one_number_only(
    world: World, enter: Callable[[Actor], Client]
) -> None:
    make.report(world, is_public=True)
    client = enter(world.resident)
    client.cookies["elders"] = "1"
    page = text_of(client.get(f"/p/{HOME}/"))
    assert '<html lang="zh-CN" data-elders ' in page
    assert page.count('class="door"') == 3
    assert page.count('class="call"') == 1
    assert "我的事项" in page
    assert "身边正在办的" not in page
    assert "网格员的事" not in page


@pytest.mark.parametrize("matters", [1, 5])
def test_a_home_costs_ten_queries_however_much_goes_on(
    world: World, enter: Callable[[Actor], Client], matters: int
) -> None:
    for _ in range(matters):
        make.report(world, is_public=True)
    client = enter(world.resident)
    client.get(f"/p/{HOME}/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(f"/p/{HOME}/")
    assert len(asked) <= 10, "\n".join(one["sql"][:150] for one in asked)
    client.logout()
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/p/{HOME}/")
    assert len(asked) <= 10
