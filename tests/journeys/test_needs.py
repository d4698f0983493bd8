"""From what a resident lacks to the initial selection, through the pages (需求征集、需求初选)."""

from collections.abc import Iterator
from unittest import mock

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.projects import queries
from linli.projects.actions import raising
from tests.console.desks import browser, text
from tests.projects import wishes
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("G1"), pytest.mark.req("C14")]
DESK = "/desk/needs/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """Let the clock stand on the day of the cast."""
    with mock.patch("django.utils.timezone.now", return_value=TUESDAY):
        yield


def test_from_the_wish_to_the_initial_selection(world: World) -> None:
    mine, staff = browser(world.resident), browser(world.secretary)
    path, key = world.home[2].path, world.home[-1].key
    form = f"/p/{key}/needs/new/"
    assert "缺什么" in text(mine.get(form))
    assert mine.post(form, {"title": wishes.RACKS}).status_code == 422
    assert mine.post(form, {"title": wishes.RACKS, "field": "sanitation"}).status_code == 302
    need = queries.needs(path).get()
    neighbour = browser(world.neighbour)
    assert "我支持" in text(neighbour.get(f"/needs/{need.number}/"))
    assert neighbour.post(f"/needs/{need.number}/support/").status_code == 302
    assert neighbour.post(f"/needs/{need.number}/support/").status_code == 422
    told = {"title": "晾衣服没地方", "field": "sanitation", "words": "电话里说的"}
    assert staff.post(f"{DESK}new/?within={path}", told).status_code == 302
    like = queries.needs(path).get(title="晾衣服没地方")
    page = text(staff.get(f"{DESK}{like.number}/"))
    assert "并入同类需求" in page
    merged = staff.post(f"{DESK}{like.number}/act/merge/", {"into": need.number})
    assert merged.status_code == 302
    assert staff.post(f"{DESK}{need.number}/act/select/", {"words": ""}).status_code == 422
    done = staff.post(f"{DESK}{need.number}/act/select/", {"words": "支持最多，河边安全。"})
    assert done.status_code == 302
    public = text(Client().get(f"/p/{key}/needs/"))
    for words in ("初选入选", "支持最多，河边安全。", "环境卫生"):
        assert words in public
    assert "周美兰" not in public + text(Client().get(f"/needs/{need.number}/"))
    assert "不再征集支持" in text(mine.get(f"/needs/{need.number}/"))


def test_many_needs_and_supports_cost_as_much_as_few(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        need = wishes.put(world.resident, title=f"第{number}件")
        raising.support(need.number, by=world.neighbour, at=TUESDAY)
    client = browser(world.secretary)
    client.get(DESK)
    with django_assert_max_num_queries(12):
        client.get(DESK)
    with django_assert_max_num_queries(10):
        Client().get(f"/p/{world.home[-1].key}/needs/")
