"""A live meeting in real browsers: two phones, the desk and the wall follow each other (会议现场)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.fixtures import Settings

from linli.bodies.actor import Actor
from linli.core.floor import Kind, Side
from linli.frame.clock import now
from linli.meetings import queries
from linli.meetings.actions import attending, holding
from tests.browser import cookies
from tests.meetings import halls
from tests.meetings.halls import MOTION
from tests.world import World, build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("Y12")]
SOON = 6_000
PHONE, WALL = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
Judge = Callable[[Page], None]
Enter = Callable[[Actor, str, dict[str, int]], Page]


@pytest.fixture
def enter(browser: Browser, live_server) -> Iterator[Enter]:
    """Open a page of its own for somebody, at the size of a phone or of a wall."""
    opened: list[BrowserContext] = []

    def entered(actor: Actor, path: str, size: dict[str, int]) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport=size, locale="zh-CN", service_workers="block"
        )
        opened.append(context)
        context.add_cookies(cookies.of(actor, origin=live_server.url))
        page = context.new_page()
        page.goto(path)
        return page

    yield entered
    for context in opened:
        context.close()


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    """Build the small community where the browser's server can see it."""
    settings.HOME = tmp_path
    return build()


def test_what_one_phone_does_the_others_and_the_wall_see(world: World, enter: Enter, judge: Judge) -> None:
    at = now()
    meeting = halls.convened(world, at=at, meets_at=at + timedelta(hours=1))
    for key in halls.keys(meeting)[2:5]:
        halls.do(meeting, world.dispatcher, attending.sign_in, key, at=at)
    mine = f"/meetings/{meeting.number}/"
    mover = enter(world.resident, f"{mine}?code={meeting.token}", PHONE)
    second = enter(world.neighbour, f"{mine}?code={meeting.token}", PHONE)
    wall = enter(world.secretary, f"/desk/meetings/{meeting.number}/wall/", WALL)
    desk = enter(world.secretary, f"/desk/meetings/{meeting.number}/live/", WALL)
    for phone in (mover, second):
        phone.get_by_role("button", name="签到").click()
        expect(phone.get_by_text("已经签到，等主持人宣布开会。")).to_be_visible()
    expect(wall.get_by_text("到会 5 人")).to_be_visible(timeout=SOON)
    desk.get_by_role("button", name="宣布开会").click()
    desk.get_by_role("button", name="议「三号小区门禁改造」").click()

    expect(mover.get_by_text("可以提动议")).to_be_visible(timeout=SOON)
    judge(mover)
    mover.locator("#move-now").fill(MOTION)
    mover.get_by_role("button", name="提出动议", exact=True).click()
    expect(second.get_by_role("button", name="附议")).to_be_visible(timeout=SOON)
    expect(wall.get_by_text(MOTION)).to_be_visible(timeout=SOON)
    judge(wall)
    judge(second)
    second.get_by_role("button", name="附议").click()

    desk.get_by_role("button", name=f"请{world.resident.name}发言").click(timeout=SOON)
    expect(mover.get_by_role("button", name="说完了")).to_be_visible(timeout=SOON)
    expect(wall.locator(".hall-wall-speaker")).to_have_text(world.resident.name, timeout=SOON)
    judge(desk)
    mover.get_by_role("button", name="说完了").click()
    second.get_by_role("button", name="反对，我要发言").click(timeout=SOON)
    expect(second.get_by_text("您排在第 1 位")).to_be_visible(timeout=SOON)
    desk.get_by_role("button", name="付表决").click(timeout=SOON)
    expect(desk.locator("#refusal")).to_contain_text("等候发言", timeout=SOON)
    desk.get_by_role("button", name=f"请{world.neighbour.name}发言").click(timeout=SOON)
    second.get_by_role("button", name="说完了").click(timeout=SOON)
    expect(desk.get_by_role("button", name="说完了")).to_be_hidden(timeout=SOON)
    desk.get_by_role("button", name="付表决").click(timeout=SOON)
    desk.get_by_role("button", name="改用手机投票").click(timeout=SOON)

    mover.get_by_role("button", name="同意").click(timeout=SOON)
    expect(mover.get_by_text("回执号")).to_be_visible(timeout=SOON)
    second.get_by_role("button", name="反对", exact=True).click(timeout=SOON)
    expect(wall.get_by_text("已投 2 票")).to_be_visible(timeout=SOON)
    judge(wall)


def test_a_tap_is_not_lost_to_what_happens_elsewhere_meanwhile(world: World, enter: Enter) -> None:
    at = now()
    meeting = halls.convened(world, at=at, meets_at=at + timedelta(hours=1))
    for key in halls.keys(meeting)[:5]:
        halls.do(meeting, world.dispatcher, attending.sign_in, key, at=at)
    halls.do(meeting, world.secretary, holding.open_meeting, at=at)
    halls.do(meeting, world.secretary, holding.take_up, queries.items(meeting)[0].pk, at=at)
    halls.do(meeting, world.resident, holding.move, Kind.MAIN, MOTION, at=at)
    halls.do(meeting, world.neighbour, holding.second, at=at)
    for act in (holding.call, holding.finish):
        halls.do(meeting, world.secretary, act, at=at)
    halls.do(meeting, world.resident, holding.ask_to_speak, Side.FOR, at=at)
    phone = enter(world.neighbour, f"/meetings/{meeting.number}/", PHONE)
    phone.get_by_role("button", name="反对，我要发言").hover()
    phone.mouse.down()
    with phone.expect_response(lambda told: "/now/" in told.url and told.status == 200):
        halls.do(meeting, world.secretary, holding.call, at=at)
    phone.mouse.up()
    expect(phone.get_by_role("button", name="不说了")).to_be_visible(timeout=SOON)


def test_the_pages_around_a_meeting_are_readable_for_everybody(
    world: World, enter: Enter, judge: Judge
) -> None:
    at = now()
    meeting = halls.convened(world, at=at, meets_at=at + timedelta(hours=1))
    for key in halls.keys(meeting)[:5]:
        halls.do(meeting, world.dispatcher, attending.sign_in, key, at=at)
    halls.do(meeting, world.secretary, holding.open_meeting, at=at)
    halls.do(meeting, world.secretary, holding.take_up, queries.items(meeting)[0].pk, at=at)
    number = meeting.number
    for size in (PHONE, WALL):
        staff = enter(world.secretary, "/desk/meetings/", size)
        judge(staff)
        for path in ("new/", f"{number}/", f"{number}/live/", f"{number}/minutes/", f"{number}/poster/"):
            staff.goto(f"/desk/meetings/{path}")
            judge(staff)
        resident = enter(world.resident, "/meetings/", size)
        judge(resident)
        for path in (f"/meetings/{number}/", f"/meetings/{number}/minutes/", "/p/xinxialu.tonghua/meetings/"):
            resident.goto(path)
            judge(resident)
        resident.goto("/help/")
        resident.locator('button[value="elders"]').first.click()
        expect(resident.locator("html")).to_have_attribute("data-elders", "")
        resident.goto(f"/meetings/{number}/")
        judge(resident)
