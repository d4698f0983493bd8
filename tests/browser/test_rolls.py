"""The rolls in a real browser: what is missing, a flat, its owner, who speaks for the household."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.bodies.actor import Actor
from tests import flats
from tests.world import build, spots

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def secretary(screen: Page, enter: Callable[[Actor], None]) -> Page:
    """Sign in as the secretary of a community with three flats, of which one lacks everything."""
    world = build()
    one = flats.dweller("钱多多", phone="13800001234")
    flats.owned("1单元101", one)
    flats.lived_in("1单元102", one)
    flats.flat("1单元103", area=None)
    enter(world.secretary)
    return screen


@pytest.mark.req("X24")
@pytest.mark.parametrize("page", ["rolls/", "rolls/flats/", "rolls/flats/?lack=area", "rolls/flats/new/"])
def test_a_page_of_the_rolls_can_be_read_by_everybody(
    secretary: Page, judge: Callable[[Page], None], page: str
) -> None:
    mark = "&" if "?" in page else "?"
    secretary.goto(f"/desk/{page}{mark}within={spots('tonghua_e1_b1')[-1].path}")
    judge(secretary)


def test_a_flat_that_lacks_everything_is_made_whole(secretary: Page, judge: Callable[[Page], None]) -> None:
    secretary.goto("/desk/rolls/")
    expect(secretary.get_by_text("1栋1单元103没有登记专有部分面积")).to_be_visible()
    secretary.get_by_role("link", name=re.compile("去补登.*业主")).click()
    secretary.get_by_role("link", name="1栋1单元103").click()
    judge(secretary)
    secretary.locator("#act-describe summary").click()
    secretary.get_by_label("专有部分面积").fill("89.56")
    secretary.get_by_role("button", name="更正").click()
    expect(secretary.get_by_text("写了面积，要选面积是从哪里看来的。").first).to_be_visible()
    expect(secretary.get_by_label("专有部分面积")).to_have_value("89.56")
    judge(secretary)
    secretary.get_by_label("面积依据").select_option(label="不动产登记簿")
    secretary.get_by_role("button", name="更正").click()
    expect(secretary.get_by_text("89.56 平方米（不动产登记簿）")).to_be_visible()
    secretary.get_by_role("link", name="登记业主").click()
    secretary.get_by_label("姓名", exact=False).last.fill("孙来")
    judge(secretary)
    secretary.get_by_role("button", name="登记").click()
    secretary.get_by_role("link", name="登记家庭成员").click()
    secretary.get_by_role("searchbox", name="按姓名或者整个电话").fill("孙来")
    secretary.get_by_role("button", name="找人").click()
    judge(secretary)
    secretary.get_by_role("button", name="登记").click()
    secretary.get_by_role("button", name=re.compile("定为户代表.*孙来")).click()
    expect(secretary.get_by_text("已定为户代表。")).to_be_visible()
    judge(secretary)
    secretary.goto("/desk/rolls/")
    expect(secretary.get_by_text("没有登记专有部分面积")).to_have_count(0)
