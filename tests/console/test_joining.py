"""Staff see what is alike before they write it down again, and every voice on the page of a matter (同遇)."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.bodies.actor import NOBODY, Actor
from linli.matters import followers
from linli.matters import queries as matters
from linli.matters.actions import following
from linli.matters.actions.following import Voice
from tests import make
from tests.world import PACK, TUESDAY, World

if TYPE_CHECKING:
    from linli.matters.models import Matter

pytestmark = pytest.mark.req("X13")
SAME = "1栋门口下水道的盖板破了，骑车差点摔倒。"
HOUSE = f"{PACK}.tonghua_e1_b1"


@pytest.fixture(autouse=True)
def at_ten_on_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY)


@pytest.fixture
def standing(world: World) -> "Matter":
    """The cover that the resident reported yesterday, not public."""
    return make.report(world, at=TUESDAY - timedelta(days=1))


def browser(of: Actor) -> Client:
    client = Client()
    client.force_login(make.account(of))
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def taken_in(**said: str) -> dict[str, str]:
    told = {
        "channel": "phone",
        "kind": "help",
        "words": SAME,
        "place": HOUSE,
        "name": "老王",
        "phone": "13800000000",
    }
    return told | {"once": "key"} | said


def found(**said: str) -> dict[str, str]:
    return {"words": SAME, "place": HOUSE, "then": "call_up", "once": "key"} | said


@pytest.mark.parametrize("who", ["dispatcher", "grid_worker"])
def test_what_is_alike_is_shown_while_it_is_written_down(world: World, standing: "Matter", who: str) -> None:
    page = browser(world.cast[who]).get("/desk/alike/", {"words": SAME, "place": HOUSE})
    assert standing.number in text(page)
    assert "同一栋楼" in text(page)


def test_nothing_out_of_reach_is_shown(world: World, standing: "Matter") -> None:
    page = browser(world.other_dispatcher).get("/desk/alike/", {"words": SAME, "place": HOUSE})
    assert standing.number not in text(page)


Send = tuple[str, str, Callable[..., dict[str, str]]]
FORMS: tuple[Send, ...] = (
    ("dispatcher", "/desk/taken-in/", taken_in),
    ("grid_worker", "/desk/found/", found),
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[1])
def test_without_a_script_one_looks_before_it_is_written_down(
    world: World, standing: "Matter", form: Send
) -> None:
    who, address, said = form
    page = browser(world.cast[who]).post(address, said())
    assert "先看看，是不是同一件事" in text(page)
    assert matters.every().count() == 1
    sent = browser(world.cast[who]).post(address, said(looked="1"))
    assert sent.status_code == 302
    assert matters.every().count() == 2


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[1])
def test_one_that_stands_gets_another_voice(world: World, standing: "Matter", form: Send) -> None:
    who, address, said = form
    sent = browser(world.cast[who]).post(address, said(looked="1", join=standing.number))
    assert sent.status_code == 302
    [one] = followers.standing(standing)
    assert one.words == SAME
    assert one.person_id == (world.grid_worker.person_id if who == "grid_worker" else None)
    assert matters.every().count() == 1


def test_the_page_shows_every_voice_masked_and_every_duplicate(world: World, standing: "Matter") -> None:
    following.join(
        standing.number, Voice(name="王老五", phone="13812345678", words="我也摔了"), by=NOBODY, at=TUESDAY,
        may_see=True,
    )  # fmt: skip
    second = make.report(world, by=world.neighbour)
    make.act(second, "merge", by=world.dispatcher, at=TUESDAY, into=standing.number)
    page = text(browser(world.dispatcher).get(f"/desk/m/{standing.number}/"))
    assert "王*五" in page
    assert "138****5678" in page
    assert "我也摔了" in page
    assert second.number in page
    gone = text(browser(world.dispatcher).get(f"/desk/m/{second.number}/"))
    assert f"/desk/m/{standing.number}/" in gone
    assert "一起办理" in gone


def test_similar_matters_are_listed_with_a_form_to_merge(world: World, standing: "Matter") -> None:
    second = make.report(world, by=world.neighbour, words=SAME)
    client = browser(world.dispatcher)
    page = text(client.get(f"/desk/m/{second.number}/similar/"))
    assert standing.number in page
    assert f"/m/{second.number}/act/merge/" in page
    sent = client.post(f"/m/{second.number}/act/merge/", {"into": standing.number, "words": "同一块盖板。"})
    assert sent.status_code == 302
    assert make.fresh(second).merged_into == standing


def test_who_may_not_merge_sees_no_form(world: World, standing: "Matter") -> None:
    second = make.report(world, by=world.neighbour, words=SAME)
    page = text(browser(world.grid_worker).get(f"/desk/m/{second.number}/similar/"))
    assert standing.number in page
    assert "/act/merge/" not in page


def test_a_page_that_nobody_joined_asks_for_nobody(world: World, standing: "Matter") -> None:
    with CaptureQueriesContext(connection) as asked:
        browser(world.dispatcher).get(f"/desk/m/{standing.number}/")
    assert not [one for one in asked.captured_queries if "matters_follower" in one["sql"]]
