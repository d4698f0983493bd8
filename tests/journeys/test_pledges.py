"""From a resident's concern to an institution's pledge, kept and rated, through the pages (共建)."""

from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.pledges import queries
from tests import make
from tests.console.desks import browser, text
from tests.pledges import offers
from tests.pledges.offers import DUE
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("L24")]
DESK = "/desk/pledges/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """Let the clock stand on the day of the cast."""
    with mock.patch("django.utils.timezone.now", return_value=TUESDAY):
        yield


def test_from_the_concern_to_the_feedback(world: World) -> None:
    staff, path, key = browser(world.secretary), world.home[2].path, world.home[-1].key
    matter = make.report(world)
    new = staff.post(f"{DESK}institutions/new/?within={path}", {"name": "铜花小学", "contact": "姚老师"})
    assert new.status_code == 302
    owner = queries.institutions(path).get()
    line = {"sort": "resource", "institution": str(owner.pk), "title": "校工两名"}
    assert staff.post(f"{DESK}lines/new/?within={path}", line).status_code == 302
    assert "请驻区单位认领" in text(staff.get(f"/desk/m/{matter.number}/similar/"))
    asked = f"{DESK}new/?within={matter.place_path}&matter={matter.number}"
    assert staff.get(asked).status_code == 200
    told = {
        "need": "换一块盖板", "institution": str(owner.pk), "title": "派校工来换",
        "resource": str(queries.listings(path, sort="resource").get().pk), "due_on": DUE.isoformat(),
    }  # fmt: skip
    assert staff.post(asked, told | {"due_on": "2026-11-01"}).status_code == 422
    assert staff.post(asked, told).status_code == 302
    pledge = queries.pledges(path).get()
    for act in ("begin", "finish"):
        assert staff.post(f"{DESK}{pledge.number}/act/{act}/", {"words": "换好了。"}).status_code == 302
    assert "由提出需求的人自己反馈" in text(staff.get(f"{DESK}{pledge.number}/"))
    mine = browser(world.resident)
    assert "解决了没有" in text(mine.get(f"/pledges/{pledge.number}/"))
    assert browser(world.neighbour).post(f"/pledges/{pledge.number}/rate/").status_code == 404
    assert mine.post(f"/pledges/{pledge.number}/rate/", {"score": "great"}).status_code == 422
    said = {"score": "met", "words": "很快。"}
    assert mine.post(f"/pledges/{pledge.number}/rate/", said).status_code == 302
    public = text(Client().get(f"/p/{key}/pledges/"))
    assert "按期兑现" in public
    assert "解决了" in public
    assert "周美兰" not in public
    assert "姚老师" not in public
    assert "铜花小学认领" in text(staff.get(f"/desk/m/{matter.number}/similar/"))


def test_what_was_not_kept_is_red_for_everybody(world: World) -> None:
    owner, need = offers.enter(world.secretary), offers.line(world.secretary)
    offers.promise(world.secretary, need, owner)
    with mock.patch("django.utils.timezone.now", return_value=TUESDAY + timedelta(days=8)):
        for page in (
            text(Client().get(f"/p/{world.home[-1].key}/pledges/")),
            text(browser(world.secretary).get(DESK)),
        ):
            assert "badge-cinnabar" in page
            assert "逾期没有兑现" in page


def test_many_pledges_cost_as_much_as_few(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    need = offers.line(world.secretary)
    for number in range(6):
        offers.promise(world.secretary, need, offers.enter(world.secretary, name=f"第{number}小学"))
    client = browser(world.secretary)
    client.get(DESK)
    with django_assert_max_num_queries(12):
        client.get(DESK)
    with django_assert_max_num_queries(9):
        Client().get(f"/p/{world.home[-1].key}/pledges/")
