"""The first page on a cheap phone: small, still, and of use before any script arrives (A5)."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.template import engines
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from linli.frame import installing
from linli.frame.clock import now
from tests import make
from tests.world import build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("A5")]

NewPhone = Callable[[], Page]
MOST_BYTES = 150_000
# Of 1: an icon that settles by a few pixels is far below, a door that makes room for the next far above.
MOST_SHIFT = 0.001
SLOWNESS = 4
LOGIN = "/accounts/login/"
PAGES = ("/p/xinxialu.tonghua_e1/", LOGIN, "/desk/", "/desk/today/")
WATCH_SHIFTS = """
  window.shifts = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => (window.shifts += one.value)))
    .observe({ type: "layout-shift", buffered: true });
"""


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def as_shipped(tmp_path) -> Iterator[str]:  # type: ignore[no-untyped-def]
    """Serve the site as it is shipped: collected, compressed, under hashed names."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "linli.config.statics.Statics"},
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=tmp_path):
        forget_names()
        call_command("collectstatic", interactive=False, verbosity=0)
        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.set_app(get_wsgi_application())
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()
    forget_names()


def forget_names() -> None:
    """Let the names of files be asked for anew: they are other ones as shipped."""
    for names in (engines["jinja2"].env.globals["static"], installing._shell, installing._version):
        names.cache_clear()


@pytest.fixture
def fresh_phone(browser: Browser, as_shipped: str) -> Iterator[NewPhone]:
    """Give out phones that never saw the site, with a grid worker signed in where something goes on."""
    world = build()
    make.taken_on(world, at=now(), is_public=True)
    make.incident(world, at=now())
    client = Client()
    client.force_login(make.account(world.grid_worker))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": as_shipped}
    given: list[BrowserContext] = []

    def give() -> Page:
        size = {"width": 390, "height": 844}
        context = browser.new_context(
            base_url=as_shipped, viewport=size, locale="zh-CN", service_workers="block"
        )
        context.add_cookies([cookie])
        given.append(context)
        return context.new_page()

    yield give
    for context in given:
        context.close()


def bytes_of(page: Page, path: str) -> int:
    """Open a page on a slow processor, and return what came over the wire for it, heads included."""
    wire = page.context.new_cdp_session(page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWNESS})
    wire.send("Network.enable")
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda told: sizes.append(int(told["encodedDataLength"])))
    page.goto(path, wait_until="networkidle")
    return sum(sizes)


@pytest.mark.parametrize("path", PAGES, ids=["首页", "登录", "收件箱", "网格今日"])
def test_the_first_page_is_small_and_nothing_on_it_moves(fresh_phone: NewPhone, path: str) -> None:
    page = fresh_phone()
    if path == LOGIN:
        page.context.clear_cookies()
    page.add_init_script(WATCH_SHIFTS)
    assert bytes_of(page, path) < MOST_BYTES
    assert page.evaluate("window.shifts") < MOST_SHIFT


def test_the_first_page_is_of_use_before_any_script_arrives(fresh_phone: NewPhone) -> None:
    page = fresh_phone()
    page.context.route("**/*.js", lambda route: route.abort())
    page.goto("/desk/today/")
    page.get_by_role("link", name="发现问题").first.click()
    page.get_by_label("看到了什么").fill("没有脚本也能写。")
    page.locator(".choice", has_text="呼叫社区").click()
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".toast")).to_contain_text("已记下")
