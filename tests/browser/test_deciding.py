"""Neighbours sign a joint demand, and get an answer to an objection (参与)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from linli.bodies.actor import Actor
from linli.disclosure.actions import noticing
from linli.frame.clock import now
from linli.people.models import Person
from tests import flats
from tests.disclosure.test_notices import posting
from tests.world import World, build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("X8")]
HOME = "xinxialu.tonghua_e1"
Enter, Judge = Callable[[Actor], None], Callable[[Page], None]


@pytest.fixture
def settled() -> World:
    """Build the small community where the browser's server can see it."""
    return build()


def test_a_joint_demand_is_started_and_goes_on_with_the_name_that_is_enough(
    settled: World, screen: Page, enter: Enter, judge: Judge
) -> None:
    living = [settled.resident.person_id or 0, settled.neighbour.person_id or 0]
    living += [flats.dweller(f"居民{one}") for one in range(18)]
    Person.objects.filter(pk__in=living).update(born_in=1980)
    flats.lived_in("101", *living)
    enter(settled.resident)
    screen.goto(f"/p/{HOME}/demand/")
    judge(screen)
    screen.locator(".choice", has_text="联名要求增加审计事项").click()
    screen.get_by_label("要求", exact=True).fill("审计增加停车费")
    screen.get_by_label("理由").fill("三年没有公布停车费收支。")
    screen.get_by_role("button", name="发起，并签上我的名字").click()
    expect(screen.get_by_role("heading", name="联名进度")).to_be_visible()
    expect(screen.get_by_text("共有 20 人，联名 1 人，未达十分之一（2 人）").first).to_be_visible()
    judge(screen)
    address = screen.url
    enter(settled.neighbour)
    screen.goto(address)
    screen.get_by_role("button", name="联名", exact=True).click()
    expect(screen.get_by_text("联名已达到")).to_be_visible()
    judge(screen)
    screen.get_by_role("button", name="长者版").click()
    expect(screen.locator("html[data-elders]")).to_have_count(1)
    judge(screen)


def test_an_objection_to_a_notice_is_answered(
    settled: World, screen: Page, enter: Enter, judge: Judge
) -> None:
    at = now() - timedelta(hours=1)
    notice = noticing.post(posting(settled), by=settled.secretary, edition=settled.edition, at=at)
    enter(settled.resident)
    screen.goto(f"/notices/{notice.number}/")
    judge(screen)
    screen.get_by_label("有不同意见，可以提异议").fill("扶手装在左边。")
    screen.get_by_role("button", name="提异议").click()
    expect(screen.get_by_text("件异议正在答复")).to_be_visible()
    enter(settled.secretary)
    screen.goto(f"/desk/notices/{notice.number}/")
    expect(screen.get_by_text("扶手装在左边。").first).to_be_visible()
    judge(screen)
    screen.get_by_label("不成立").check()
    screen.get_by_label("答复", exact=True).fill("按无障碍标准装在右边。")
    screen.get_by_role("button", name="答复", exact=True).click()
    enter(settled.resident)
    screen.goto(f"/notices/{notice.number}/")
    expect(screen.get_by_text("按无障碍标准装在右边。")).to_be_visible()
