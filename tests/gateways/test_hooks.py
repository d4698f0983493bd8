"""What happens is told to outside systems: signed, in order, tried again, and never inside the house."""

import json
import threading
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

import pytest
from standardwebhooks import Webhook

from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.gateways.hooks import actions, following, guard, queries, sending
from linli.gateways.hooks.actions import HookMade
from linli.gateways.hooks.sending import Parcel, Target
from linli.gateways.systems.actions import Connected
from tests import make
from tests.gateways import doors
from tests.gateways.listening import hanging, listening
from tests.world import World


@pytest.fixture(autouse=True)
def _this_machine_is_named(settings) -> None:
    settings.HOOK_HOSTS = ("127.0.0.1",)


@pytest.fixture
def system(world: World) -> Connected:
    return doors.connect(world, way="system")


def hook(system: Connected, world: World, url: str) -> HookMade:
    return actions.set_up(system.system, url=url, by=world.secretary, at=now())


def send(at: Any = None) -> int:
    following.follow_all()
    return actions.send_waiting(at=at or now())


def states(system: Connected) -> list[tuple[str, str]]:
    return [
        (one.event, "arrived" if one.arrived_at else "given up" if one.given_up_at else one.trouble)
        for one in reversed(queries.latest(system.system))
    ]


@pytest.mark.req("C10", "L18")
def test_the_way_of_a_matter_is_told_in_order_and_signed(world: World, system: Connected) -> None:
    with listening() as other:
        made = hook(system, world, other.url)
        make.closed(world, is_public=True, at=now() - timedelta(days=1))
        assert send() > 0
        assert send() == 0
    told = [json.loads(body) for _, body in other.came]
    assert [one["type"] for one in told] == [
        "matter.opened", "matter.moved", "matter.moved",
        "matter.answered", "matter.answered", "matter.closed",
    ]  # fmt: skip
    headers, body = other.came[0]
    assert Webhook(made.secret).verify(body, headers) == told[0]
    assert len({headers["webhook-id"] for headers, _ in other.came}) == len(other.came)


def test_only_what_the_system_may_see_is_told(world: World, system: Connected) -> None:
    with listening() as other:
        hook(system, world, other.url)
        make.report(world)
        make.report(world, spots=world.elsewhere, is_public=True)
        shown = make.report(world, words="周美兰家门前井盖坏了。", contact_name="周美兰", is_public=True)
        send()
    assert [json.loads(body)["data"]["number"] for _, body in other.came] == [shown.number]
    assert "周美兰" not in other.came[0][1].decode()


def test_its_own_matters_are_told_under_its_own_number(world: World, system: Connected) -> None:
    with listening() as other:
        hook(system, world, other.url)
        body = {"words": "井盖坏了。", "external_ref": "A-9"}
        doors.send(doors.caller(system.key), "/api/v1/matters", body)
        send()
    assert json.loads(other.came[0][1])["data"]["external_ref"] == "A-9"


def test_nothing_from_before_is_told(world: World, system: Connected) -> None:
    make.report(world, is_public=True)
    with listening() as other:
        hook(system, world, other.url)
        send()
    assert other.came == []


def test_reading_the_record_twice_tells_nothing_twice(world: World, system: Connected) -> None:
    made = hook(system, world, "http://127.0.0.1:9/")
    make.report(world, is_public=True)
    assert following.follow_all() == 1
    assert following.follow_all() == 0
    type(made.hook).objects.filter(pk=made.hook.pk).update(followed=0)
    following.follow_all()
    assert len(states(system)) == 1


@pytest.mark.parametrize("status", [500, 404, 302])
def test_what_did_not_arrive_is_tried_again_later(world: World, system: Connected, status: int) -> None:
    at = now()
    with listening(status) as other:
        hook(system, world, other.url)
        make.report(world, is_public=True)
        assert send(at) == 0
        assert send(at + timedelta(seconds=59)) == 0
        assert len(other.came) == 1
        other.status = 204
        assert send(at + timedelta(seconds=61)) == 1
    first, second = other.came
    assert first[0]["webhook-id"] == second[0]["webhook-id"]
    assert states(system) == [("matter.opened", "arrived")]


def test_the_later_waits_for_the_earlier(world: World, system: Connected) -> None:
    at = now()
    with listening(500) as other:
        hook(system, world, other.url)
        make.dispatched(world, is_public=True, at=at - timedelta(hours=1))
        send(at)
        assert len(other.came) == 1
        other.status = 204
        send(at + timedelta(minutes=2))
    told = [json.loads(body)["type"] for _, body in other.came]
    assert told == ["matter.opened", "matter.opened", "matter.moved"]


def test_a_target_that_fails_rests_and_is_given_up_and_begun_anew(world: World, system: Connected) -> None:
    at = now()
    with listening(500) as other:
        made = hook(system, world, other.url)
        make.report(world, is_public=True)
        following.follow_all()
        for _ in range(actions.MOST_ATTEMPTS):
            actions.send_waiting(at=at)
            at += timedelta(days=2)
        assert states(system) == [("matter.opened", "given up")]
        assert len(other.came) == actions.MOST_ATTEMPTS
        other.status = 204
        assert actions.send_waiting(at=at) == 0
        assert actions.send_again(made.hook, by=world.secretary, at=at) == 1
        assert actions.send_waiting(at=at) == 1


def test_a_resting_target_is_left_alone(world: World, system: Connected) -> None:
    at = now()
    with listening(500) as other:
        hook(system, world, other.url)
        make.report(world, is_public=True)
        following.follow_all()
        for minutes in (0, 2, 6):
            actions.send_waiting(at=at + timedelta(minutes=minutes))
        came = len(other.came)
        make.report(world, is_public=True)
        send(at + timedelta(minutes=7))
    assert came == actions.PATIENT_FAILURES == len(other.came)


def test_a_target_that_is_gone_for_good_is_told_no_more(world: World, system: Connected) -> None:
    with listening(410) as other:
        hook(system, world, other.url)
        make.report(world, is_public=True)
        send()
        send(now() + timedelta(days=1))
    assert len(other.came) == 1


def test_one_that_hangs_does_not_hold_up_the_others(world: World, system: Connected) -> None:
    with listening() as other, hanging(until=other.was_called) as deaf:
        hook(system, world, deaf)
        hook(system, world, other.url)
        make.report(world, is_public=True)
        assert send() == 1
    states_now = sorted(trouble for _, trouble in states(system))
    assert states_now[0] == "arrived"
    assert states_now[1].startswith("连不上")


def test_patience_has_an_end() -> None:
    with hanging(until=threading.Event()) as deaf:
        target = Target(1, deaf, "whsec_c2VjcmV0", (Parcel(1, "1-1", "{}"), Parcel(2, "1-2", "{}")))
        outcomes = sending.send_all([target], at=now(), patience=0.2)[1]
    assert [one.trouble for one in outcomes] == ["对方太久没有回应"]


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
        "2002:a00:1::", "::",
    ],
)  # fmt: skip
def test_an_inner_address_is_no_public_one(number: str) -> None:
    assert not guard.is_public(ip_address(number))


@pytest.mark.parametrize("number", ["1.1.1.1", "114.114.114.114", "2400:3200::1", "::ffff:1.1.1.1"])
def test_an_address_of_the_internet_is_a_public_one(number: str) -> None:
    assert guard.is_public(ip_address(number))


@pytest.mark.parametrize(
    "url",
    [
        "https://localhost/", "https://127.0.0.2/", "https://[::1]/", "https://10.1.1.1/", "http://example.cn/",
        "ftp://example.cn/", "file:///etc/passwd", "https://a:b@example.cn/", "https:///", "https://[", "词",
        "https://example.cn:99999/",
    ],
)  # fmt: skip
def test_a_hook_never_points_inside(world: World, system: Connected, url: str) -> None:
    with pytest.raises(Refused):
        hook(system, world, url)


def test_a_name_that_leads_inside_is_not_called(settings) -> None:
    settings.HOOK_HOSTS = ()
    target = Target(1, "https://localhost.:443/", "whsec_c2VjcmV0", (Parcel(1, "1-1", "{}"),))
    outcome = sending.send_all([target], at=now(), patience=5.0)[1][0]
    assert outcome.trouble in ("网址指向内网，没有送", "找不到这个网址")


def test_the_page_shows_the_secret_once_and_what_did_not_arrive(
    world: World, system: Connected, settings
) -> None:
    client = doors.desk(world.secretary)
    address = f"/desk/systems/{system.system.pk}/hooks/"
    assert "还没有回调的网址" in client.get(address).content.decode()
    with listening(500) as other:
        page = client.post(address, {"url": other.url}).content.decode()
        assert "whsec_" in page
        make.report(world, is_public=True)
        send()
    page = client.get(address).content.decode()
    assert "whsec_" not in page
    assert "对方答 500" in page
    made = queries.of_system(system.system)[0]
    assert client.post(f"/desk/hooks/{made.pk}/again/").status_code == 302
    assert client.post(f"/desk/hooks/{made.pk}/stop/").status_code == 302
    assert "已停用" in client.get(address).content.decode()
    wrong = client.post(address, {"url": "https://10.0.0.1/"})
    assert wrong.status_code == 422
    assert "在内网" in wrong.content.decode()


def test_a_hook_beyond_my_reach_does_not_exist(world: World, system: Connected) -> None:
    made = hook(system, world, "http://127.0.0.1:9/").hook
    client = doors.desk(world.other_dispatcher)
    assert client.get(f"/desk/systems/{system.system.pk}/hooks/").status_code == 404
    assert client.post(f"/desk/hooks/{made.pk}/stop/").status_code == 404


def test_the_secret_lies_encrypted(world: World, system: Connected) -> None:
    from django.db import connection

    made = hook(system, world, "http://127.0.0.1:9/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM gateways_hook")
        kept = cursor.fetchone()[0]
    assert made.secret not in kept


def test_what_arrived_long_ago_is_forgotten_and_what_waits_is_not(world: World, system: Connected) -> None:
    with listening() as other:
        hook(system, world, other.url)
        make.report(world, is_public=True)
        send()
    make.report(world, is_public=True)
    following.follow_all()
    assert actions.forget(before=now() - timedelta(days=1)) == 0
    assert actions.forget(before=now() + timedelta(days=1)) == 1
    assert [state for _, state in states(system)] == [""]
