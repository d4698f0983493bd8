"""A grid worker's phone where there is no signal: nothing lost, nothing twice, nothing overwritten."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Route, expect

from linli.bodies.actor import Actor
from linli.cases.actions.stepping import Said
from linli.frame.clock import now
from linli.matters import queries as matters
from linli.record import queries as record
from tests import make
from tests.browser import cookies
from tests.world import World, build

if TYPE_CHECKING:
    from linli.matters.models import Matter

pytestmark = [pytest.mark.django_db(transaction=True)]

WORDS = "1栋门前井盖松动。"
KEPT = "html[data-phone=ready]"


@pytest.fixture
def phone(browser: Browser, live_server) -> Iterator[BrowserContext]:
    """Hold a phone in one's hand, with nothing on it yet."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, locale="zh-CN"
    )
    yield context
    context.close()


@pytest.fixture
def world() -> World:
    return build()


@pytest.fixture
def sign_in(phone: BrowserContext, live_server) -> Callable[[Actor], None]:
    """Sign somebody in on the phone, in the place of whoever was there."""

    def signed_in(actor: Actor) -> None:
        phone.add_cookies(cookies.of(actor, origin=live_server.url))

    return signed_in


@pytest.fixture
def matter(world: World) -> "Matter":
    """Let the grid worker have found something yesterday that still waits for them."""
    return make.incident(world, at=now())


@pytest.fixture
def walking(phone: BrowserContext, matter: "Matter", world: World, sign_in: Callable[[Actor], None]) -> Page:
    """Let the grid worker look at the day, until everything is on the phone."""
    sign_in(world.grid_worker)
    return at_work(phone.new_page())


def at_work(page: Page) -> Page:
    page.goto("/desk/today/")
    expect(page.locator(KEPT)).to_have_count(1)
    return page


def photo() -> dict[str, object]:
    out = BytesIO()
    Image.effect_noise((320, 240), 40).convert("RGB").save(out, "JPEG")
    return {"name": "盖板.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def find(page: Page, *, words: str = WORDS, then: str = "呼叫社区", photos: int = 0) -> None:
    """Write down what was found, and send it."""
    page.goto("/desk/found/")
    if photos:
        page.locator("input[type=file]").set_input_files([photo() for _ in range(photos)])
        expect(page.locator("[data-photo-list] li")).to_have_count(photos)
    page.get_by_label("看到了什么").fill(words)
    page.locator(".choice", has_text=then).click()
    page.get_by_role("button", name="提交").click()


def found(world: World) -> "list[Matter]":
    """List what arrived from the form."""
    return [one for one in matters.within(world.home[2].path) if one.title.startswith("1栋门前井盖")]


def lose_answers(phone: BrowserContext, path: str) -> list[APIResponse]:
    """Let the next form arrive at an address and its answer get lost on the way back."""
    lost: list[APIResponse] = []

    def pass_on(route: Route) -> None:
        if lost or route.request.method != "POST":
            route.continue_()
        else:
            lost.append(route.fetch())
            route.abort()

    phone.route(f"**{path}", pass_on)
    return lost


def solve_without_network(page: Page, phone: BrowserContext, matter: "Matter") -> None:
    """Write down on the matter's page that it is solved, where there is no network."""
    phone.set_offline(True)
    page.goto(f"/desk/m/{matter.number}/")
    page.locator("#act-solve summary").first.click()
    page.locator("#act-solve [name=words]").fill("我把盖板扶正了。")
    page.locator("#act-solve form button[type=submit]").click()
    expect(page.locator(".unsent-item")).to_contain_text("待发送")


def timeline(matter: "Matter") -> str:
    lines = record.timeline(matter.number)
    return " ".join(f"{one.title} {one.figures} {one.words}" for one in lines)


@pytest.mark.req("A5")
def test_the_list_the_matters_the_form_and_the_plan_work_without_a_network(
    matter: "Matter", walking: Page, phone: BrowserContext, judge: Callable[[Page], None]
) -> None:
    phone.set_offline(True)
    walking.goto("/desk/today/")
    expect(walking.locator("#kept")).to_contain_text("断网中，显示")
    judge(walking)
    walking.get_by_role("link", name=matter.title).first.click()
    expect(walking.locator(".matter-title")).to_contain_text(matter.title)
    expect(walking.locator("#kept")).to_be_visible()
    walking.goto("/desk/found/")
    expect(walking.locator("[data-plan-drawing]")).to_be_visible()
    judge(walking)


@pytest.mark.req("A5")
def test_what_was_found_without_a_network_is_sent_once_when_it_returns(
    world: World, walking: Page, phone: BrowserContext, judge: Callable[[Page], None]
) -> None:
    phone.set_offline(True)
    find(walking, photos=2)
    expect(walking.locator(".unsent-item")).to_contain_text("待发送")
    expect(walking.locator(".unsent-item")).to_contain_text("2 张照片")
    judge(walking)
    walking.close()
    assert found(world) == []
    again = phone.new_page()
    again.goto("/desk/unsent/")
    expect(again.locator(".unsent-item")).to_contain_text(WORDS)
    phone.set_offline(False)
    expect(again.locator(".unsent-item")).to_contain_text("已送达")
    expect(again.locator(".unsent-item")).to_contain_text("已记下，编号")
    judge(again)
    (matter,) = found(world)
    assert len(matters.attachments(matter)) == 2


@pytest.mark.req("A5")
def test_a_form_whose_answer_got_lost_is_not_done_twice(
    world: World, walking: Page, phone: BrowserContext
) -> None:
    lost = lose_answers(phone, "/desk/found/")
    find(walking)
    expect(walking.locator(".unsent-item")).to_have_count(1)
    assert [answer.status for answer in lost] == [200]
    assert len(found(world)) == 1
    walking.reload()
    expect(walking.locator(".unsent-item")).to_contain_text("已送达")
    assert len(found(world)) == 1


@pytest.mark.req("A5")
def test_a_photo_whose_answer_got_lost_is_not_kept_twice(
    world: World, walking: Page, phone: BrowserContext
) -> None:
    lost = lose_answers(phone, "/sending/photo/")
    find(walking, photos=2)
    expect(walking.locator(".unsent-item")).to_contain_text("已送达")
    assert len(lost) == 1
    (matter,) = found(world)
    assert len(matters.attachments(matter)) == 2


@pytest.mark.req("A5")
def test_with_a_network_a_form_behaves_as_ever(world: World, walking: Page) -> None:
    find(walking)
    expect(walking.locator(".toast")).to_contain_text("已记下，编号")
    expect(walking.locator("#unsent")).to_be_hidden()
    find(walking, then="就地解决")
    expect(walking.locator(".notice-wrong")).to_contain_text("请写一句是怎么解决的")
    assert len(found(world)) == 1


@pytest.mark.req("A5")
def test_a_session_that_ran_out_meanwhile_only_asks_to_sign_in(
    world: World, walking: Page, phone: BrowserContext, sign_in: Callable[[Actor], None]
) -> None:
    phone.set_offline(True)
    find(walking)
    expect(walking.locator(".unsent-item")).to_contain_text("待发送")
    phone.clear_cookies()
    phone.set_offline(False)
    expect(walking.locator(".unsent-item")).to_contain_text("要登录")
    walking.get_by_role("link", name="去登录").click()
    expect(walking.get_by_role("heading", name="登录")).to_be_visible()
    assert found(world) == []
    sign_in(world.grid_worker)
    walking.goto("/desk/unsent/")
    expect(walking.locator(".unsent-item")).to_contain_text("已送达")
    assert len(found(world)) == 1


@pytest.mark.req("A5")
def test_a_form_from_a_page_whose_session_ran_out_leads_to_the_door_and_is_not_lost(
    world: World, walking: Page, phone: BrowserContext, sign_in: Callable[[Actor], None]
) -> None:
    walking.goto("/desk/found/")
    walking.get_by_label("看到了什么").fill(WORDS)
    walking.locator(".choice", has_text="呼叫社区").click()
    phone.clear_cookies()
    walking.get_by_role("button", name="提交").click()
    expect(walking.get_by_role("heading", name="登录")).to_be_visible()
    sign_in(world.grid_worker)
    walking.goto("/desk/unsent/")
    expect(walking.locator(".unsent-item")).to_contain_text("已送达")
    assert len(found(world)) == 1


@pytest.mark.req("A5")
def test_the_words_of_a_server_that_broke_down_are_kept(
    world: World, walking: Page, phone: BrowserContext
) -> None:
    phone.route("**/desk/found/", _break)
    find(walking, photos=1)
    expect(walking.locator(".unsent-item")).to_contain_text("服务器现在忙")
    phone.unroute("**/desk/found/")
    walking.get_by_role("button", name="现在发送").click()
    expect(walking.locator(".unsent-item")).to_contain_text("已送达")
    (matter,) = found(world)
    assert len(matters.attachments(matter)) == 1


def _break(route: Route) -> None:
    if route.request.method == "POST":
        route.fulfill(status=500, body="")
    else:
        route.continue_()


@pytest.mark.req("A5")
def test_what_is_wrong_with_a_kept_form_is_said_and_put_right(
    world: World, walking: Page, phone: BrowserContext
) -> None:
    phone.set_offline(True)
    find(walking, then="就地解决")
    expect(walking.locator(".unsent-item")).to_contain_text("待发送")
    phone.set_offline(False)
    expect(walking.locator(".unsent-item")).to_contain_text("请写一句是怎么解决的")
    walking.get_by_role("link", name="改好再发").click()
    expect(walking.get_by_label("看到了什么")).to_have_value(WORDS)
    walking.get_by_label("怎么解决的").fill("扶正了。")
    walking.get_by_role("button", name="提交").click()
    expect(walking.locator(".toast")).to_contain_text("已记下")
    assert len(found(world)) == 1


@pytest.mark.req("A5")
def test_an_act_that_nobody_overtook_goes_through_though_the_matter_moved(
    world: World, matter: "Matter", walking: Page, phone: BrowserContext
) -> None:
    solve_without_network(walking, phone, matter)
    make.act(matter, "add_words", by=world.dispatcher, at=now(), said=Said("请尽快。"))
    phone.set_offline(False)
    expect(walking.locator(".unsent-item")).to_contain_text("已送达")
    assert "我把盖板扶正了" in timeline(matter)


@pytest.mark.req("A5")
def test_a_conflict_is_shown_to_both_and_overwrites_nothing(
    world: World, matter: "Matter", walking: Page, phone: BrowserContext, judge: Callable[[Page], None]
) -> None:
    solve_without_network(walking, phone, matter)
    make.act(matter, "call_up", by=world.part_timer, at=now(), said=Said("要社区来人。"))
    phone.set_offline(False)
    item = walking.locator(".unsent-item")
    expect(item).to_contain_text("别人已经办了")
    expect(item).to_contain_text("刘长顺")
    expect(item).to_contain_text("要社区来人。")
    expect(item).to_contain_text("我把盖板扶正了。")
    judge(walking)
    assert make.fresh(matter).step == "called"
    assert "离线填写，未生效" in timeline(matter)
    walking.get_by_role("button", name="作为补充说明发送").click()
    expect(walking.locator(".unsent-item", has_text="已送达")).to_be_visible()
    assert make.fresh(matter).step == "called"
    walking.goto(f"/desk/m/{matter.number}/")
    expect(walking.locator(".timeline")).to_contain_text("离线填写，未生效")
    expect(walking.locator(".timeline")).to_contain_text("补充说明")


@pytest.mark.req("A5")
def test_signing_out_warns_and_leaves_nothing_on_the_phone(walking: Page, phone: BrowserContext) -> None:
    phone.set_offline(True)
    find(walking)
    expect(walking.locator(".unsent-item")).to_have_count(1)
    phone.route("**/sending/", lambda route: route.abort())
    phone.set_offline(False)
    walking.locator(".menu summary").click()
    walking.get_by_role("button", name="退出登录").click()
    expect(walking.get_by_role("dialog")).to_contain_text("还有 1 件没有发送")
    walking.get_by_role("button", name="先不退出").click()
    expect(walking.locator(".unsent-item")).to_have_count(1)
    walking.locator(".menu summary").click()
    walking.get_by_role("button", name="退出登录").click()
    walking.get_by_role("button", name="删掉并退出").click()
    expect(walking.get_by_role("link", name="登录")).to_be_visible()
    assert left_behind(walking) == {"items": 0, "drafts": 0, "pages": 0}


def left_behind(page: Page) -> dict[str, int]:
    """Count what lies on the phone about the grid."""
    return page.evaluate(
        """async () => {
          const { all } = await import("/static/linli/phone/shelf.js");
          const kept = await (await caches.open("linli-pages")).keys();
          const desk = kept.filter((one) => new URL(one.url).pathname.startsWith("/desk/"));
          const [items, drafts] = [await all("items"), await all("drafts")];
          return { items: items.length, drafts: drafts.length, pages: desk.length };
        }"""
    )


@pytest.mark.req("A5")
def test_the_next_person_on_a_phone_sees_nothing_of_the_one_before(
    world: World, walking: Page, phone: BrowserContext, sign_in: Callable[[Actor], None]
) -> None:
    phone.set_offline(True)
    find(walking)
    expect(walking.locator(".unsent-item")).to_have_count(1)
    sign_in(world.other_grid_worker)
    phone.set_offline(False)
    at_work(walking)
    walking.goto("/desk/unsent/")
    expect(walking.locator("[data-unsent=ready]")).to_have_count(1)
    expect(walking.locator(".unsent-item")).to_have_count(0)
    expect(walking.locator("[data-unsent-others]")).to_contain_text("1 件是用别的账号写的")
    assert found(world) == []
    phone.set_offline(True)
    walking.goto("/desk/today/")
    expect(walking.locator("main")).not_to_contain_text(make.WORDS[:10])


@pytest.mark.req("A5")
def test_half_written_words_and_photos_outlive_the_page(walking: Page) -> None:
    walking.goto("/desk/found/")
    walking.get_by_label("看到了什么").fill(WORDS)
    walking.locator("input[type=file]").set_input_files([photo()])
    expect(walking.locator("[data-photo-list] li")).to_have_count(1)
    expect(walking.locator("form[data-draft-state=kept]")).to_have_count(1)
    walking.goto("/desk/today/")
    walking.goto("/desk/found/")
    expect(walking.get_by_label("看到了什么")).to_have_value(WORDS)
    expect(walking.locator("[data-photo-list] li")).to_have_count(1)


@pytest.mark.req("A5")
def test_a_resident_reports_where_there_is_no_signal(world: World, phone: BrowserContext) -> None:
    page, address = phone.new_page(), "/p/xinxialu.tonghua_e1/report/"
    page.goto(address)
    expect(page.locator(KEPT)).to_have_count(1)
    page.goto(address)
    phone.set_offline(True)
    page.goto(address)
    page.locator(".choice", has_text="求助").click()
    page.get_by_label("发生了什么").fill(WORDS)
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".unsent-item")).to_contain_text("待发送")
    phone.set_offline(False)
    expect(page.locator(".unsent-item")).to_contain_text("已送达")
    assert len(found(world)) == 1
