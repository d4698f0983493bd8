"""From a need to confirmed minutes: asked, never assigned; confirmed by who was helped (点单、派单、接单)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from linli.bodies.actor import Actor
from linli.core.matching import Part, Skill
from linli.core.service_signals import Signal
from linli.core.verdict import Refused
from linli.handoffs import person_data
from linli.people import queries as register
from linli.record import queries as record
from linli.timebank import queries
from linli.timebank.actions import forgetting, offering, serving
from linli.timebank.actions.offering import Offered, Seen
from linli.timebank.actions.serving import Asked
from linli.timebank.models import Need, Service, Stage
from tests.world import TUESDAY, World, instant, spots

pytestmark = [pytest.mark.django_db, pytest.mark.req("X19")]
BEGINS, ENDS = instant("2026-11-25 09:00"), instant("2026-11-25 11:00")


def offer(who: Actor, *, born: int = 1960, **facts: Any) -> int:
    person = register.of_id(who.person_id or 0)
    assert person is not None
    person.born_in = born
    person.save(update_fields=["born_in"])
    told = Offered(spots("tonghua")[-1], frozenset({(2, Part.MORNING)}), frozenset({Skill.ERRANDS}))
    offering.offer(replace(told, **facts), by=who, at=TUESDAY)
    return person.pk


def need(world: World, **facts: Any) -> Need:
    told = Asked(world.home, "帮我买米。", Skill.ERRANDS, BEGINS, ENDS)
    return serving.ask(replace(told, **facts), by=world.resident, at=TUESDAY)


def served(world: World, one: Need, who: Actor, *, came: datetime = BEGINS, went: datetime = ENDS) -> Service:
    serving.answer(one.number, takes=True, by=who, at=TUESDAY)
    serving.come(one.number, by=who, at=came)
    return serving.go(one.number, by=who, at=went)


def refused(act: Any, *args: Any, **facts: Any) -> str:
    before = [*Service.objects.values_list("need", "stage", "minutes")]
    with pytest.raises(Refused) as stopped:
        act(*args, **facts)
    assert [*Service.objects.values_list("need", "stage", "minutes")] == before
    return str(stopped.value)


def test_a_need_is_sent_out_taken_served_and_confirmed(world: World) -> None:
    who, one = offer(world.neighbour), need(world)
    serving.send(one.number, who, by=world.dispatcher, at=TUESDAY)
    service = served(world, one, world.neighbour)
    assert (service.stage, queries.seats_left(one)) == (Stage.DONE, 0)
    done = serving.confirm(one.number, who, minutes=90, was_paid=False, by=world.resident, at=ENDS)
    assert (done.stage, done.minutes) == (Stage.CONFIRMED, 90)
    assert [line.title for line in record.timeline(one.number, limit=9)] == [
        "点单", "派单", "接单", "签到", "签退", "确认服务时间",
    ]  # fmt: skip


def test_sending_binds_nobody_and_staff_answer_only_what_they_were_told(world: World) -> None:
    who, one = offer(world.neighbour), need(world)
    serving.send(one.number, who, by=world.dispatcher, at=TUESDAY)
    assert queries.seats_left(one) == 1
    said = refused(serving.answer, one.number, takes=True, volunteer=who, by=world.dispatcher, at=TUESDAY)
    assert "不能替本人接单" in said
    serving.answer(one.number, takes=False, volunteer=who, was_asked=True, by=world.dispatcher, at=TUESDAY)
    assert queries.services(one).get().stage == Stage.DECLINED


def test_a_dangerous_need_waits_for_insurance(world: World) -> None:
    who, one = offer(world.neighbour), need(world, is_dangerous=True)
    assert "保险" in refused(serving.send, one.number, who, by=world.dispatcher, at=TUESDAY)
    offering.see(who, Seen(frozenset(), insured_until=ENDS.date()), by=world.dispatcher)
    assert serving.send(one.number, who, by=world.dispatcher, at=TUESDAY).stage == Stage.ASKED


def test_nobody_is_at_two_places_at_once(world: World) -> None:
    offer(world.neighbour)
    first, second = need(world), need(world, starts_at=ENDS - timedelta(minutes=1), ends_at=ENDS)
    serving.answer(first.number, takes=True, by=world.neighbour, at=TUESDAY)
    said = refused(serving.answer, second.number, takes=True, by=world.neighbour, at=TUESDAY)
    assert "两个地方" in said


@pytest.mark.parametrize(
    ("minutes", "was_paid", "by", "words"),
    [
        pytest.param(121, False, "resident", "120 分钟", id="多一分钟"),
        pytest.param(0, False, "resident", "0 分钟", id="零分钟"),
        pytest.param(60, False, "neighbour", "不能自己确认", id="志愿者自己"),
        pytest.param(60, False, "other_dispatcher", "服务对象确认", id="别的社区"),
    ],
)
def test_minutes_are_those_of_the_one_who_was_helped(
    world: World, minutes: int, was_paid: bool, by: str, words: str
) -> None:
    who, one = offer(world.neighbour), need(world)
    served(world, one, world.neighbour)
    said = refused(
        serving.confirm, one.number, who, minutes=minutes, was_paid=was_paid, by=getattr(world, by), at=ENDS
    )
    assert words in said


def test_all_the_minutes_may_be_confirmed_by_telephone_and_paid_help_counts_nothing(world: World) -> None:
    who, one = offer(world.neighbour), need(world)
    other = need(world, starts_at=ENDS, ends_at=ENDS + timedelta(hours=2))
    served(world, one, world.neighbour)
    done = serving.confirm(one.number, who, minutes=120, was_paid=False, by=world.dispatcher, at=ENDS)
    assert done.minutes == 120
    offering.offer(
        Offered(
            spots("tonghua")[-1], frozenset({(2, Part.MORNING), (2, Part.AFTERNOON)}),
            frozenset({Skill.ERRANDS}), branch="铜花社区第一党支部",
        ),
        by=world.neighbour, at=TUESDAY,
    )  # fmt: skip
    served(world, other, world.neighbour, came=ENDS, went=ENDS + timedelta(hours=1))
    paid = serving.confirm(other.number, who, minutes=60, was_paid=True, by=world.resident, at=ENDS)
    assert (paid.stage, paid.minutes) == (Stage.VOID, 0)
    known = queries.volunteer(who)
    assert known is not None
    assert known.reported_at == TUESDAY


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param({"starts_at": TUESDAY}, "现在以后", id="已经开始"),
        pytest.param({"ends_at": BEGINS}, "开始时间以后", id="没有长度"),
        pytest.param({"words": " "}, "帮什么忙", id="没有写"),
        pytest.param({"wanted": 0}, "至少要一个人", id="不要人"),
    ],
)
def test_a_need_says_what_and_when(world: World, facts: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused) as stopped:
        need(world, **facts)
    assert words in str(stopped.value)
    assert not Need.objects.exists()


def test_another_community_sends_nobody(world: World) -> None:
    who, one = offer(world.neighbour), need(world)
    assert "当地社区" in refused(serving.send, one.number, who, by=world.other_dispatcher, at=TUESDAY)


def test_two_who_serve_each_other_are_shown_to_a_person(world: World) -> None:
    offer(world.neighbour)
    offer(world.resident)
    served(world, need(world), world.neighbour)
    told = Asked(world.home, "帮我取药。", Skill.ERRANDS, BEGINS, ENDS)
    back = serving.ask(told, by=world.neighbour, at=TUESDAY)
    served(world, back, world.resident)
    (found,) = queries.doubtful(spots("tonghua")[-1].path, since=TUESDAY)
    assert found.signal is Signal.LOOP


@pytest.mark.req("N5")
def test_what_is_kept_of_helping_is_handed_over_and_erased(world: World) -> None:
    who, one = offer(world.neighbour), need(world)
    served(world, one, world.neighbour)
    serving.confirm(one.number, who, minutes=60, was_paid=False, by=world.resident, at=ENDS)
    assert told(who)["志愿者登记"][0]["会做的"] == "代买代办"
    assert told(who)["做过的志愿服务"][0]["确认的分钟数"] == "60"
    assert told(world.resident.person_id or 0)["请人帮过的忙"][0]["要帮什么忙"] == "帮我买米。"
    for person in (who, world.resident.person_id or 0):
        forgetting.forget(person, at=ENDS + timedelta(days=1))
    assert "会做的" not in told(who)["志愿者登记"][0]
    assert told(world.resident.person_id or 0)["请人帮过的忙"] == []
    one.refresh_from_db()
    assert (one.words, one.services.get().minutes) == ("", 60)


def told(number: int) -> dict[str, list[dict[str, str]]]:
    person = register.of_id(number)
    assert person is not None
    return {one.title: [dict(rows) for rows in one.entries] for one in person_data.of_person(person)}
