"""The street centre's pages in a real browser: overview, wall, registers, organisation, grids."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.bodies.actor import Actor
from linli.frame.clock import now
from tests import make
from tests.world import World, build

pytestmark = [pytest.mark.django_db(transaction=True)]
PAGES = (
    "overview/",
    "behind/?measure=open",
    "wall/",
    "registers/",
    "registers/solution/",
    "coverage/",
    "grids/",
    "grids/xinxialu.tonghua_g1/sign/",
)


@pytest.fixture
def street(enter: Callable[[Actor], None]) -> World:
    """Let something happen, and sign the street's dispatcher in."""
    world = build()
    make.report(world, at=now())
    make.report(world, at=now(), order="urgent", is_public=True)
    enter(world.street_dispatcher)
    return world


@pytest.mark.req("A4", "X2", "X3", "C12")
def test_every_page_of_the_centre_fits_and_is_readable_for_everybody(
    street: World, screen: Page, judge: Callable[[Page], None]
) -> None:
    for page in PAGES:
        screen.goto(f"/desk/{page}")
        judge(screen)


@pytest.mark.req("A4")
def test_a_tap_on_the_plan_goes_down_and_a_number_opens_its_matters(street: World, screen: Page) -> None:
    screen.goto("/desk/overview/")
    screen.get_by_role("link", name="铜花社区，2 件").click()
    expect(screen.get_by_role("heading", name="铜花社区总览", level=1)).to_be_visible()
    screen.locator(".figures a", has_text="在办").click()
    expect(screen.get_by_role("heading", level=1)).to_contain_text("2 件")


def test_the_wall_fetches_itself_again_without_losing_its_place(street: World, screen: Page) -> None:
    screen.clock.install()
    screen.goto("/desk/wall/")
    with screen.expect_response(lambda answer: "/desk/wall/" in answer.url):
        screen.clock.fast_forward(31_000)
    expect(screen.locator("#wall_now")).to_have_count(1)
