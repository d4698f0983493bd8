"""A letter also travels by DingTalk, Feishu, WeCom or short message, once, and says no more than needed."""

import json
from datetime import timedelta
from typing import Any

import pytest

from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.frame.leaving import NotSent
from linli.gateways.choices import Carried
from linli.gateways.messages import actions, carrying, queries
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft
from linli.people import queries as people
from tests import make
from tests.gateways import doors
from tests.gateways.listening import listening
from tests.world import World, spots

ROBOT = "dingtalk://a1b2c3d4e5f6/"
SMS = "forms://sms.example.cn/send?to={phone}"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """Take what would leave."""
    out: list[tuple[str, str, str]] = []
    monkeypatch.setattr(carrying, "carry", lambda url, text, phone="": out.append((url, text, phone)))
    return out


def carrier(world: World, kind: Carried = Carried.DINGTALK, url: str = ROBOT, at: str = "tonghua") -> Any:
    return actions.set_up(kind, url, within=spots(at)[-1], by=world.secretary, at=now())


def choose(actor: Any, kind: str) -> None:
    path = actions.path_of(actor.person_id, at=now())
    actions.choose(kind, by=actor, path=path)


def go(at: Any = None) -> int:
    actions.copy_out(at=at or now())
    return actions.send_waiting(at=at or now())


@pytest.mark.req("C10")
def test_who_chose_it_is_told_once_with_the_number_and_the_address_only(
    world: World, sent: list[Any]
) -> None:
    carrier(world)
    choose(world.dispatcher, "dingtalk")
    matter = make.report(world, at=now(), contact_phone="13812345678", words="周美兰家门前井盖坏了。")
    outbox.write(
        [Draft(world.dispatcher.person_id or 0, "请办理：联系人周美兰 13812345678", "正文不发。")],
        matter=matter.pk, at=now(),
    )  # fmt: skip
    assert go() == 1
    assert go() == 0
    url, text, _ = sent[0]
    assert url == ROBOT
    assert matter.number in text
    assert "/letters/" in text
    assert "13812345678" not in text
    assert "正文不发" not in text


def test_who_chose_nothing_is_not_disturbed(world: World, sent: list[Any]) -> None:
    carrier(world)
    make.report(world, at=now())
    assert go() == 0


def test_a_group_reads_the_same_thing_once(world: World, sent: list[Any]) -> None:
    carrier(world)
    choose(world.dispatcher, "dingtalk")
    choose(world.secretary, "dingtalk")
    readers = [world.dispatcher.person_id or 0, world.secretary.person_id or 0]
    outbox.write([Draft(one, "请办理：井盖", "内容") for one in readers], matter=None, at=now())
    assert go() == 1


def test_a_short_message_goes_to_each_one_at_the_number_known_when_it_leaves(
    world: World, sent: list[Any], settings
) -> None:
    settings.HOOK_HOSTS = ("sms.example.cn",)
    carrier(world, Carried.SMS, SMS)
    person = people.of_id(world.dispatcher.person_id or 0)
    assert person
    person.phone = "13800001111"
    person.save()
    choose(world.dispatcher, "sms")
    outbox.write([Draft(person.pk, "请办理：井盖", "内容")], matter=None, at=now())
    actions.copy_out(at=now())
    person.phone = "13800002222"
    person.save()
    assert actions.send_waiting(at=now()) == 1
    assert sent[0][2] == "13800002222"


def test_whose_number_was_erased_in_between_gets_nothing(world: World, sent: list[Any], settings) -> None:
    settings.HOOK_HOSTS = ("sms.example.cn",)
    carrier(world, Carried.SMS, SMS)
    person = people.of_id(world.dispatcher.person_id or 0)
    assert person
    person.phone = "13800001111"
    person.save()
    choose(world.dispatcher, "sms")
    outbox.write([Draft(person.pk, "请办理：井盖", "内容")], matter=None, at=now())
    actions.copy_out(at=now())
    person.phone = ""
    person.save()
    assert actions.send_waiting(at=now()) == 0
    assert sent == []


def test_who_left_no_telephone_gets_no_short_message(world: World, sent: list[Any], settings) -> None:
    settings.HOOK_HOSTS = ("sms.example.cn",)
    carrier(world, Carried.SMS, SMS)
    choose(world.dispatcher, "sms")
    outbox.write([Draft(world.dispatcher.person_id or 0, "请办理：井盖", "内容")], matter=None, at=now())
    assert go() == 0


def test_what_was_refused_is_tried_later_and_given_up_in_the_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def refuse(*_: Any, **__: Any) -> None:
        tries.append(1)
        raise NotSent("对方没有接收")

    monkeypatch.setattr(carrying, "carry", refuse)
    carrier(world)
    choose(world.dispatcher, "dingtalk")
    outbox.write([Draft(world.dispatcher.person_id or 0, "请办理：井盖", "内容")], matter=None, at=now())
    at = now()
    go(at)
    actions.send_waiting(at=at + timedelta(seconds=59))
    assert len(tries) == 1
    for days in range(1, 20):
        actions.send_waiting(at=at + timedelta(days=days))
    assert len(tries) == queries.MOST_ATTEMPTS
    assert queries.given_up() == 1
    assert "一直发不出去" in doors.desk(world.secretary).get("/desk/carriers/").content.decode()


def test_what_a_killed_worker_had_claimed_never_leaves_twice(
    world: World, monkeypatch: pytest.MonkeyPatch, sent: list[Any]
) -> None:
    class Killed(BaseException):
        """The worker is gone."""

    def die(*_: Any, **__: Any) -> None:
        raise Killed

    carrier(world)
    choose(world.dispatcher, "dingtalk")
    outbox.write([Draft(world.dispatcher.person_id or 0, "请办理：井盖", "内容")], matter=None, at=now())
    with monkeypatch.context() as dying:
        dying.setattr(carrying, "carry", die)
        with pytest.raises(Killed):
            go()
    assert go(now() + timedelta(minutes=30)) == 0
    assert sent == []


def test_old_news_wakes_nobody(world: World, sent: list[Any]) -> None:
    carrier(world)
    choose(world.dispatcher, "dingtalk")
    old = now() - timedelta(hours=2)
    outbox.write([Draft(world.dispatcher.person_id or 0, "请办理：井盖", "内容")], matter=None, at=old)
    assert go() == 0


# The library asks a module of Python's own that is on its way out.
@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")
def test_the_library_takes_a_message_to_where_it_should_go() -> None:
    with listening(200) as other:
        carrying.carry(other.url.replace("http://", "json://"), "请办理：井盖。")
        other.status = 500
        with pytest.raises(NotSent, match="没有接收"):
            carrying.carry(other.url.replace("http://", "json://"), "请办理：井盖。")
    assert json.loads(other.came[0][1])["message"] == "请办理：井盖。"
    with pytest.raises(NotSent, match="地址不对"):
        carrying.carry("nothing://", "请办理：井盖。")


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        (Carried.DINGTALK, "wecombot://key"),
        (Carried.FEISHU, "https://open.feishu.cn/x"),
        (Carried.WECOM, "file:///etc/passwd"),
        (Carried.SMS, "twilio://sid:token@+1555/+1666"),
        (Carried.SMS, "forms://10.0.0.1/send?to={phone}"),
        (Carried.SMS, "jsons://[/{phone}"),
        (Carried.DINGTALK, "syslog://"),
    ],
)
def test_a_wrong_address_is_refused(world: World, kind: Carried, url: str) -> None:
    with pytest.raises(Refused):
        carrier(world, kind, url)


def test_the_nearest_carrier_serves(world: World, sent: list[Any]) -> None:
    street, by = spots("xinxialu")[-1], world.street_secretary
    actions.set_up(Carried.DINGTALK, "dingtalk://street/", within=street, by=by, at=now())
    carrier(world)
    serving = queries.serving(spots("tonghua")[-1].path)
    assert serving[Carried.DINGTALK].url == ROBOT
    assert queries.serving(spots("tongdu")[-1].path)[Carried.DINGTALK].url == "dingtalk://street/"


def test_pages_set_a_carrier_up_and_let_somebody_choose_it(world: World) -> None:
    keeper, worker = doors.desk(world.secretary), doors.desk(world.grid_worker)
    assert "还没有消息通道" in keeper.get("/desk/carriers/").content.decode()
    assert "还没有消息通道" in worker.get("/desk/letters/reaching/").content.decode()
    told = {"place": "xinxialu.tonghua", "kind": "feishu", "url": ROBOT}
    assert keeper.post("/desk/carriers/", told).status_code == 422
    told["kind"] = "dingtalk"
    assert keeper.post("/desk/carriers/", told).status_code == 302
    page = keeper.get("/desk/carriers/").content.decode()
    assert "钉钉" in page
    assert "a1b2c3d4e5f6" not in page
    assert worker.post("/desk/letters/reaching/", {"kind": "sms"}).status_code == 422
    assert worker.post("/desk/letters/reaching/", {"kind": "dingtalk"}).status_code == 302
    assert queries.chosen_by(world.grid_worker.person_id or 0) == "dingtalk"
    worker.post("/desk/letters/reaching/", {"kind": ""})
    assert queries.chosen_by(world.grid_worker.person_id or 0) == ""
    row = queries.led_by(world.secretary)[0]
    assert doors.desk(world.other_dispatcher).post(f"/desk/carriers/{row.pk}/stop/").status_code == 404
    assert keeper.post(f"/desk/carriers/{row.pk}/stop/").status_code == 302
    assert not queries.led_by(world.secretary)
    assert doors.desk(world.resident).get("/desk/letters/reaching/").status_code == 404


def test_the_web_process_does_not_load_the_library() -> None:
    import subprocess
    import sys

    said = "import django; django.setup(); import linli.config.urls, sys; print('apprise' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
