"""Outside systems are connected, given keys and turned away, through the pages and at the door."""

import re
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse

from linli.core.verdict import Refused
from linli.frame.clock import now, today
from linli.gateways.choices import Door
from linli.gateways.problems import Problem, Wrong
from linli.gateways.systems import actions, caller, keys, queries
from linli.gateways.systems.actions import Terms
from linli.record import queries as record
from tests.gateways import doors
from tests.world import World, spots

PAGE = "/desk/systems/"


def let_in(key: str) -> caller.Caller:
    request = RequestFactory().get("/", headers={"Authorization": f"Bearer {key}"})
    return caller.let_in(request, door=Door.API)


def why(key: str) -> Problem:
    with pytest.raises(Wrong) as wrong:
        let_in(key)
    return wrong.value.problem


def outcome(key: str) -> Wrong | None:
    try:
        let_in(key)
    except Wrong as wrong:
        return wrong
    return None


def form(**changes: str) -> dict[str, str]:
    filled = {
        "name": "区综治平台", "owner": "区委政法委", "place": "xinxialu.tonghua", "reads": "on",
        "way": "system", "most_a_minute": "60", "lasts": "90", "purpose": "",
    }  # fmt: skip
    return filled | changes


def shown_key(page: str) -> str:
    found = re.search(r"linli_[0-9a-f]{8}_[\w-]{43}", page)
    assert found
    return found[0]


def test_a_key_is_shown_once_and_opens_the_door(world: World) -> None:
    client = doors.desk(world.secretary)
    page = client.post(f"{PAGE}new/", form()).content.decode()
    key = shown_key(page)
    system = let_in(key).system
    assert system.name == "区综治平台"
    again = client.get(f"{PAGE}{system.pk}/").content.decode()
    assert key not in again
    assert keys.prefix_of(key) in again


def test_only_the_digest_of_a_key_is_kept(world: World) -> None:
    made = doors.connect(world)
    kept = queries.key_of_prefix(keys.prefix_of(made.key))
    assert kept
    assert made.key.split("_", 2)[2] not in str(vars(kept))


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("", Problem.NO_KEY),
        ("linli_00000000_abc", Problem.BAD_KEY),
        ("Bearer", Problem.BAD_KEY),
        ("linli_零零零零零零零零_abc", Problem.BAD_KEY),
        ("x" * 5000, Problem.BAD_KEY),
    ],
    ids=["没有", "不存在", "不是密钥", "不是字母数字", "太长"],
)
def test_a_wrong_key_is_turned_away(world: World, key: str, problem: Problem) -> None:
    with pytest.raises(Wrong) as wrong:
        caller.let_in(RequestFactory().get("/"), door=Door.API, given=key)
    assert wrong.value.problem is problem


def test_the_beginning_of_a_key_does_not_open_the_door(world: World) -> None:
    made = doors.connect(world)
    assert why(made.key[:-1]) is Problem.BAD_KEY
    assert why(made.key + "x") is Problem.BAD_KEY


def test_a_changed_key_leaves_the_old_one_a_week(world: World) -> None:
    made = doors.connect(world)
    fresh = actions.rotate(made.system, lasts=timedelta(days=90), by=world.secretary, at=now())
    assert let_in(fresh).system == let_in(made.key).system == made.system
    later = now() + actions.OVERLAP
    assert [key.prefix for key in queries.keys_of(made.system, at=later)] == [keys.prefix_of(fresh)]


def test_a_revoked_key_is_void_at_once(world: World) -> None:
    made = doors.connect(world)
    actions.revoke(made.system, prefix=keys.prefix_of(made.key), by=world.secretary, at=now())
    assert why(made.key) is Problem.OLD_KEY


def test_a_key_ends_with_its_time(world: World) -> None:
    made = actions.connect(
        Terms(name="旧系统", owner="某单位", reads=True), within=spots("tonghua")[-1],
        lasts=timedelta(days=90), by=world.secretary, at=now() - timedelta(days=90),
    )  # fmt: skip
    assert why(made.key) is Problem.OLD_KEY


def test_a_disconnected_system_stays_outside(world: World) -> None:
    made = doors.connect(world)
    actions.end(made.system, by=world.secretary, at=now())
    assert why(made.key) is Problem.OLD_KEY
    with pytest.raises(Refused, match="停用"):
        actions.rotate(made.system, lasts=timedelta(days=1), by=world.secretary, at=now())


def test_who_comes_too_often_is_told_to_wait(world: World) -> None:
    made = doors.connect(world, most_a_minute=2)
    refused = [wrong for wrong in (outcome(made.key) for _ in range(5)) if wrong]
    # The minute may turn once in between; never more than two pass in one.
    assert 1 <= len(refused) <= 3
    assert all(one.problem is Problem.TOO_OFTEN and 1 <= one.wait <= 60 for one in refused)
    assert queries.calls_on(made.system, on=today()) == 5


def test_connecting_is_on_record(world: World) -> None:
    made = doors.connect(world)
    actions.rotate(made.system, lasts=timedelta(days=90), by=world.secretary, at=now())
    lines = record.timeline(actions.chain_of(made.system))
    assert [line.title for line in lines] == ["接入", "换密钥"]
    assert made.key not in str(lines)


def test_nobody_connects_a_system_beyond_their_reach(world: World) -> None:
    client = doors.desk(world.secretary)
    answer = client.post(f"{PAGE}new/", form(place="xinxialu.tongdu"))
    assert answer.status_code == 422
    assert "不由您管" in answer.content.decode()
    made = doors.connect(world, at="tongdu", by=world.other_dispatcher)
    for name in ("system", "change_system", "rotate_key", "revoke_key", "end_system"):
        address = reverse(f"gateways:{name}", args=(made.system.pk,))
        answer = client.get(address) if name == "system" else client.post(address, form())
        assert answer.status_code == 404


@pytest.mark.parametrize("actor", ["resident", "grid_worker", "enforcer"], ids=["居民", "网格员", "经办人"])
def test_for_whoever_keeps_no_place_the_pages_do_not_exist(world: World, actor: str) -> None:
    assert doors.desk(world.cast[actor]).get(PAGE).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reads": ""}, "至少开放一样"),
        ({"hands_over": "on"}, "热线转办要选"),
        ({"name": ""}, "还没有写系统名称"),
        ({"most_a_minute": "0"}, "至少 1 次"),
    ],
    ids=["什么也不开放", "热线没选渠道", "没有名称", "一次也不许"],
)
def test_a_form_says_what_is_missing(world: World, changes: dict[str, str], sentence: str) -> None:
    answer = doors.desk(world.secretary).post(f"{PAGE}new/", form(**changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_list_says_what_to_do_when_it_is_empty(world: World) -> None:
    assert "先和对方说好" in doors.desk(world.secretary).get(PAGE).content.decode()


def test_a_page_costs_the_same_whatever_was_called(world: World, django_assert_max_num_queries) -> None:
    made = doors.connect(world)
    client = doors.desk(world.secretary)
    with django_assert_max_num_queries(14):
        client.get(f"{PAGE}{made.system.pk}/")
    with django_assert_max_num_queries(10):
        client.get(PAGE)
