"""A real browser without a network: phone and desk, and a judge of accessibility (浏览器)."""

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

from linli.bodies.actor import Actor
from tests.browser import cookies

# Playwright's loop runs in this thread; Django would take the tests for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# What a service worker asks can be cut off on its way, too.
os.environ.setdefault("PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS", "1")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SIZES = {"phone": (390, 844), "desk": (1280, 800)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium once."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(params=list(SIZES))
def screen(request: pytest.FixtureRequest, browser: Browser, live_server) -> Iterator[Page]:
    """Open a page on a phone, then at a desk; what is not ours or complains in the console fails the test."""
    width, height = SIZES[request.param]
    strangers: list[str] = []
    complaints: list[str] = []

    def pass_only_ours(route: Route) -> None:
        if route.request.url.startswith(live_server.url):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": height},
        locale="zh-CN",
        service_workers="block",
    )
    context.route("**/*", pass_only_ours)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert strangers == []
    assert [one for one in complaints if "the server responded with a status of" not in one] == []


@pytest.fixture
def enter(screen: Page, live_server) -> Callable[[Actor], None]:
    """Sign somebody in on the screen, in the place of whoever was there."""

    def entered(actor: Actor) -> None:
        screen.context.add_cookies(cookies.of(actor, origin=live_server.url))

    return entered


@pytest.fixture
def judge() -> Callable[[Page], None]:
    """Judge a page: readable for everybody (WCAG 2.2 AA), and never wider than the screen."""
    axe = Axe()

    def judged(page: Page) -> None:
        found = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"

    return judged
