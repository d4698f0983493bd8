"""The register of outside apps: what they ask, what the rules say, what was decided, what it costs."""

from typing import Any

import pytest

from linli.frame.clock import now, today
from linli.gateways.burden import actions, queries, rules
from linli.gateways.burden.actions import Facts
from linli.gateways.choices import Decision
from linli.record import queries as record
from linli.rulebook import queries as rulebook
from tests.gateways import doors
from tests.world import World, spots

PAGE = "/desk/apps/"


def facts(**changes: Any) -> Facts:
    told: dict[str, Any] = {
        "name": "平安走访", "owner": "区委政法委", "asks": "走访户数", "often": "daily", "minutes_a_week": 90,
        "known_here": "none", "basis": "某办〔2026〕1号",
    }  # fmt: skip
    return Facts(**told | changes)


def enter(world: World, *, at: str = "tonghua", **changes: Any) -> Any:
    by = world.secretary if at == "tonghua" else world.street_secretary
    return actions.enter(facts(**changes), within=spots(at)[-1], by=by, at=now())


def form(**changes: str) -> dict[str, str]:
    filled = {name: str(getattr(facts(), name)) for name in ("name", "owner", "asks", "often", "known_here")}
    return filled | {"minutes_a_week": "90", "place": "xinxialu.tonghua"} | changes


@pytest.mark.req("L18")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"checks_in": True}, "打卡签到"),
        ({"gives_points": True}, "积分、排名"),
        ({"counts_online": True}, "在线时长"),
        ({"wants_photos": True}, "照片、视频"),
        ({"known_here": "all"}, "重复填报"),
    ],
    ids=["打卡", "积分", "在线时长", "留痕", "重复填报"],
)
def test_a_rule_speaks_against_an_app_with_its_article(
    world: World, changes: dict[str, Any], sentence: str
) -> None:
    found = rules.warnings(enter(world, **changes))
    assert [sentence in str(one) for one in found] == [True]
    assert found[0].clause == rulebook.law().rule("A-5").clause


def test_nothing_speaks_against_an_app_that_is_needed(world: World) -> None:
    assert rules.warnings(enter(world)) == ()
    assert "没有写依据" in str(rules.warnings(enter(world, name="别的", basis=""))[0])


@pytest.mark.req("L18")
def test_the_load_adds_up_what_is_asked_here_and_from_above(world: World) -> None:
    enter(world, minutes_a_week=30)
    enter(world, at="xinxialu", name="街道台账", minutes_a_week=60)
    stopped = enter(world, name="停掉的", minutes_a_week=500)
    actions.decide(stopped, Decision.STOP, reason="没有依据。", by=world.secretary, at=now())
    mine = queries.loads(world.secretary, apps=list(queries.led_by(world.secretary)))
    assert [(load.place.name, load.minutes, load.apps) for load in mine] == [("铜花社区", 90, 2)]
    street = queries.loads(world.street_secretary, apps=list(queries.led_by(world.street_secretary)))
    assert [(load.place.name, load.minutes) for load in street] == [("铜都社区", 60), ("铜花社区", 90)]


def test_no_page_names_or_ranks_a_person(world: World) -> None:
    enter(world)
    page = doors.desk(world.secretary).get(PAGE).content.decode()
    assert "90 分钟" in page
    assert "马玉兰" not in page
    assert "不排名次" in page


@pytest.mark.req("L18")
def test_a_decision_stands_with_its_day_and_reason_on_record(world: World) -> None:
    app = enter(world)
    client = doors.desk(world.secretary)
    wrong = client.post(f"{PAGE}{app.pk}/decide/", {"decision": "merge", "reason": ""})
    assert wrong.status_code == 422
    answer = client.post(f"{PAGE}{app.pk}/decide/", {"decision": "merge", "reason": "数据都有，走接口。"})
    assert answer.status_code == 302
    kept = queries.led_by(world.secretary)[0]
    assert (kept.decision, kept.decided_on) == ("merge", today())
    assert [line.title for line in record.timeline(actions.chain_of(app))] == ["登记", "处理意见"]


def test_an_app_is_entered_and_corrected_on_pages(world: World) -> None:
    client = doors.desk(world.secretary)
    assert "还没有登记" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}new/", form(checks_in="on")).status_code == 302
    app = queries.led_by(world.secretary)[0]
    page = client.get(f"{PAGE}{app.pk}/").content.decode()
    assert "要求打卡签到" in page
    assert "政务移动互联网应用程序" in page
    assert client.post(f"{PAGE}{app.pk}/change/", form(minutes_a_week="15")).status_code == 302
    assert queries.led_by(world.secretary)[0].minutes_a_week == 15
    assert client.post(f"{PAGE}new/", form(checks_in="on")).status_code == 422
    for wrong in ({"minutes_a_week": "-1"}, {"minutes_a_week": "99999"}, {"place": "xinxialu.tongdu"}):
        assert client.post(f"{PAGE}new/", form(name="新的", **wrong)).status_code == 422


def test_the_register_is_handed_over_as_a_spreadsheet(world: World) -> None:
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    enter(world, checks_in=True)
    answer = doors.desk(world.secretary).get(f"{PAGE}export/")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert any("平安走访" in map(str, row) and "打卡签到" in str(row) for row in rows)


def test_an_app_of_a_higher_place_is_read_here_but_decided_there(world: World) -> None:
    app = enter(world, at="xinxialu")
    client = doors.desk(world.secretary)
    assert "不在您管的范围" in client.get(f"{PAGE}{app.pk}/").content.decode()
    assert client.post(f"{PAGE}{app.pk}/decide/", {"decision": "stop", "reason": "不要了"}).status_code == 422
    assert doors.desk(world.other_dispatcher).get(f"{PAGE}{app.pk}/").status_code == 200


@pytest.mark.parametrize("actor", ["resident", "grid_worker", "enforcer"], ids=["居民", "网格员", "经办人"])
def test_for_whoever_keeps_no_place_the_pages_do_not_exist(world: World, actor: str) -> None:
    assert doors.desk(world.cast[actor]).get(PAGE).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(world: World, django_assert_max_num_queries) -> None:
    client = doors.desk(world.secretary)
    for number in range(8):
        enter(world, name=f"应用 {number}")
    with django_assert_max_num_queries(12):
        client.get(PAGE)
