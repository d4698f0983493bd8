"""A grid worker with a phone: today's list, something found, solved on the spot or called up."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.bodies.actor import Actor
from linli.frame.clock import now
from linli.matters import queries as matters
from tests import make
from tests.world import World, build

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def walking(enter: Callable[[Actor], None]) -> World:
    """Let something go on in the grid, and sign its worker in."""
    world = build()
    make.taken_on(world, at=now())
    enter(world.grid_worker)
    return world


def hand_in(screen: Page) -> None:
    """Send the form; asked whether it is one of those going on already, say no by sending it again."""
    asked, noted = screen.locator("#alike [name=looked]"), screen.locator(".toast")
    screen.get_by_role("button", name="提交").click()
    expect(noted.or_(asked).first).to_be_attached()
    if noted.count() == 0:
        screen.get_by_role("button", name="提交").click()


@pytest.mark.req("X3", "C12")
def test_what_is_found_is_solved_on_the_spot(
    walking: World, screen: Page, judge: Callable[[Page], None]
) -> None:
    screen.goto("/desk/today/")
    judge(screen)
    screen.locator(".door-found").click()
    judge(screen)
    screen.get_by_label("看到了什么").fill("1栋门口的垃圾桶翻了，已经扶正。")
    screen.locator(f"[data-plan-drawing] [data-key='{walking.home[-1].key}']").click()
    screen.locator(".choice", has_text="就地解决").click()
    screen.get_by_role("button", name="提交").click()
    expect(screen.locator(".notice-wrong")).to_contain_text("请写一句是怎么解决的")
    judge(screen)
    screen.get_by_label("怎么解决的").fill("扶正，扫净。")
    hand_in(screen)
    screen.locator(".toast a").click()
    expect(screen.locator(".matter-title")).to_contain_text("垃圾桶翻了")
    expect(screen.locator(".breadcrumb")).to_contain_text("1栋")
    judge(screen)


@pytest.mark.req("X3", "A5")
def test_two_things_found_one_after_the_other_are_two_matters(walking: World, screen: Page) -> None:
    before = matters.within(walking.home[1].path).count()
    for words in ("1栋门前井盖松动。", "1栋后面树枝断了。"):
        screen.goto("/desk/found/")
        expect(screen.get_by_label("看到了什么")).to_have_value("")
        screen.get_by_label("看到了什么").fill(words)
        screen.locator(".choice", has_text="呼叫社区").click()
        hand_in(screen)
        expect(screen.locator(".toast")).to_contain_text("已记下")
        expect(screen.locator("[data-draft-done]")).to_have_count(0)
    assert matters.within(walking.home[1].path).count() == before + 2


@pytest.mark.req("X24")
def test_large_print_is_one_tap_away_at_the_desk_and_leads_back(
    walking: World, screen: Page, judge: Callable[[Page], None]
) -> None:
    screen.goto("/desk/found/")
    screen.locator(".menu summary").click()
    screen.locator(".menu").get_by_role("button", name="长者版").click()
    expect(screen.locator("html[data-elders]")).to_have_count(1)
    expect(screen.get_by_role("heading", name="发现问题")).to_be_visible()
    for page in ("found/", "today/", ""):
        screen.goto(f"/desk/{page}")
        judge(screen)
