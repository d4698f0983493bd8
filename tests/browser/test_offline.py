"""A grid worker's phone where there is no signal: nothing lost, nothing twice, nothing overwritten."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from linli.bodies.actor import Actor
from linli.cases.actions.stepping import Said
from linli.frame.clock import now
from linli.matters import queries as matters
from linli.record import queries as record
from tests import make
from tests.world import World, build

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
        client = Client()
        client.force_login(make.account(actor))
        name = settings.SESSION_COOKIE_NAME
        phone.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return signed_in


@pytest.fixture
def walking(phone: BrowserContext, world: World, sign_in: Callable[[Actor], None]) -> Page:
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


def found(world: World) -> int:
    return matters.within(world.home[2].path).count()


@pytest.mark.req("A5")
def test_the_list_the_matters_the_form_and_the_plan_work_without_a_network(
    world: World, walking: Page, phone: BrowserContext, judge: Callable[[Page], None]
) -> None:
    matter = make.incident(world, at=now())
    # A later day at work: the phone fetches what is new.
    walking.evaluate("indexedDB.deleteDatabase('linli')")
    at_work(walking)
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
    assert found(world) == 0
    again = phone.new_page()
    again.goto("/desk/unsent/")
    expect(again.locator(".unsent-item")).to_contain_text(WORDS)
    phone.set_offline(False)
    expect(again.locator(".unsent-item")).to_contain_text("已送达")
    expect(again.locator(".unsent-item")).to_contain_text("已记下，编号")
    judge(again)
    matter = matters.within(world.home[2].path).get()
    assert len(matters.attachments(matter)) == 2
