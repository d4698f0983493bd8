"""The pages with which a site is kept, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from linli.people import actions as people
from linli.rulebook import actions as rulebook
from linli.rulebook import queries as rules
from tests.world import TUESDAY

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def keeper(screen: Page) -> Page:
    """Sign in as the keeper of a site with one pack and nobody in office."""
    rulebook.install(rules.current("xinxialu"), at=TUESDAY)
    people.open_account(
        people.enrol(name="站长"), username="keeper", password="right-words-7", runs_site=True
    )
    screen.goto("/accounts/login/")
    screen.get_by_label("用户名").fill("keeper")
    screen.get_by_label("密码").fill("right-words-7")
    screen.get_by_role("button", name="登录", exact=True).click()
    screen.wait_for_url("**/desk/people/")
    return screen


@pytest.mark.req("X24")
@pytest.mark.parametrize(
    "address",
    ["people/", "holidays/?year=2026", "holidays/?year=2027", "packs/", "people/new/?place=0001"],
    ids=["任职", "有通知的年份", "暂定的年份", "方法包", "任命"],
)
def test_a_page_can_be_read_by_everybody(keeper: Page, judge: Callable[[Page], None], address: str) -> None:
    keeper.goto(f"/desk/{address}")
    judge(keeper)


def test_a_newcomer_is_appointed_let_in_and_changes_the_starting_password(
    keeper: Page, judge: Callable[[Page], None]
) -> None:
    keeper.goto("/desk/people/new/?place=0001")
    keeper.locator("#id_name").fill("高远")
    keeper.get_by_label("职务").select_option(label="书记")
    keeper.get_by_role("button", name="任命").click()
    keeper.locator("#act-let_in summary").click()
    keeper.get_by_label("用户名").fill("gao")
    keeper.get_by_role("button", name="开账号").click()
    password = keeper.locator(".slip dd").last.inner_text()
    judge(keeper)
    keeper.context.clear_cookies()
    keeper.goto("/accounts/login/")
    keeper.get_by_label("用户名").fill("gao")
    keeper.get_by_label("密码").fill(password)
    keeper.get_by_role("button", name="登录", exact=True).click()
    judge(keeper)
    keeper.get_by_label("起始密码").fill(password)
    keeper.get_by_label("新密码", exact=True).fill("mine-own-88")
    keeper.get_by_label("再输一次新密码").fill("mine-own-88")
    keeper.get_by_role("button", name="换成新密码").click()
    expect(keeper.get_by_role("heading", name="收件箱")).to_be_visible()
