"""A reply is looked at before it leaves; a person decides."""

from typing import TYPE_CHECKING

import pytest

from linli.record import queries as record
from tests import make
from tests.cases.pages import send
from tests.world import World

if TYPE_CHECKING:
    from linli.matters.models import Matter

PROMISE = "我们将尽快安排维修，感谢理解。"


@pytest.fixture
def matter(world: World) -> "Matter":
    return make.taken_on(world)


def test_a_mere_promise_is_shown_before_it_closes_anything(world: World, matter: "Matter") -> None:
    answer = send(matter, "finish", by=world.enforcer, words=PROMISE)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "没说做了什么" in page
    assert "我看过了，就这样答复" in page
    assert PROMISE in page
    assert make.fresh(matter).step == matter.step


def test_whoever_is_sure_decides_and_that_stands_in_the_record(world: World, matter: "Matter") -> None:
    assert send(matter, "finish", by=world.enforcer, words=PROMISE, sure="on").status_code == 302
    assert make.fresh(matter).step != matter.step
    last = record.timeline(matter.number)[-1]
    assert ("答复检查", "看过 1 处提醒，仍这样答复") in last.figures


def test_a_telephone_of_somebody_is_pointed_out(world: World, matter: "Matter") -> None:
    answer = send(matter, "finish", by=world.enforcer, words="已修好，有事打 13800138000 找师傅。")
    assert "好像有姓名、电话" in answer.content.decode()


def test_a_reply_that_says_what_was_done_leaves_at_once(world: World, matter: "Matter") -> None:
    assert send(matter, "finish", by=world.enforcer, words="已换新盖板，检查了周围。").status_code == 302
    assert all(key != "答复检查" for key, _ in record.timeline(matter.number)[-1].figures)
