"""The calendar of a year through its pages."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_q.models import OrmQ

from linli.bodies.actor import Actor
from linli.console.year import sheets
from linli.frame.clock import now
from linli.handoffs.holidays import QUIET, carry_on
from linli.handoffs.models import Reckoning
from linli.people import actions as people
from linli.record import queries as record
from linli.rulebook import queries as rulebook
from tests import make
from tests.world import World, instant

HOLIDAYS = "/desk/holidays/"
NOTICE = {
    "year": "2027",
    "source": "国务院办公厅关于2027年部分节假日安排的通知",
    "days_off": "元旦 1月1日至3日\n国庆节 10月1日至7日",
    "makeup_days": "10月9日",
}
TOML = """\
title = "2027 年节假日安排"
year = 2027
source = "通知"
confirmed = true
holidays = [{ title = "元旦", first = 2027-01-01, last = 2027-01-03 }]
makeup_days = []
"""


def enter(actor: Actor) -> Client:
    client = Client()
    client.force_login(make.account(actor))
    return client


@pytest.fixture
def keeper(world: World) -> Client:
    client = Client()
    account = people.open_account(people.enrol(name="站长"), username="keeper", runs_site=True)
    client.force_login(account)
    return client


def test_every_day_of_a_year_stands_on_its_sheet_with_its_kind(db: None) -> None:
    months = sheets(2026, calendar=rulebook.calendar())
    days = {day.on: day.kind for month in months for week in month.weeks for day in week if day}
    assert len(days) == 365
    assert [days[date(2026, 10, n)] for n in (1, 8, 10, 11)] == ["holiday", "work", "makeup", "rest"]
    assert sum(month.working_days for month in months) == 248


@pytest.mark.parametrize(("year", "is_provisional"), [(2026, False), (2027, True), (2028, True)])
def test_a_year_without_a_notice_is_marked_provisional(world: World, year: int, is_provisional: bool) -> None:
    page = enter(world.secretary).get(f"{HOLIDAYS}?year={year}").content.decode()
    assert ("暂定" in page) is is_provisional


@pytest.mark.parametrize("year", ["1066", "明年", "99999999"])
def test_a_year_that_cannot_be_meant_does_not_exist(world: World, year: str) -> None:
    assert enter(world.secretary).get(f"{HOLIDAYS}?year={year}").status_code == 404


def test_looking_first_keeps_nothing(keeper: Client) -> None:
    page = keeper.post(f"{HOLIDAYS}foresee/", NOTICE).content.decode()
    assert "没有事项的期限会变" in page
    assert rulebook.calendar().is_provisional(date(2027, 1, 1))


@pytest.mark.req("N4")
def test_what_was_confirmed_is_in_force_on_record(keeper: Client) -> None:
    keeper.post(f"{HOLIDAYS}confirm/", NOTICE)
    calendar = rulebook.calendar()
    assert not calendar.is_provisional(date(2027, 1, 1))
    assert calendar.is_working_day(date(2027, 10, 9))
    carry_on()
    (entry,) = record.timeline("calendar-2027")
    assert entry.office == "系统管理员"


def test_the_page_shows_how_far_the_deadlines_have_come_and_can_be_left(world: World, keeper: Client) -> None:
    make.dispatched(world, at=instant("2026-12-30 10:00"))
    keeper.post(f"{HOLIDAYS}confirm/", NOTICE)
    assert [job.func() for job in OrmQ.objects.all()] == ["linli.handoffs.holidays.carry_on"]
    page = keeper.get(f"{HOLIDAYS}?year=2027").content.decode()
    assert "正在重算期限" in page
    assert "看了 0 件，共 1 件" in page
    assert "可以离开这一页" in page
    assert "后台任务没有在运行" not in page
    carry_on()
    part = keeper.get(f"{HOLIDAYS}reckoning/?year=2027").content.decode()
    assert "期限重算完了：看了 1 件，" in part
    assert "every 2s" not in part


def test_without_a_worker_the_page_says_so(world: World, keeper: Client) -> None:
    make.dispatched(world, at=instant("2026-12-30 10:00"))
    keeper.post(f"{HOLIDAYS}confirm/", NOTICE)
    Reckoning.objects.update(stirred_at=now() - 2 * QUIET)
    page = keeper.get(f"{HOLIDAYS}?year=2027").content.decode()
    assert "后台任务没有在运行，重算停在这里" in page
    assert "linli worker" in page


def test_a_file_is_taken_like_lines(keeper: Client) -> None:
    file = SimpleUploadedFile("cn-2027.toml", TOML.encode())
    page = keeper.post(f"{HOLIDAYS}foresee/", {"year": "2027", "file": file}).content.decode()
    assert "核对 2027 年的安排" in page
    assert "元旦 2027-01-01 至 2027-01-03" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"source": ""}, "要写通知的名称"),
        ({"source": "", "days_off": "正月初一"}, "放假第 1 行没看懂"),
        ({"makeup_days": "10月8日"}, "不是周六、周日"),
        ({"file": SimpleUploadedFile("x.toml", TOML.replace("2027", "2026").encode())}, "文件写的是 2026 年"),
        ({"file": SimpleUploadedFile("x.toml", TOML.replace("true", "false").encode())}, "不是官方安排"),
        ({"file": SimpleUploadedFile("x.toml", b"\xff\xfe")}, "不是 UTF-8"),
        ({"file": SimpleUploadedFile("x.toml", b"#" * 70_000)}, "文件太大"),
    ],
    ids=["没写通知", "两处不对", "平日调休", "别的年份", "推算", "乱码", "太大"],
)
def test_a_slip_is_said_and_what_was_typed_is_still_there(
    keeper: Client, typed: dict[str, object], said: str
) -> None:
    answer = keeper.post(f"{HOLIDAYS}foresee/", NOTICE | typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert str((NOTICE | typed)["days_off"]) in page


def test_going_back_to_change_something_keeps_what_was_typed(keeper: Client) -> None:
    page = keeper.post(f"{HOLIDAYS}foresee/", NOTICE | {"back": "1"}).content.decode()
    assert NOTICE["days_off"] in page


def test_a_community_cannot_change_the_calendar_of_all(world: World) -> None:
    client = enter(world.secretary)
    assert "要由系统管理员或者最高一级的书记、调度员办理" in client.get(HOLIDAYS).content.decode()
    for act in ("foresee/", "confirm/"):
        assert client.post(f"{HOLIDAYS}{act}", NOTICE).status_code == 422
    assert rulebook.calendar().is_provisional(date(2027, 1, 1))


def test_the_top_of_a_place_may_enter_the_notice(world: World) -> None:
    client = enter(world.district_dispatcher)
    assert client.post(f"{HOLIDAYS}foresee/", NOTICE).status_code == 200
