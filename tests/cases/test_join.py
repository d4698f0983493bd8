"""Whoever meets the same trouble joins the matter instead of repeating it, and is told of it (同遇)."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.bodies.actor import NOBODY, Actor
from linli.cases.actions.stepping import Said
from linli.core.verdict import Refused
from linli.matters import followers
from linli.matters.actions import following
from linli.matters.actions.following import Voice
from linli.outbox import queries as outbox
from linli.record import queries as record
from tests import make
from tests.letters import letters_to
from tests.world import TUESDAY, World

if TYPE_CHECKING:
    from linli.matters.models import Follower, Matter

pytestmark = pytest.mark.req("X13")
LATER = TUESDAY + timedelta(minutes=5)


def join(matter: "Matter", by: Actor, **said: str) -> "Follower":
    return following.join(matter.number, Voice(by.person_id, **said), by=by, at=LATER)


def public(world: World, **changes: object) -> "Matter":
    return make.report(world, is_public=True, **changes)


def refusal(matter: "Matter", by: Actor) -> str:
    with pytest.raises(Refused) as refused:
        join(matter, by)
    assert all(one.clause for one in refused.value.refusals)
    return str(refused.value.refusals[0].sentence)


def test_who_joined_is_counted_and_stands_on_the_record_without_words(world: World) -> None:
    matter = public(world)
    join(matter, world.neighbour, words="我家门口也是。")
    join(matter, world.stranger)
    assert make.fresh(matter).joined == 2
    last = record.timeline(matter.number, limit=1, newest_first=True)[0]
    assert (last.act, last.words, dict(last.figures)) == ("join", "", {"一共": "2 人也遇到"})


def test_joining_does_not_disturb_whoever_is_acting(world: World) -> None:
    matter = public(world)
    seen = make.fresh(matter).turn
    join(matter, world.neighbour)
    make.act(matter, "take_in", by=world.dispatcher, at=LATER, said=Said("好的", seen=seen))
    assert make.fresh(matter).step == "called"


def test_everybody_who_joined_is_told_of_each_step_and_names_stay_hidden(world: World) -> None:
    matter = public(world, words="周美兰家门前的盖板破了。")
    join(matter, world.neighbour)
    make.act(matter, "solve", by=world.dispatcher, at=LATER, said=Said("已和周美兰说好，今天换盖板。"))
    [told] = letters_to(world.neighbour, about=matter)
    assert "今天换盖板" in told.body
    assert "周美兰" not in told.subject + told.body
    assert "周美兰" in letters_to(world.resident, about=matter)[-1].body


def test_letters_to_many_are_one_statement(world: World) -> None:
    few, many = public(world), public(world)
    join(few, world.neighbour)
    for number in range(30):
        person = make.person(f"邻居{number}")
        following.join(many.number, Voice(person.pk), by=NOBODY, at=LATER)
    counted = []
    for matter in (few, many):
        with CaptureQueriesContext(connection) as asked:
            make.act(matter, "take_in", by=world.dispatcher, at=LATER)
        counted.append(len(asked))
    assert counted[0] == counted[1]
    assert outbox.about(many.pk).count() > 30


def test_somebody_without_an_account_joins_and_keeps_a_link_of_their_own(world: World) -> None:
    matter = public(world)
    follower = following.join(matter.number, Voice(name="老王", words="我也遇到"), by=NOBODY, at=LATER)
    found = followers.of_token(follower.token.upper())
    assert found is not None
    assert (found.matter, found.name) == (matter, "老王")


def test_who_leaves_is_told_no_more_and_what_they_said_is_erased(world: World) -> None:
    matter = public(world)
    follower = join(matter, world.neighbour, words="我家也是", phone="13800000000")
    following.leave(follower, by=world.neighbour, at=LATER)
    make.act(matter, "take_in", by=world.dispatcher, at=LATER)
    assert letters_to(world.neighbour, about=matter) == []
    assert make.fresh(matter).joined == 0
    gone = followers.of_token(follower.token)
    assert gone is not None
    assert (gone.words, gone.phone) == ("", "")


def test_who_left_may_come_back(world: World) -> None:
    matter = public(world)
    first = join(matter, world.neighbour)
    following.leave(first, by=world.neighbour, at=LATER)
    again = join(matter, world.neighbour)
    assert (again.token, make.fresh(matter).joined) == (first.token, 1)


def test_nobody_leaves_twice(world: World) -> None:
    follower = join(public(world), world.neighbour)
    following.leave(follower, by=world.neighbour, at=LATER)
    with pytest.raises(Refused, match="已经不再跟进"):
        following.leave(follower, by=world.neighbour, at=LATER)


def test_nobody_joins_twice(world: World) -> None:
    matter = public(world)
    join(matter, world.neighbour)
    assert refusal(matter, world.neighbour) == "您已经加入过了。"


def test_nobody_joins_their_own(world: World) -> None:
    assert refusal(public(world), world.resident) == "这件事就是您反映的。"


def test_nobody_joins_what_is_not_public(world: World) -> None:
    assert refusal(make.report(world), world.neighbour) == "这件事没有公开。"


def test_nobody_joins_what_is_closed(world: World) -> None:
    assert "已经办结" in refusal(make.closed(world, is_public=True), world.neighbour)
