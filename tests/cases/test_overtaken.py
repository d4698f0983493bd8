"""An act that was filled in without a network, when the matter has moved on since (离线冲突)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from linli.bodies.actor import Actor
from linli.cases.actions.stepping import Said
from linli.cases.basis import basis
from linli.frame.clock import now
from linli.record import queries as record
from tests import make
from tests.cases import pages
from tests.world import TUESDAY, World

if TYPE_CHECKING:
    from django.http import HttpResponse

    from linli.matters.models import Matter

KEY = "k" * 16
LATER = TUESDAY + timedelta(hours=1)


def fill_in(matter: "Matter", by: Actor) -> dict[str, Any]:
    """Take along what stands hidden in a form while there is still a network."""
    desk = make.desk(matter, by, at=TUESDAY)
    return {"seen": desk.matter.turn, "based": basis(desk)}


def send(matter: "Matter", act: str, *, by: Actor, key: str = KEY, **fields: Any) -> "HttpResponse":
    """Send a form that lay on a phone."""
    headers = {"Accept": "application/json", "Linli-Sending": key}
    return pages.browser(by).post(f"/m/{matter.number}/act/{act}/", fields, headers=headers)


def titles(matter: "Matter") -> list[str]:
    return [line.title for line in record.timeline(matter.number)]


@pytest.mark.req("A5")
def test_what_nobody_touched_goes_through_though_the_matter_moved(world: World) -> None:
    matter = make.incident(world)
    filled = fill_in(matter, world.grid_worker)
    make.act(matter, "add_words", by=world.dispatcher, at=LATER, said=Said("请尽快。"))
    answer = send(matter, "solve", by=world.grid_worker, words="扶正了。", **filled)
    assert answer.status_code == 200
    assert make.fresh(matter).step == "reviewed"


@pytest.mark.req("A5")
def test_another_order_kind_does_not_stand_in_the_way_of_finishing(world: World) -> None:
    matter = make.taken_on(world)
    filled = fill_in(matter, world.enforcer)
    make.act(matter, "regrade", by=world.dispatcher, at=LATER, order="priority")
    assert send(matter, "finish", by=world.enforcer, words="修好了。", **filled).status_code == 200


@pytest.mark.req("A5")
def test_the_same_value_changed_by_two_is_a_conflict(world: World) -> None:
    matter = make.taken_on(world)
    filled = fill_in(matter, world.dispatcher)
    make.act(matter, "regrade", by=world.dispatcher, at=LATER, order="priority")
    answer = send(matter, "regrade", by=world.dispatcher, order="urgent", words="积水了。", **filled)
    assert answer.status_code == 409
    assert make.fresh(matter).order == "priority"


@pytest.mark.req("A5")
def test_a_conflict_tells_both_sides(world: World) -> None:
    matter = make.incident(world)
    filled = fill_in(matter, world.grid_worker)
    make.act(matter, "call_up", by=world.part_timer, at=LATER, said=Said("要社区来人。"))
    answer = send(matter, "solve", by=world.grid_worker, words="我扶正了。", **filled)
    told = answer.json()["conflict"]
    assert answer.status_code == 409
    assert told["mine"] == [["怎么解决的", "我扶正了。"]]
    assert [(one["act"], one["words"]) for one in told["theirs"]] == [("呼叫社区", "要社区来人。")]
    assert "刘长顺" in told["theirs"][0]["who"]
    assert not told["is_open"]
    assert told["add_words"] == f"/m/{matter.number}/act/add_words/"
    last = record.timeline(matter.number)[-1]
    assert (last.title, last.words, last.by) == (
        "离线填写，未生效",
        "我扶正了。",
        world.grid_worker.person_id,
    )
    assert dict(last.figures)["原想办"] == "网格就地解决"
    assert make.fresh(matter).step == "called"


@pytest.mark.req("A5")
def test_a_conflict_sent_again_is_put_on_record_once(world: World) -> None:
    matter = make.incident(world)
    filled = fill_in(matter, world.grid_worker)
    make.act(matter, "call_up", by=world.part_timer, at=LATER)
    answers = [send(matter, "solve", by=world.grid_worker, words="我扶正了。", **filled) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert titles(matter).count("离线填写，未生效") == 1


@pytest.mark.req("A5")
def test_what_was_overtaken_may_still_be_added_in_words(world: World) -> None:
    matter = make.incident(world)
    make.act(matter, "call_up", by=world.part_timer, at=LATER)
    assert send(matter, "add_words", by=world.grid_worker, words="我扶正了。").status_code == 200
    assert titles(matter)[-1] == "补充说明"


@pytest.mark.req("A5")
def test_a_form_that_does_not_say_what_it_is_based_on_overwrites_nothing(world: World) -> None:
    matter = make.incident(world)
    make.act(matter, "add_words", by=world.dispatcher, at=LATER)
    assert send(matter, "solve", by=world.grid_worker, words="扶正了。", seen=0).status_code == 409


@pytest.mark.req("A5")
def test_what_the_rules_do_not_allow_is_refused_with_the_reason_and_nothing_is_recorded(world: World) -> None:
    matter = make.incident(world)
    before = titles(matter)
    answer = send(matter, "solve", by=world.grid_worker, words="", **fill_in(matter, world.grid_worker))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["label"] == "怎么解决的"
    refused = send(matter, "dispatch", by=world.grid_worker, **fill_in(matter, world.grid_worker))
    assert refused.status_code == 422
    assert refused.json()["refusals"][0]["sentence"]
    assert titles(matter) == before


@pytest.mark.req("A5")
def test_whoever_has_no_part_in_a_matter_leaves_no_trace_on_it(world: World) -> None:
    matter = make.incident(world)
    before = titles(matter)
    assert send(matter, "solve", by=world.stranger, words="随便写写。", seen=99).status_code == 404
    assert titles(matter) == before


@pytest.mark.req("A5")
def test_the_record_says_when_it_was_written_and_never_before_the_matter_began(world: World) -> None:
    matter = make.incident(world, at=now() - timedelta(hours=1))
    years = {"Accept": "application/json", "Linli-Sending": KEY, "Linli-Elapsed": "99999999"}
    fields = {"words": "扶正了。", **fill_in(matter, world.grid_worker)}
    pages.browser(world.grid_worker).post(f"/m/{matter.number}/act/solve/", fields, headers=years)
    last = record.timeline(matter.number)[-1]
    assert dict(last.figures)["离线记录"] == "送达前 1小时写下"
