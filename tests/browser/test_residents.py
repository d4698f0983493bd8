"""A resident with a phone in a stairwell, and one at a desk: from the estate to the follow-up page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import make
from tests.world import World, build

pytestmark = [pytest.mark.django_db(transaction=True)]
HOME = "xinxialu.tonghua_e1"


@pytest.fixture
def settled() -> World:
    """Build the small community where the browser's server can see it."""
    return build()


@pytest.mark.req("X13", "A5")
def test_a_concern_is_reported_by_tapping_the_plan(
    settled: World, screen: Page, judge: Callable[[Page], None]
) -> None:
    screen.goto("/choose/?in=xinxialu.tonghua")
    judge(screen)
    screen.locator(".branch-line", has_text="铜花一号小区").get_by_role("button").click()
    expect(screen.get_by_role("heading", name="铜花一号小区", level=1)).to_be_visible()
    judge(screen)
    screen.locator(".door", has_text="我要反映").click()
    judge(screen)
    screen.locator(".choice", has_text="求助").click()
    screen.get_by_label("发生了什么").fill("1栋门前下水道盖板断了。")
    screen.locator("[data-plan-drawing] [data-key]").first.click()
    expect(screen.get_by_label("在哪里")).to_have_value("xinxialu.tonghua_e1_b1")
    screen.get_by_role("button", name="提交").click()
    expect(screen.get_by_text("收到了，谢谢您说出来")).to_be_visible()
    expect(screen.get_by_text("下一步", exact=True)).to_be_visible()
    judge(screen)


@pytest.mark.req("A5")
def test_what_was_written_is_still_there_after_the_page_is_closed(settled: World, screen: Page) -> None:
    screen.goto(f"/p/{HOME}/report/")
    screen.get_by_label("发生了什么").fill("写到一半，电梯里没信号了")
    expect(screen.locator("form[data-draft-state=kept]")).to_have_count(1)
    screen.goto("/help/")
    screen.goto(f"/p/{HOME}/report/")
    expect(screen.get_by_label("发生了什么")).to_have_value("写到一半，电梯里没信号了")


@pytest.mark.req("X24", "N6")
def test_the_elders_version_is_one_tap_away_on_every_page(
    settled: World, screen: Page, judge: Callable[[Page], None]
) -> None:
    matter = make.report(settled, is_public=True)
    screen.goto(f"/p/{HOME}/")
    screen.get_by_role("button", name="长者版").click()
    expect(screen.locator("html[data-elders]")).to_have_count(1)
    pages = ("report/", "matters/", "")
    for address in (*(f"/p/{HOME}/{page}" for page in pages), f"/s/{matter.token}/", f"/m/{matter.number}/"):
        screen.goto(address)
        expect(screen.locator("html[data-elders]")).to_have_count(1)
        judge(screen)


@pytest.mark.req("N6")
@pytest.mark.parametrize("address", ["/mine/", "/help/", "/rules/xinxialu/", "/rules/xinxialu/procedures/"])
def test_the_other_pages_can_be_read_by_everybody(
    settled: World, screen: Page, judge: Callable[[Page], None], address: str
) -> None:
    screen.goto(address)
    judge(screen)


@pytest.mark.req("N6")
def test_everything_works_by_keyboard_and_without_a_script(
    settled: World, browser: Browser, live_server
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/p/{HOME}/report/")
    page.locator("input[name=kind][value=help]").focus()
    page.keyboard.press("Space")
    page.get_by_label("发生了什么").focus()
    page.keyboard.type("1栋门前没有灯")
    page.get_by_label("在哪里").select_option(label="1栋")
    page.get_by_role("button", name="提交").press("Enter")
    expect(page.get_by_text("收到了，谢谢您说出来")).to_be_visible()
    expect(page.locator(".facts")).to_contain_text("1栋")
    context.close()
