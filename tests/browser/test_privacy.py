"""Personal data in a real browser: a look with a reason, the person who sees it, and what they ask for."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.bodies.actor import Actor
from linli.frame.clock import now
from tests import make
from tests.world import World, build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("N5")]
Enter = Callable[[Actor], None]
Judge = Callable[[Page], None]
PHONE = "13800001234"


@pytest.fixture
def settled() -> World:
    """Build the small community where the browser's server can see it."""
    return build()


def test_a_look_says_why_and_the_person_sees_it(
    settled: World, screen: Page, enter: Enter, judge: Judge
) -> None:
    matter = make.report(settled, at=now(), contact_name="周美兰", contact_phone=PHONE)
    enter(settled.dispatcher)
    screen.goto(f"/desk/m/{matter.number}/")
    expect(screen.locator("main")).to_contain_text("138****1234")
    screen.locator('a[href$="/contact/"]').click()
    judge(screen)
    screen.locator("input[value=visit]").check()
    screen.locator("main form button[type=submit]").click()
    expect(screen.get_by_role("link", name="打电话")).to_have_attribute("href", f"tel:{PHONE}")
    judge(screen)
    screen.context.clear_cookies()
    screen.goto(f"/s/{matter.token}/")
    screen.get_by_role("link", name="我留下的信息：谁看过、导出、更正、删除").click()
    expect(screen.locator("main")).to_contain_text("约上门时间")
    expect(screen.locator("main")).not_to_contain_text(PHONE)
    judge(screen)


def test_a_person_asks_takes_everything_home_and_is_answered(
    settled: World, screen: Page, enter: Enter, judge: Judge
) -> None:
    make.report(settled, at=now(), contact_name="周美兰", contact_phone=PHONE)
    enter(settled.resident)
    screen.goto("/mine/data/")
    judge(screen)
    with screen.expect_download() as coming:
        screen.get_by_role("button", name="全部导出").click()
    assert coming.value.suggested_filename == "personal-data.zip"
    screen.locator("#act-claim summary").click()
    screen.locator("input[value=correct]").check()
    screen.get_by_label("正确的电话").fill("13911112222")
    screen.get_by_role("button", name="提交申请").click()
    expect(screen.locator("#claims")).to_contain_text("办理中")
    enter(settled.dispatcher)
    screen.goto("/desk/privacy/")
    judge(screen)
    screen.locator(".matter-row-title").first.click()
    judge(screen)
    screen.locator("input[value=granted]").check()
    screen.get_by_label("理由和结果").fill("已回拨核实，已改。")
    screen.locator("main form button[type=submit]").click()
    expect(screen.locator(".toast")).to_contain_text("已答复")
    enter(settled.resident)
    screen.goto("/mine/data/")
    expect(screen.locator("#claims")).to_contain_text("已回拨核实，已改。")
    expect(screen.locator("main")).to_contain_text("139****2222")


def test_everybody_can_read_what_is_kept(settled: World, screen: Page, judge: Judge) -> None:
    screen.goto("/help/")
    screen.locator(".foot").get_by_role("link", name="个人信息").click()
    expect(screen.get_by_role("heading", name="个人信息处理登记")).to_be_visible()
    judge(screen)
