"""Finding in a real browser: the box, what it offers, the results, for staff and for anybody (检索)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.bodies.actor import Actor
from linli.frame.clock import now
from tests import make
from tests.portal.conftest import HOME
from tests.world import World, build

pytestmark = [pytest.mark.django_db(transaction=True)]
Enter = Callable[[Actor], None]
Judge = Callable[[Page], None]
WIDE = 820


@pytest.fixture
def settled() -> World:
    """Build the small community where the browser's server can see it."""
    return build()


def test_a_box_offers_hits_while_one_types_and_leads_to_them(
    settled: World, screen: Page, enter: Enter, judge: Judge
) -> None:
    matter = make.report(settled, at=now(), words="一号楼前的路灯不亮。")
    enter(settled.dispatcher)
    screen.goto("/desk/")
    box = screen.get_by_role("searchbox", name="查找编号、事项、地点、人、规则")
    if (screen.viewport_size or {})["width"] < WIDE:
        screen.get_by_role("link", name="查找").click()
        screen.wait_for_load_state("networkidle")
        box.click()
    else:
        screen.wait_for_load_state("networkidle")
        screen.keyboard.press("/")
    expect(box).to_be_focused()
    screen.keyboard.type("ludeng")
    offered = screen.locator(".ahead a").first
    expect(offered).to_contain_text(matter.number)
    judge(screen)
    screen.keyboard.press("ArrowDown")
    expect(offered).to_be_focused()
    screen.keyboard.press("Escape")
    expect(screen.locator(".ahead a")).to_have_count(0)
    expect(box).to_be_focused()
    screen.keyboard.press("Enter")
    expect(screen.locator(".matter-row mark").first).to_have_text("路灯")
    judge(screen)
    screen.goto(f"/desk/find/?q={matter.number}")
    expect(screen.locator(".matter-title")).to_have_text("一号楼前的路灯不亮")


@pytest.mark.parametrize("typed", ["路灯", "没有这样的东西", ""], ids=["找到", "没找到", "没写"])
def test_results_can_be_read_by_everybody(
    settled: World, screen: Page, enter: Enter, judge: Judge, typed: str
) -> None:
    make.report(settled, at=now(), words="一号楼前的路灯不亮。", is_public=True)
    screen.goto(f"/p/{HOME}/find/?q={typed}")
    judge(screen)
    enter(settled.dispatcher)
    screen.goto(f"/desk/find/?q={typed}")
    judge(screen)
