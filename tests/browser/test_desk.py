"""A day at the desk in a real browser: the inbox by keyboard, dispatching, the clock, the spreadsheet."""

from collections.abc import Callable
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from linli.bodies.actor import Actor
from linli.frame.clock import now
from tests import make
from tests.world import World, build

pytestmark = [pytest.mark.django_db(transaction=True)]
Enter = Callable[[Actor], None]
Judge = Callable[[Page], None]
WIDE = 1180


@pytest.fixture
def settled() -> World:
    """Build the small community where the browser's server can see it."""
    return build()


def act(screen: Page, key: str) -> None:
    """Send the form of an act, and wait until the page says that it is done."""
    screen.locator(f"#act-{key} form button[type=submit]").last.click()
    expect(screen.locator(".toast")).to_contain_text("已办好")


@pytest.mark.req("X24")
def test_the_pages_of_a_dispatcher_can_be_read_by_everybody(
    settled: World, screen: Page, enter: Enter, judge: Judge
) -> None:
    waiting = make.report(settled, at=now(), is_public=True)
    worked_on = make.taken_on(settled, at=now())
    enter(settled.dispatcher)
    pages = ("", f"m/{waiting.number}/", f"m/{worked_on.number}/", "all/", "taken-in/", "letters/", "more/")
    for page in pages:
        screen.goto(f"/desk/{page}")
        judge(screen)
        expect(screen.locator(".foot").get_by_role("link", name="平台问题投诉")).to_be_visible()


@pytest.mark.req("X2", "X24")
def test_the_inbox_is_walked_and_opened_by_keyboard(settled: World, screen: Page, enter: Enter) -> None:
    for words in ("一号楼前积水。", "二号楼前路灯不亮。", "三号楼前有沙发。"):
        make.report(settled, at=now(), words=words)
    enter(settled.dispatcher)
    screen.goto("/desk/")
    for key in ("j", "j", "k", "j"):
        screen.keyboard.press(key)
    second = screen.locator(".ledger-row[data-lit] .ledger-title a")
    title = second.inner_text()
    screen.keyboard.press("o")
    expect(screen.locator(".matter-title")).to_have_text(title)
    if (screen.viewport_size or {})["width"] >= WIDE:
        expect(screen.get_by_role("heading", name="收件箱")).to_be_visible()
        screen.keyboard.press("Escape")
        expect(screen.locator(".split-open")).to_have_count(0)


@pytest.mark.req("X14", "X17")
def test_a_case_is_dispatched_to_a_lead_and_two_joint_bodies(
    settled: World, screen: Page, enter: Enter, judge: Judge
) -> None:
    matter = make.report(settled, at=now(), category="manhole")
    enter(settled.dispatcher)
    screen.goto(f"/desk/m/{matter.number}/")
    form = screen.locator("#act-dispatch")
    form.locator("summary").first.click()
    form.locator("[name=lead]").select_option(str(settled.enforcement))
    form.locator("[data-rows-add]").click()
    rows = form.locator("[data-rows-list] > li")
    for row, body, task, amount in ((0, settled.fire, "检查通道", "1"), (1, settled.water, "查管线", "90")):
        rows.nth(row).locator("[name=joint_body]").select_option(str(body))
        rows.nth(row).locator("[name=joint_task]").fill(task)
        rows.nth(row).locator("[name=joint_amount]").fill(amount)
        rows.nth(row).locator("[name=joint_unit]").select_option("working_days")
    judge(screen)
    form.locator("form button[type=submit]").last.click()
    expect(screen.locator("#refusal")).to_contain_text("晚于整件事的期限")
    expect(rows.nth(1).locator("[name=joint_task]")).to_have_value("查管线")
    rows.nth(1).locator("[name=joint_amount]").fill("2")
    act(screen, "dispatch")
    expect(screen.locator(".duties").first).to_contain_text("检查通道")
    expect(screen.locator(".duty")).to_have_count(3)


@pytest.mark.req("X14")
def test_the_clock_is_stopped_for_a_reason_and_goes_on(settled: World, screen: Page, enter: Enter) -> None:
    matter = make.taken_on(settled, at=now())
    enter(settled.enforcer)
    screen.goto(f"/desk/m/{matter.number}/")
    pause = screen.locator("#act-pause")
    pause.locator("summary").first.click()
    pause.locator(".choice").first.locator("input").check()
    pause.locator("[name=words]").fill("等居民补产权证明。")
    act(screen, "pause")
    expect(screen.locator(".next-step-words")).to_contain_text("计时已暂停")
    expect(screen.locator("#act-ask_extension")).to_contain_text("先恢复计时")
    screen.locator("#act-resume summary").first.click()
    act(screen, "resume")
    expect(screen.locator(".next-step-words")).to_contain_text("还有")


@pytest.mark.req("L2")
def test_a_page_that_is_no_longer_true_leads_to_the_present_one(
    settled: World, screen: Page, enter: Enter
) -> None:
    matter = make.report(settled, at=now())
    enter(settled.dispatcher)
    screen.goto(f"/desk/m/{matter.number}/")
    screen.locator("#act-add_words summary").first.click()
    screen.locator("#act-add_words [name=words]").fill("楼下的也遇到了。")
    make.act(matter, "dispatch", by=settled.dispatcher, at=now(), lead=settled.enforcement)
    screen.locator("#act-add_words form button[type=submit]").last.click()
    refusal = screen.locator("#refusal")
    expect(refusal).to_contain_text("刚刚有人先办了这件事")
    expect(refusal.get_by_role("link", name="看现在的情况")).to_have_attribute(
        "href", f"/desk/m/{matter.number}/"
    )
    act(screen, "add_words")
    expect(screen.locator(".timeline-words").first).to_have_text("楼下的也遇到了。")


def test_words_typed_before_the_session_ran_out_are_shown_again(
    settled: World, screen: Page, enter: Enter
) -> None:
    matter = make.report(settled, at=now(), is_public=True)
    enter(settled.dispatcher)
    screen.goto(f"/desk/m/{matter.number}/")
    # The part that comes later brings the cookie back: let it come first.
    screen.locator("#similar").scroll_into_view_if_needed()
    expect(screen.locator("#similar:not([hx-get])")).to_have_count(1)
    screen.locator("#act-add_words summary").first.click()
    screen.locator("#act-add_words [name=words]").fill("会话过期前写的。")
    screen.context.clear_cookies(name="csrftoken")
    screen.locator("#act-add_words form button[type=submit]").last.click()
    expect(screen.get_by_role("heading", name="请再提交一次")).to_be_visible()
    expect(screen.locator("textarea")).to_have_value("会话过期前写的。")
    screen.get_by_role("button", name="再次提交").click()
    expect(screen.locator(".toast")).to_contain_text("已办好")


@pytest.mark.req("X3", "A2")
def test_a_register_is_taken_home_as_a_spreadsheet(
    settled: World, screen: Page, enter: Enter, judge: Judge
) -> None:
    matter = make.report(settled, at=now())
    enter(settled.street_dispatcher)
    screen.goto("/desk/registers/")
    judge(screen)
    with screen.expect_download() as download:
        screen.get_by_role("link", name="导出 Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    with ZipFile(download.value.path()) as book:
        assert matter.number in book.read("xl/sharedStrings.xml").decode()
